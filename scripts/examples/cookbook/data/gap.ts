/** Recipe 16: after an outage, lists what may have been missed. */
import type { Flow } from '../../flow.js';
import { AMBER, BLUE, shows, showsPart, TEAL, text } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section } from '../parts.js';

const GAP = `const { From, To, Reason, CallsNew = 0, CallsEnded = 0, AgentsChanged = 0, Changed = {} } = msg.payload;
const seconds = Math.round((Date.parse(To) - Date.parse(From)) / 1000);
return {
  topic: seconds + ' s: ' + CallsNew + ' calls began, ' + CallsEnded + ' ended, ' + AgentsChanged + ' agents changed',
  payload: { from: From, to: To, seconds, reason: Reason, check: Object.keys(Changed) },
};`;

const RECORD = `// Times that were not observed are missing, and named. The queue is never observed.
const { key, agent, gaps = [], unknown = [] } = msg.payload;
const missing = unknown.filter((name) => name !== 'queueSeconds');
if (gaps.length === 0 && missing.length === 0) return null;
return { payload: { key, agent: agent.id, gaps, missing } };`;

export function gap(): Flow {
  const flow = recipeFlow(
    COOKBOOK.gap,
    {},
    'What the session finds out after an outage arrives as events marked *recovered*, before *OnConnectionGap*: lists that follow events are right again. Calls that began and ended within the gap are known to no CTI client.',
  );
  const session = flow.session({ traffic: 'steady', agents: 36 }).id;
  const gaps = flow.node('ctios-events', 'a gap', [0, 0], {
    session,
    interface: 'ISessionEvents',
    events: ['OnConnectionGap'],
  });
  const what = flow.node('function', 'what to check', [0, 0], { func: GAP });
  const told = shows(flow, 'missed', [0, 0], 'topic', 'msg');
  flow.chain(gaps, what, told);
  row(1, [gaps, what, told]);
  section(flow, 'The gap', TEAL, 0, '1  How long, and what has changed', [gaps, what, told]);

  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, keep: 0 });
  const record = flow.node('function', 'incomplete?', [0, 0], { func: RECORD });
  const listed = showsPart(flow, 'to be completed', [0, 0], 'payload', 'payload.key');
  flow.chain(contact, record, listed);
  row(4, [contact, record, listed]);
  section(flow, 'The records', BLUE, 3, '2  Records with unknown times', [contact, record, listed]);

  const now = flow.node('inject', 'now', [0, 0], { props: [], once: true, onceDelay: '10' });
  const side = (name: string, command: string, which: string) =>
    flow.node('ctios-simulate', name, [0, 0], { session, command, args: [text('side', which)] });
  const down = [side('B stops', 'stopSide', 'B'), side('A stops', 'stopSide', 'A')];
  const pause = flow.node('delay', 'five seconds', [0, 0], { timeout: '5' });
  const up = [side('A starts', 'startSide', 'A'), side('B starts', 'startSide', 'B')];
  const over = shows(flow, 'outage over', [0, 0], 'topic', 'msg');
  flow.chain(now, ...down, pause, ...up, over);
  row(7, [now, ...down, pause, ...up, over]);
  section(flow, 'Simulation', AMBER, 6, '3  Both sides are down for five seconds', [now, ...down, pause, ...up, over]);
  return flow;
}
