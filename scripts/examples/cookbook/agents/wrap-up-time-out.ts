/** Recipe 3: limits the duration of wrap-up. */
import type { Flow } from '../../flow.js';
import { BLUE, shows, TEAL, text } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

const WRAP_UP = [{ key: 'AgentState', op: 'oneOf', value: 'WorkReady,WorkNotReady', type: 'str' }];

export function wrapUpTimeOut(): Flow {
  const flow = recipeFlow(
    COOKBOOK.wrapUpTimeOut,
    {},
    `*Must last (s)* needs no delay node and no second look: the message comes only if the agent has stayed in wrap-up, and the time counts from what the switch reports,
also after an outage. The watch node does the same for a list of what is going on: it also reports the end.`,
  );
  const session = flow.session({ traffic: 'steady' }).id;
  const over = flow.node('ctios-agent-events', 'three seconds in wrap-up', [0, 0], {
    session,
    events: ['OnAgentStateChange'],
    filter: WRAP_UP,
    lasts: 3,
  });
  const ready = flow.node('ctios-agent', 'make available', [0, 0], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'Available')],
    complete: 'OnAgentStateChange',
  });
  const done = shows(flow, 'available again', [0, 0], 'agent.AgentID', 'msg');
  flow.chain(over, ready, done);
  row(1, [over, ready, done]);
  const refused = refusals(flow, [ready], 2, over);
  section(flow, 'The time-out', TEAL, 0, '1  The wrap-up must last: then it is ended', [over, ready, done, ...refused]);

  const watch = flow.node('ctios-watch', 'two seconds in wrap-up', [0, 0], {
    session,
    kind: 'agent',
    filter: WRAP_UP,
    lasts: 2,
  });
  const began = shows(flow, 'still in wrap-up', [0, 0], 'agent.AgentID', 'msg');
  const ended = shows(flow, 'wrap-up over', [0, 0], 'payload.seconds', 'msg');
  flow.wire(watch, 0, began);
  flow.wire(watch, 1, ended);
  row(5, [watch, began]);
  row(6, [ended], watch);
  section(flow, 'The warning', BLUE, 4, '2  Before that: who is still in wrap-up', [watch, began, ended]);
  return flow;
}
