/** Example 3: a flow transfers a call together with its context. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { BLUE, catches, GREY, shows, showsPart, TEAL, text, typed } from '../parts.js';

const GONE = `// If the call has ended, the request is refused or the expected event never arrives.
const { code } = msg.error;
const GONE = ['CTIOS_NO_OBJECT', 'CTIOS_NO_FOLLOW_ON', 'CF_INVALID_CSTA_CONNECTION_IDENTIFIER', 'CF_NO_ACTIVE_CALL', 'CF_INVALID_OBJECT_STATE'];
if (!GONE.includes(code)) return [null, msg];
const tries = (msg.tries || 0) + 1;
node.status({ text: 'gone: ' + tries });
// After three attempts, the timer starts the next one.
return tries > 3 ? null : [{ payload: {}, tries }, null];`;

export function transferWithContext(): Flow {
  const flow = new Flow(
    CATALOG.transfer,
    `The flow writes the context into the call's data and waits for the confirmation. It then transfers the call to Billing (8003), and waits
until it rings at the next agent, who sees the same contact with the context. Click the button of *now* to transfer another call.`,
  );
  const session = flow.session().id;

  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '9', repeat: '20' });
  const talking = flow.node('ctios-query', 'calls in progress', [0.95, 1], {
    session,
    query: 'calls',
    filter: [
      { key: 'CallStatus', op: 'is', value: '3', type: 'str' },
      { key: 'CallType', op: 'oneOf', value: '1,2', type: 'str' },
    ],
  });
  const pick = flow.node('function', 'one that is not in Billing', [2.2, 1], {
    func: `const call = msg.payload.find((each) => each.DialedNumber !== '8003' && /\\.20\\d\\d$/.test(each.UniqueObjectID));
if (!call) return null;
// The journey's ID stays the same across the transfer; it identifies the next agent's call.
return { call, payload: {}, contact: call.ICMEnterpriseUniqueID, reason: call.CallVariable2 };`,
  });
  const context = flow.node('ctios-call', 'write the context', [3.4, 1], {
    session,
    request: 'SetCallData',
    args: [text('CallVariable3', 'Please check the invoice'), typed('CallVariable4', 'reason', 'msg')],
    complete: 'OnCallDataUpdate',
  });
  const transfer = flow.node('ctios-call', 'transfer to Billing', [4.45, 1], {
    session,
    request: 'SingleStepTransfer',
    args: [text('DialedNumber', '8003')],
    complete: 'OnCallTransferred',
  });
  const arrives = flow.node('ctios-wait', 'rings at the next agent', [5.6, 1], {
    session,
    events: ['OnCallDelivered'],
    match: [{ key: 'ICMEnterpriseUniqueID', op: 'is', value: 'contact', type: 'msg' }],
    same: 'any',
    timeout: 60,
  });
  const arrived = flow.node('debug', 'arrived', [6.75, 1], {
    complete: 'call',
    tostatus: true,
    statusVal: '"at " & agent.AgentID & ": " & call.CallVariable3',
    statusType: 'jsonata',
  });
  const lost = shows(flow, 'no agent within a minute', [6.75, 2], 'contact', 'msg');
  flow.chain(now, talking, pick, context, transfer, arrives, arrived);
  flow.wire(arrives, 1, lost);
  const again = flow.node('link in', 'another call', [0.45, 2], { links: [] });
  const says = flow.comment('Set the context first: data set after a transfer does not cross gateways', [0.95, 0]);
  flow.group('Transfer with context', TEAL, [
    says,
    now,
    talking,
    pick,
    context,
    transfer,
    arrives,
    arrived,
    lost,
    again,
  ]);
  const refused = flow.node('catch', 'not transferred', [0, 4.6], { scope: [context.id, transfer.id] });
  const gone = flow.node('function', 'has the call ended?', [1.1, 4.6], { func: GONE, outputs: 2 });
  const next = flow.node('link out', 'next call', [2.2, 4.4], { links: [] });
  next.links = [again.id];
  again.links = [next.id];
  const why = showsPart(flow, 'why not', [2.3, 5.2], 'error', 'error.code');
  flow.chain(refused, gone, next);
  flow.wire(gone, 1, why);
  flow.chain(again, talking);
  const goneSays = flow.comment(
    'Callers can hang up at any time; use another call then',
    [0.6, 3.8],
    'The call may have ended after it was selected, or while its data was being written. That is not an error.',
  );
  flow.group('Ended calls', BLUE, [goneSays, refused, gone, next, why]);
  flow.group('Errors', GREY, catches(flow, [0, 7.2], [talking, arrives]));
  return flow;
}
