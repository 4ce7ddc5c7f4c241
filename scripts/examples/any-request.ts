/** Example 9: any request by its name. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { catches, GREY, shows, TEAL } from './parts.js';

export function anyRequest(): Flow {
  const flow = new Flow(
    CATALOG.anyRequest,
    `The *request* node sends any request of CTI OS: its name in \`msg.topic\` or in the dialog, its arguments in \`msg.payload\`. The
answer comes back in the same message; what is refused goes to the Catch node, with a code.`,
  );
  const session = flow.config('ctios-session', '', { seed: 9 }).id;
  const asks = (name: string, line: number, topic: string, payload: unknown, delay: string) =>
    flow.node('inject', name, [0, line], {
      props: [{ p: 'topic', vt: 'str' }, { p: 'payload' }],
      topic,
      payload: JSON.stringify(payload),
      payloadType: 'json',
      once: true,
      onceDelay: delay,
    });
  const list = [
    asks('agent 1001: in which state?', 1, 'QueryAgentState', { AgentID: '1001' }, '3'),
    asks(
      'agent 1001: a break',
      2,
      'SetAgentState',
      { AgentID: '1001', AgentState: 'NotReady', EventReasonCode: 3 },
      '5',
    ),
    asks('agent 4711: there is none', 3, 'SetAgentState', { AgentID: '4711', AgentState: 'Available' }, '7'),
  ];
  const request = flow.node('ctios-request', 'any request', [1.4, 2], { session });
  const answer = shows(flow, 'answer', [2.5, 2], 'topic', 'msg');
  for (const each of list) flow.wire(each, 0, request);
  flow.chain(request, answer);
  const says = flow.comment('msg.topic names the request, msg.payload holds its arguments', [0.55, 0]);
  flow.group('Ask', TEAL, [says, ...list, request, answer]);
  flow.group('What is refused', GREY, catches(flow, [0, 5.5], [request]));
  return flow;
}
