/** Example 3: a flow transfers a call, and what is known travels with it. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { catches, GREY, shows, TEAL, text, typed } from './parts.js';

export function transferWithContext(): Flow {
  const flow = new Flow(
    CATALOG.transfer,
    `First the context is written into the call's data and confirmed, then the call is transferred to Billing (8003), then the flow waits
until it rings at the next agent, who sees the same contact with the context. Press the button of *now* for more.`,
  );
  const session = flow.config('ctios-session', '', { seed: 3 }).id;

  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '9', repeat: '20' });
  const talking = flow.node('ctios-query', 'calls that are talked', [0.95, 1], {
    session,
    query: 'calls',
    filter: [
      { key: 'CallStatus', value: '3' },
      { key: 'CallType', value: '1,2' },
    ],
  });
  const pick = flow.node('function', 'one that is not in Billing', [2.2, 1], {
    func: `const call = msg.payload.find((each) => each.DialedNumber !== '8003' && /\\.20\\d\\d$/.test(each.UniqueObjectID));
if (!call) return null;
// The journey's id is the same before and after the transfer: by it the next agent's call is known.
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
    match: [typed('ICMEnterpriseUniqueID', 'contact', 'msg')],
    same: 'any',
    timeout: 60,
  });
  const arrived = flow.node('debug', 'arrived', [6.75, 1], {
    complete: 'call',
    tostatus: true,
    statusVal: '"at " & agent.AgentID & ": " & call.CallVariable3',
    statusType: 'jsonata',
  });
  const lost = shows(flow, 'nobody free within a minute', [6.75, 2], 'contact', 'msg');
  flow.chain(now, talking, pick, context, transfer, arrives, arrived);
  flow.wire(arrives, 1, lost);
  const says = flow.comment('The context first, and confirmed: across gateways nothing set later travels', [0.95, 0]);
  flow.group('A call goes on, with what is known', TEAL, [
    says,
    now,
    talking,
    pick,
    context,
    transfer,
    arrives,
    arrived,
    lost,
  ]);
  flow.group('What is refused', GREY, catches(flow, [0, 4], [talking, context, transfer, arrives]));
  return flow;
}
