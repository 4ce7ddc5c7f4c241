/** Example 10: a call, step by step. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { catches, GREY, shows, TEAL, text, typed } from '../parts.js';

/** Identifies the call among others. */
const MARK = 'example 10';

export function waiting(): Flow {
  const flow = new Flow(
    CATALOG.waiting,
    `Each wait node has a second output for the case that the event does not arrive in time. Events that arrive before the message are
found, too, because the session keeps the last thousand.`,
  );
  const session = flow.session({ traffic: 'off' }).id;
  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '3', repeat: '60' });
  const place = flow.node('ctios-simulate', 'a customer calls Sales', [1, 1], {
    session,
    command: 'placeCall',
    args: [text('to', '8001'), text('from', '2065550104'), typed('data', `{"CallVariable1":"${MARK}"}`, 'json')],
  });
  const wait = (name: string, column: number, event: string, timeout: number, same = 'call') =>
    flow.node('ctios-wait', name, [column, 1], {
      session,
      events: [event],
      // Gateways write the same number in many ways; call data stays as it is.
      match: same === 'any' ? [{ key: 'CallVariable1', op: 'is', value: MARK, type: 'str' }] : [],
      same,
      timeout,
    });
  const rings = wait('until it rings', 2.2, 'OnCallDelivered', 20, 'any');
  const answered = wait('until it is answered', 3.3, 'OnCallEstablished', 20);
  const talk = flow.node('delay', 'three seconds', [4.4, 1], { timeout: '3' });
  const clear = flow.node('ctios-call', 'hang up', [5.4, 1], { session, request: 'ClearConnection' });
  const over = wait('until it is over', 6.4, 'OnCallEnd', 30);
  const end = shows(flow, 'over', [7.5, 1], '"agent " & agent.AgentID');
  const late = shows(flow, 'timed out', [7.5, 2], 'topic', 'msg');
  flow.chain(now, place, rings, answered, talk, clear, over, end);
  for (const each of [rings, answered, over]) flow.wire(each, 1, late);
  const says = flow.comment('Output 1: the event arrived. Output 2: it did not arrive in time', [0.55, 0]);
  flow.group('One call, step by step', TEAL, [says, now, place, rings, answered, talk, clear, over, end, late]);
  flow.group('Errors', GREY, catches(flow, [0, 4], [place, rings, answered, clear, over]));
  return flow;
}
