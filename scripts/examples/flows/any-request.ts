/** Example 9: any request by its name. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { catches, GREY, shows, TEAL } from '../parts.js';

export function anyRequest(): Flow {
  const flow = new Flow(
    CATALOG.anyRequest,
    `The *request* node sends any CTI OS request. Set its name in \`msg.topic\` or in the dialog, and its arguments in \`msg.payload\`. The
response arrives in the same message. Refused requests go to the Catch node, with a code.`,
  );
  // A ringing phone would refuse to make its agent not ready.
  const session = flow.session({ traffic: 'off' }).id;
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
    asks('agent 1001: query the state', 1, 'QueryAgentState', { AgentID: '1001' }, '3'),
    asks(
      'agent 1001: not ready',
      2,
      'SetAgentState',
      { AgentID: '1001', AgentState: 'NotReady', EventReasonCode: 3 },
      '5',
    ),
    asks('agent 4711 (does not exist)', 3, 'SetAgentState', { AgentID: '4711', AgentState: 'Available' }, '7'),
  ];
  const request = flow.node('ctios-request', 'any request', [1.4, 2], {
    session,
    // On a busy computer the session takes longer to start than the timers.
    linkWait: 120,
  });
  const answer = shows(flow, 'response', [2.5, 2], 'topic', 'msg');
  for (const each of list) flow.wire(each, 0, request);
  flow.chain(request, answer);
  const says = flow.comment('msg.topic: the request; msg.payload: its arguments', [0.55, 0]);
  flow.group('Requests', TEAL, [says, ...list, request, answer]);
  flow.group('Errors', GREY, catches(flow, [0, 5.5], [request]));
  return flow;
}
