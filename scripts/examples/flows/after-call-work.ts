/** Example 2: sets wrap-up data during the call, and makes the agent available after it. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { BLUE, catches, GREY, shows, TEAL, text, typed } from '../parts.js';

export function afterCallWork(): Flow {
  const flow = new Flow(
    CATALOG.afterCallWork,
    `The reason for the call becomes its wrap-up data, which must be set before the call object ends. After the call, the agent
has two seconds of after-call work; then the flow makes the agent available, unless the agent's state has changed in the meantime. The
seconds are *Must last* of “after-call work lasts”: no timer in the flow has to be stopped, and a deploy or a short outage loses no agent.`,
  );
  const session = flow.session().id;

  const answered = flow.node('ctios-call-events', 'a customer is on the line', [0, 1], {
    session,
    events: ['OnCallEstablished'],
    filter: [{ key: 'CallType', op: 'oneOf', value: '1,2', type: 'str' }],
  });
  const wrapup = flow.node('ctios-call', 'set the wrap-up data', [1.4, 1], {
    session,
    request: 'SetCallData',
    args: [typed('CallWrapupData', '$substring("Reason: " & call.CallVariable2, 0, 40)', 'jsonata')],
  });
  const written = shows(flow, 'written', [2.6, 1], 'call.UniqueObjectID', 'msg');
  flow.chain(answered, wrapup, written);
  const first = flow.comment(
    '1  During the call: its reason becomes wrap-up data',
    [0.5, 0],
    'Wrap-up data must be set before the call object ends.',
  );
  flow.group('During the call', TEAL, [first, answered, wrapup, written]);

  const over = flow.node('ctios-agent-events', 'after-call work lasts', [0, 4], {
    session,
    events: ['OnAgentStateChange'],
    filter: [{ key: 'AgentState', op: 'oneOf', value: 'WorkReady,WorkNotReady', type: 'str' }],
    lasts: 2,
  });
  const available = flow.node('ctios-agent', 'make available', [1.4, 4], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'Available')],
    complete: 'OnAgentStateChange',
  });
  const done = shows(flow, 'available again', [2.6, 4], 'agent.AgentID', 'msg');
  flow.chain(over, available, done);
  const second = flow.comment(
    '2  After the call: available after two seconds, if the agent is still in wrap-up',
    [0.8, 3],
    'The work mode timer of the switch, or the agent, may have been faster. Then the state has not lasted for two seconds, and nothing is sent.',
  );
  flow.group('After the call', BLUE, [second, over, available, done]);
  flow.group('Errors', GREY, catches(flow, [0, 6.5], [wrapup, available]));
  return flow;
}
