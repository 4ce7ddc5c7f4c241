/** Recipe 18: a flow answers, and follows what happens to the call. */
import type { Flow } from '../../flow.js';
import { BLUE, shows, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

export function answer(): Flow {
  const flow = recipeFlow(
    COOKBOOK.answer,
    {},
    '*Complete on* makes the message continue when the switch has answered. The wait node looks back to the request, so that an event that was faster than the message is not missed.',
  );
  const session = flow.session().id;
  const rings = flow.node('ctios-call-events', '8001 rings', [0, 0], {
    session,
    events: ['OnCallDelivered'],
    filter: [
      { key: 'DialedNumber', op: 'is', value: '8001', type: 'str' },
      { key: 'CallStatus', op: 'is', value: 'Alerting', type: 'str' },
    ],
  });
  const take = flow.node('ctios-call', 'answer', [0, 0], {
    session,
    request: 'Answer',
    complete: 'OnCallEstablished',
  });
  const first = flow.node('ctios-wait', 'whichever is first', [0, 0], {
    session,
    events: ['OnCallHeld', 'OnCallEnd'],
    same: 'call',
    timeout: 20,
  });
  const came = shows(flow, 'on hold, or over', [0, 0], 'topic', 'msg');
  const talking = shows(flow, 'still talking', [0, 0], 'call.UniqueObjectID', 'msg');
  flow.chain(rings, take, first, came);
  flow.wire(first, 1, talking);
  row(1, [rings, take, first, came]);
  row(2, [talking], first);
  // A deploy ends the wait.
  const refused = refusals(flow, [take, first], 3);
  section(flow, 'Answer', TEAL, 0, '1  One dialed number; then one of several events', [
    ...[rings, take, first, came, talking, ...refused],
  ]);

  const each = flow.node('ctios-call-events', 'one wire per event', [0, 0], {
    session,
    events: ['OnCallDelivered', 'OnCallEstablished', 'OnCallEnd'],
    split: 'each',
    outputs: 3,
  });
  const ends = ['rings', 'answered', 'over'].map((name) => shows(flow, name, [0, 0], 'payload.UniqueObjectID', 'msg'));
  row(7, [each]);
  for (const [output, end] of ends.entries()) {
    flow.wire(each, output, end);
    row(6 + output, [end], each);
  }
  section(flow, 'All calls', BLUE, 5, '2  No switch node', [each, ...ends]);
  return flow;
}
