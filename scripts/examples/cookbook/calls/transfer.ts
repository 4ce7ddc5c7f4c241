/** Recipe 17: a value travels with a transferred call. The short form of example 3. */
import type { Flow } from '../../flow.js';
import { AMBER, BLUE, shows, TEAL, text } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

export function transfer(): Flow {
  const flow = recipeFlow(
    COOKBOOK.transfer,
    {},
    'Data that is set after a transfer does not cross gateways, so the flow waits for *OnCallDataUpdate* of this call first. If the call ends meanwhile, it is not transferred.',
  );
  const session = flow.session().id;
  const answered = flow.node('ctios-call-events', 'an invoice question', [0, 0], {
    session,
    events: ['OnCallEstablished'],
    filter: [
      { key: 'CallVariable2', op: 'is', value: 'Invoice question', type: 'str' },
      { key: 'DialedNumber', op: 'isNot', value: '8003', type: 'str' },
      // Otherwise the call would be transferred again when it is answered there.
      { key: 'user.CaseId', op: 'notSet', value: '', type: 'str' },
    ],
  });
  const write = flow.node('ctios-call', 'write the case', [0, 0], {
    session,
    request: 'SetCallData',
    args: [text('CallVariable3', 'Please check the invoice'), text('user.CaseId', '4711')],
  });
  const there = flow.node('ctios-wait', 'is it there?', [0, 0], {
    session,
    events: ['OnCallDataUpdate'],
    same: 'call',
    timeout: 5,
  });
  const pass = flow.node('ctios-call', 'to Billing', [0, 0], {
    session,
    request: 'SingleStepTransfer',
    args: [text('DialedNumber', '8003')],
  });
  const passed = shows(flow, 'transferred', [0, 0], 'call.UniqueObjectID', 'msg');
  const late = shows(flow, 'not written', [0, 0], 'call.UniqueObjectID', 'msg');
  flow.chain(answered, write, there, pass, passed);
  flow.wire(there, 1, late);
  row(1, [answered, write, there, pass, passed]);
  row(2, [late], there);
  const refused = refusals(flow, [write, there, pass], 3);
  section(flow, 'The transfer', TEAL, 0, '1  Write, wait, transfer', [
    ...[answered, write, there, pass, passed, late, ...refused],
  ]);

  const rings = flow.node('ctios-call-events', 'rings in Billing', [0, 0], {
    session,
    events: ['OnCallDelivered'],
    filter: [{ key: 'user.CaseId', op: 'is', value: '4711', type: 'str' }],
  });
  const seen = shows(flow, 'what the agent sees', [0, 0], 'agent.AgentID & ": " & call.CallVariable3');
  flow.chain(rings, seen);
  row(6, [rings, seen]);
  section(flow, 'The next agent', BLUE, 5, '2  The value has arrived with the call', [rings, seen]);

  const every = flow.node('inject', 'every minute', [0, 0], { props: [], once: true, onceDelay: '4', repeat: '60' });
  const calls = flow.node('ctios-simulate', 'a caller', [0, 0], {
    session,
    command: 'placeCall',
    args: [
      ...[text('from', '2065550103'), text('to', '8001')],
      { key: 'data', value: '{ "CallVariable2": "Invoice question" }', type: 'json' },
    ],
  });
  flow.chain(every, calls);
  row(9, [every, calls]);
  section(flow, 'Simulation', AMBER, 8, '3  An invoice question', [every, calls]);
  return flow;
}
