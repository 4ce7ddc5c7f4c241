/** Example 6: a supervisor's wallboard. */
import { CATALOG } from './catalog.js';
import { Flow, type FlowNode } from './flow.js';
import { page } from './page.js';
import { GREY, TEAL } from './parts.js';

const START = `// What was known before a deploy. A context store may answer later, hence the callback.
globalThis.board = await new Promise((kept) => flow.get('board', (error, value) => kept(value || { groups: {}, agents: {} })));`;

const BOARD = `// Statistics come per skill group every ten seconds, states of agents as they change. Shown once a second.
const { topic, payload, agent } = msg;
if (topic === 'show') {
  const { groups, agents } = board;
  flow.set('board', board, (error) => error && node.warn('Not kept: ' + error.message));
  return { payload: { groups: Object.values(groups), agents: Object.values(agents).sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })) } };
}
if (topic === 'OnSkillInfoEvent' || topic === 'OnSkillGroupStatisticsUpdated') {
  const group = board.groups[payload.SkillGroupNumber] || { name: 'Group ' + payload.SkillGroupNumber };
  if (payload.SkillGroupName) group.name = payload.SkillGroupName;
  const now = payload.Statistics || {};
  board.groups[payload.SkillGroupNumber] = {
    waiting: 0, available: 0, talking: 0, loggedIn: 0, handled: 0, longest: 0, ...group,
    ...(payload.Statistics && {
      waiting: now.RouterCallsQNow,
      longest: now.LongestRouterCallQNow,
      available: now.AgentsAvail,
      talking: now.AgentsTalkingIn + now.AgentsTalkingOut + now.AgentsTalkingOther,
      loggedIn: now.AgentsLoggedOn,
      handled: now.HandledCallsToday,
    }),
  };
}
if (agent && msg.ctios.names && msg.ctios.names.AgentState) {
  const { AgentID, AgentFirstName, AgentLastName } = agent;
  board.agents[AgentID] = { id: AgentID, name: [AgentFirstName, AgentLastName].filter(Boolean).join(' '), state: msg.ctios.names.AgentState };
}
return null;`;

export function wallboard(): Flow {
  const flow = new Flow(
    CATALOG.wallboard,
    `The statistics of the skill groups are asked for once and come every ten seconds; the agents' states come as they change.`,
  );
  const session = flow.config('ctios-session', '', { seed: 6, traffic: 'steady' }).id;
  const { pages } = page(flow, 'wallboard', 10, 'wallboard.html', '3  Open /wallboard');

  const once = flow.node('inject', 'once', [0, 1], { props: [], once: true, onceDelay: '3' });
  const enable = flow.node('ctios-agent', 'ask for statistics', [1, 1], {
    session,
    request: 'EnableSkillGroupStatistics',
    object: '1001',
  });
  const asked = flow.node('debug', 'asked', [2.1, 1], { tostatus: true, statusVal: 'topic', statusType: 'msg' });
  flow.chain(once, enable, asked);
  const refused = flow.node('catch', 'refused', [1, 2], { scope: [enable.id] });
  const why = flow.node('debug', 'why', [2.1, 2], { complete: 'error' });
  flow.chain(refused, why);
  const first = flow.comment('1  Statistics are sent to those who ask', [0.3, 0]);
  flow.group('Ask', GREY, [first, once, enable, asked, refused, why]);

  const groups = flow.node('ctios-events', 'skill groups', [0, 5], { session, interface: 'ISkillGroupEvents' });
  const agents: FlowNode = flow.node('ctios-agent-events', 'agents', [0, 6], {
    session,
    events: ['OnAgentStateChange', 'OnQueryAgentStateConf'],
  });
  const board = flow.node('function', 'the board', [1.2, 6], { func: BOARD, initialize: START });
  flow.wire(groups, 0, board);
  flow.wire(agents, 0, board);
  const tick = flow.node('inject', 'every second', [0, 7], {
    props: [{ p: 'topic', vt: 'str' }],
    topic: 'show',
    once: true,
    onceDelay: '1',
    repeat: '1',
  });
  flow.chain(tick, board, pages);
  const second = flow.comment('2  Kept as it comes, shown once a second', [0.3, 4]);
  flow.group('The board', TEAL, [second, groups, agents, board, tick]);
  return flow;
}
