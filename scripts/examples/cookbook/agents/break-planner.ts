/** Recipe 4: breaks at the planned times, and not too many at once. */
import type { Flow } from '../../flow.js';
import { shows, TEAL, text, typed } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

const PLAN = `// Without a plan, two agents have a short break soon.
globalThis.plan = () => {
  const planned = JSON.parse(env.get('BREAKS') || '[]');
  const at = (time) => new Date().setHours(...time.split(':').map(Number), 0, 0);
  globalThis.day = new Date().toDateString();
  globalThis.breaks = planned.length > 0
    ? planned.map((each) => ({ agent: each.agent, from: at(each.at), ms: each.minutes * 60000 }))
    : ['1001', '1002'].map((agent) => ({ agent, from: Date.now() + 8000, ms: 10000 }));
};
plan();`;

const DUE = `if (env.get('BREAKS') && day !== new Date().toDateString()) plan();
const LOGGED_OUT = 1;
const NOT_READY = 2;
const AVAILABLE = 3;
const HOUR = 3600000;
const now = Date.now();
const stateOf = ({ agent }) => (msg.payload.find(({ AgentID }) => AgentID === agent) || { AgentState: LOGGED_OUT }).AgentState;
// A break begins when the agent is really away: an agent who was talking finishes the call and the wrap-up before. Who is
// available instead, because the switch refused for instance, is asked again.
for (const each of breaks.filter(({ step }) => step === 'asked')) {
  if (stateOf(each) === NOT_READY) Object.assign(each, { step: 'begun', until: now + each.ms });
  if (stateOf(each) === AVAILABLE) each.step = undefined;
}
const ends = breaks.filter(({ step, until }) => step === 'begun' && until <= now);
for (const each of ends) each.step = 'over';
const away = breaks.filter(({ step }) => step === 'asked' || step === 'begun').length;
const due = breaks.filter((each) => !each.step && each.from <= now && now < each.from + HOUR && stateOf(each) !== LOGGED_OUT);
const begins = due.slice(0, Math.max(0, Number(env.get('AT_ONCE')) - away));
for (const each of begins) each.step = 'asked';
const requests = (list) => list.map(({ agent }) => ({ payload: { AgentID: agent } }));
// Agents who came back early, or logged out, stay in that state.
return [requests(begins), requests(ends.filter((each) => stateOf(each) === NOT_READY))];`;

export function breakPlanner(): Flow {
  const flow = recipeFlow(COOKBOOK.breakPlanner, { BREAKS: '', AT_ONCE: '1' });
  const session = flow.session({ traffic: 'off' }).id;
  const every = flow.node('inject', 'every 5 s', [0, 0], { props: [], once: true, onceDelay: '5', repeat: '5' });
  const agents = flow.node('ctios-query', 'the agents', [0, 0], { session, query: 'agents' });
  const due = flow.node('function', 'who is due?', [0, 0], { func: DUE, initialize: PLAN, outputs: 2 });
  const begin = flow.node('ctios-agent', 'begin a break', [0, 0], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'NotReady'), typed('EventReasonCode', '1', 'num')],
  });
  const end = flow.node('ctios-agent', 'end a break', [0, 0], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'Available')],
  });
  const away = shows(flow, 'on a break', [0, 0], 'payload.UniqueObjectID', 'msg');
  const back = shows(flow, 'back', [0, 0], 'payload.UniqueObjectID', 'msg');
  flow.chain(every, agents, due, begin, away);
  flow.wire(due, 1, end);
  flow.chain(end, back);
  row(1, [every, agents, due, begin, away]);
  row(2, [end, back], due);
  const refused = refusals(flow, [begin, end], 3);
  section(flow, 'Breaks', TEAL, 0, '1  Who is due, and whose break is over', [
    ...[every, agents, due, begin, away, end, back, ...refused],
  ]);
  return flow;
}
