/** Recipe 7: a message to the supervisor, which neither the agent nor the caller hears. */
import type { Flow } from '../../flow.js';
import { AMBER, shows, TEAL, text, typed } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

const SAYS = `"A gold customer has been on the line for " & $round(payload.seconds) & " s: " & (call.ANI ? call.ANI : "no number") & ", extension " & $split(call.UniqueObjectID, ".")[3]`;

export function whisper(): Flow {
  const flow = recipeFlow(COOKBOOK.whisper);
  const session = flow.session({ traffic: 'steady' });
  const agent = (name: string, agentId: string, agentInstrument: string) =>
    flow.config('ctios-session', `${name} 07`, {
      ...{ seed: session.seed, traffic: session.traffic, mode: 'agent', agentId, agentInstrument },
    }).id;
  const robot = agent('Robot', '1020', '2020');
  const supervisor = agent('Supervisor', '90001', '95001');

  const long = flow.node('ctios-watch', 'gold for 20 s', [0, 0], {
    session: session.id,
    kind: 'call',
    filter: [
      { key: 'CallStatus', op: 'is', value: 'LCS_CONNECT', type: 'str' },
      { key: 'user.CustomerTier', op: 'is', value: 'gold', type: 'str' },
    ],
    lasts: 20,
  });
  // The message goes to another session, so it no longer belongs to this one.
  const says = flow.node('change', 'what to say', [0, 0], {
    rules: [
      { t: 'set', p: 'says', pt: 'msg', to: SAYS, tot: 'jsonata' },
      { t: 'delete', p: 'ctios', pt: 'msg' },
    ],
  });
  const send = flow.node('ctios-agent', 'whisper', [0, 0], {
    session: robot,
    request: 'SendChatMessage',
    args: [text('Distribution', 'agent'), text('Target', '90001'), typed('Message', 'says', 'msg')],
  });
  const sent = shows(flow, 'whispered', [0, 0], 'says', 'msg');
  flow.chain(long, says, send, sent);
  row(1, [long, says, send, sent]);
  const refused = refusals(flow, [send], 2);
  section(flow, 'The whisper', TEAL, 0, '1  The call lasts: tell the supervisor', [
    ...[long, says, send, sent, ...refused],
  ]);

  const heard = flow.node('ctios-agent-events', 'chat', [0, 0], { session: supervisor, events: ['OnChatMessage'] });
  const shown = shows(flow, 'the supervisor reads', [0, 0], 'payload.Message', 'msg');
  flow.chain(heard, shown);
  row(5, [heard, shown]);
  section(flow, 'Simulation', AMBER, 4, '2  The supervisor’s desktop', [heard, shown]);
  return flow;
}
