/** Recipe 9: reserve agents help while too many callers wait. */
import type { Flow } from '../../flow.js';
import { AMBER, BLUE, showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section, statistics } from '../parts.js';

const WHOM = `const NOT_READY = 2;
const LOGGED_OUT = 1;
const reserve = env.get('RESERVE').split(',').map((each) => each.trim());
const reason = Number(env.get('RESERVE_REASON'));
// Several groups may need help: it ends with the last of them.
globalThis.needy = globalThis.needy || new Set();
const group = msg.skillgroup.UniqueObjectID;
if (msg.help) needy.add(group);
else needy.delete(group);
if (!msg.help && needy.size > 0) return null;
const away = ({ AgentState, EventReasonCode }) => AgentState === NOT_READY && EventReasonCode === reason;
const agents = msg.payload
  .filter(({ AgentID }) => reserve.includes(AgentID))
  .filter((agent) => msg.help ? away(agent) : ![NOT_READY, LOGGED_OUT].includes(agent.AgentState));
const state = msg.help ? { AgentState: 'Available' } : { AgentState: 'NotReady', EventReasonCode: reason };
return [agents.map(({ AgentID }) => ({ payload: { AgentID, ...state }, says: AgentID + ' ' + state.AgentState }))];`;

const AWAY = `// The reserve has other work.
const reason = Number(env.get('RESERVE_REASON'));
return [env.get('RESERVE').split(',').map((agent) => ({ payload: { agent: agent.trim(), state: 'NotReady', reason } }))];`;

export function overflow(): Flow {
  const flow = recipeFlow(
    COOKBOOK.overflow,
    { RESERVE: '1006,1007,1008', RESERVE_REASON: '5' },
    'An agent who is talking when the queue is empty finishes the call first: the switch keeps the request until then. A request that the switch refuses, because the phone is ringing, is made again after ten seconds.',
  );
  const session = flow.session({ traffic: 'off', agents: 8 }).id;
  const queued = (op: string, value: string) => [{ key: 'CallsQNow', op, value, type: 'num' }];
  const watch = flow.node('ctios-watch', 'two wait for 10 s', [0, 0], {
    session,
    kind: 'skillgroup',
    filter: queued('gte', '2'),
    lasts: 10,
    ends: queued('lt', '1'),
  });
  const help = (name: string, on: boolean) =>
    flow.node('change', name, [0, 0], {
      rules: [{ t: 'set', p: 'help', pt: 'msg', to: String(on), tot: 'bool' }],
    });
  const more = help('help', true);
  const enough = help('enough', false);
  const agents = flow.node('ctios-query', 'the agents', [0, 0], { session, query: 'agents' });
  const whom = flow.node('function', 'who of the reserve?', [0, 0], { func: WHOM });
  const set = flow.node('ctios-agent', 'set the state', [0, 0], { session, request: 'SetAgentState' });
  const done = showsPart(flow, 'called or sent back', [0, 0], 'says', 'says');
  flow.wire(watch, 0, more);
  flow.wire(watch, 1, enough);
  flow.chain(more, agents, whom, set, done);
  flow.wire(enough, 0, agents);
  row(1, [watch, more, agents, whom, set]);
  row(2, [enough], watch);
  row(2, [done], whom);
  const refused = refusals(flow, [set], 3);
  const later = flow.node('delay', 'ten seconds', [0, 0], { timeout: '10' });
  flow.wire(refused[0]!, 0, later);
  flow.wire(later, 0, set);
  row(4, [later], refused[0]);
  section(flow, 'The reserve', TEAL, 0, '1  Called while too many wait', [
    ...[watch, more, enough, agents, whom, set, done, ...refused, later],
  ]);
  section(flow, 'Statistics', BLUE, 6, '2  Statistics of the queues', statistics(flow, session, 7));

  const start = flow.node('inject', 'at the start', [0, 0], { props: [], once: true, onceDelay: '2' });
  const away = flow.node('function', 'the reserve', [0, 0], { func: AWAY });
  const sent = flow.node('ctios-simulate', 'has other work', [0, 0], { session, command: 'setAgentState' });
  const callers = flow.node('ctios-simulate', 'callers', [0, 0], {
    session,
    command: 'startTraffic',
    args: [{ key: 'level', value: 'gentle', type: 'str' }],
  });
  const after = flow.node('delay', 'three seconds', [0, 0], { timeout: '3' });
  flow.chain(start, away, sent);
  flow.chain(start, after, callers);
  row(11, [start, away, sent]);
  row(12, [after, callers], start);
  section(flow, 'Simulation', AMBER, 10, '3  Callers, and a reserve with other work', [
    start,
    away,
    sent,
    after,
    callers,
  ]);
  return flow;
}
