/** Recipe 1: dials for an agent when a page asks for it. The short form of example 17. */
import type { Flow } from '../../flow.js';
import { AMBER, showsPart, TEAL, text } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section } from '../parts.js';

const CHECK = `// A page of another site cannot send JSON without permission, so that nothing else is accepted.
const { agent, to } = msg.payload || {};
const number = String(to || '').replace(/[\\s().-]/g, '');
if ((msg.req && !msg.req.is('application/json')) || !/^\\d{1,12}$/.test(agent) || !/^[+]?[0-9*#]{2,32}$/.test(number))
  return [null, { ...msg, statusCode: 422, payload: { error: 'Send { "agent": "1001", "to": "+12065550101" } as JSON.' } }];
return [{ ...msg, payload: { AgentID: String(agent), DialedNumber: number }, statusCode: 200, answer: { agent, dialing: number } }, null];`;

export function clickToDial(): Flow {
  const flow = recipeFlow(
    COOKBOOK.clickToDial,
    {},
    'The agent must be logged in and not ready: Unified CCE lets agents dial in no other state. The page gets the reason if a call is refused.',
  );
  const session = flow.session({ traffic: 'off' }).id;
  const click = flow.node('http in', 'a click', [0, 0], { url: '/cookbook/dial', method: 'post' });
  const check = flow.node('function', 'agent and number', [0, 0], { func: CHECK, outputs: 2 });
  const dial = flow.node('ctios-call', 'dial', [0, 0], { session, request: 'MakeCall', linkWait: 20 });
  const dialing = flow.node('change', 'dialing', [0, 0], {
    rules: [{ t: 'move', p: 'answer', pt: 'msg', to: 'payload', tot: 'msg' }],
  });
  const page = flow.node('switch', 'is there a page?', [0, 0], {
    property: 'res',
    rules: [{ t: 'nnull' }, { t: 'else' }],
    outputs: 2,
  });
  const answer = flow.node('http response', 'to the page', [0, 0]);
  const failed = flow.node('catch', 'refused', [0, 0], { scope: [dial.id] });
  const why = flow.node('change', 'the reason', [0, 0], {
    rules: [
      { t: 'set', p: 'statusCode', pt: 'msg', to: '409', tot: 'num' },
      { t: 'set', p: 'payload', pt: 'msg', to: '{ "error": error.message }', tot: 'jsonata' },
    ],
  });
  const shown = showsPart(flow, 'dialed', [0, 0], 'payload', 'payload.dialing');
  flow.chain(click, check, dial, dialing, page, answer);
  flow.wire(check, 1, page);
  flow.chain(failed, why, page);
  flow.wire(page, 1, shown);
  row(1, [click, check, dial, dialing, page, answer]);
  row(2, [failed, why], check);
  row(2, [shown], page);
  section(flow, 'A click becomes a call', TEAL, 0, '1  POST /cookbook/dial', [
    ...[click, check, dial, dialing, page, answer, failed, why, shown],
  ]);

  const start = flow.node('inject', 'at the start', [0, 0], { props: [], once: true, onceDelay: '3' });
  const away = flow.node('ctios-simulate', '1001 is not ready', [0, 0], {
    session,
    command: 'setAgentState',
    args: [text('agent', '1001'), text('state', 'NotReady')],
  });
  const wait = flow.node('delay', 'three seconds', [0, 0], { timeout: '3' });
  const first = flow.node('change', 'the first click', [0, 0], {
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: '{ "agent": "1001", "to": "(206) 555-0101" }', tot: 'json' }],
  });
  flow.chain(start, away, wait, first, check);
  row(5, [start, away, wait, first]);
  section(flow, 'Simulation', AMBER, 4, '2  The first click', [start, away, wait, first]);
  return flow;
}
