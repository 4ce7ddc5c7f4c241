/** Example 6: a supervisor's wallboard. */
import { CATALOG } from '../catalog.js';
import { Flow, type FlowNode } from '../flow.js';
import { page } from '../page.js';
import { enableStatistics, TEAL } from '../parts.js';

const START = `// The state from before a deploy. A context store may be asynchronous, hence the callback.
globalThis.board = await new Promise((kept) => flow.get('board', (error, value) => kept({ groups: {}, agents: {}, calls: {}, day: [], ...value })));`;

const BOARD = `// Statistics of each skill group arrive every ten seconds, agents and calls as they change. The page is updated once a second.
const { topic, payload, agent, call } = msg;
const limits = Object.fromEntries(['WAIT_WARNING', 'WAIT_ALARM', 'QUEUE_WARNING', 'QUEUE_ALARM', 'ANSWER_WITHIN', 'SERVICE_GOAL', 'WORK_WARNING'].map((name) => [name, Number(env.get(name))]));
// Numbers are unique within a peripheral only: group 10 of another peripheral is a different group. The same applies to agents.
const groupOf = (number, peripheral) => {
  const key = [peripheral, number].join('.');
  return (board.groups[key] = board.groups[key] || { name: 'Group ' + number, peripheral, answered: 0, inTime: 0, abandoned: 0 });
};

// One entry for each minute of the last 24 hours: the maximum of waiting calls, and how the calls ended.
const minute = Math.floor(Date.now() / 60000) * 60000;
let entry = board.day[board.day.length - 1];
if (!entry || entry.time !== minute) {
  entry = { time: minute, waiting: 0, answered: 0, inTime: 0, abandoned: 0 };
  board.day = [...board.day, entry].filter((each) => each.time > minute - 86400000);
}

if (topic === 'show') {
  const { groups, agents, day } = board;
  const list = Object.values(groups);
  entry.waiting = Math.max(entry.waiting, list.reduce((sum, each) => sum + (each.waiting || 0), 0));
  flow.set('board', board, (error) => error && node.warn('Not kept: ' + error.message));
  const shown = {
    groups: list.map((each) => ({ ...each, asOf: undefined, longest: each.waiting ? Math.round((each.longest || 0) + (Date.now() - each.asOf) / 1000) : 0 })),
    agents: Object.values(agents).sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })), limits, time: Date.now(),
  };
  // The pages get the whole day once a minute. The minute may have begun with an event, which does not reach them.
  const whole = globalThis.sent !== minute;
  globalThis.sent = minute;
  return [{ payload: { ...shown, ...(whole ? { day } : { latest: entry }) } }, null];
}
// A page has opened: send the day to that page only.
if (msg._session) return [null, { payload: { day: board.day }, _session: msg._session }];

if (topic === 'OnSkillInfoEvent' || topic === 'OnSkillGroupStatisticsUpdated') {
  const group = groupOf(payload.SkillGroupNumber, payload.PeripheralID);
  if (payload.SkillGroupName) group.name = payload.SkillGroupName;
  const now = payload.Statistics;
  if (now) Object.assign(group, {
    waiting: now.RouterCallsQNow,
    longest: now.LongestRouterCallQNow,
    available: now.AgentsAvail,
    talking: now.AgentsTalkingIn + now.AgentsTalkingOut + now.AgentsTalkingOther,
    loggedIn: now.AgentsLoggedOn,
    handled: now.HandledCallsToday,
    asOf: Date.now(),
  });
}

// Service level: the share of customer calls that were answered in time. Calls whose beginning was not observed are not counted.
const id = call && call.UniqueObjectID;
if (topic === 'OnCallBegin' && [1, 2].includes(call.CallType) && !msg.ctios.recovered) board.calls[id] = { since: msg.ctios.time };
else if (id && board.calls[id]) {
  const known = board.calls[id];
  if (payload.SkillGroupNumber > 0) known.group = payload.SkillGroupNumber;
  const counts = [entry, ...(known.group ? [groupOf(known.group, call.PeripheralID)] : [])];
  if (topic === 'OnCallEstablished') {
    const inTime = msg.ctios.time - known.since <= limits.ANSWER_WITHIN * 1000;
    for (const each of counts) { each.answered++; if (inTime) each.inTime++; }
    delete board.calls[id];
  } else if (topic === 'OnCallEnd') {
    for (const each of counts) each.abandoned++;
    delete board.calls[id];
  }
}

// Events of other media (chat, e-mail) have a different MRDID and do not concern the phone.
const isVoice = !(payload.MRDID > 1);
if (agent && isVoice && msg.ctios.names && msg.ctios.names.AgentState && !call) {
  const { AgentID, PeripheralID, AgentFirstName, AgentLastName } = agent;
  const { AgentState: state, EventReasonCode: reason } = msg.ctios.names;
  const key = [PeripheralID, AgentID].join('.');
  const before = board.agents[key];
  const since = before && before.state === state ? before.since : msg.ctios.time - (payload.StateDuration || 0) * 1000;
  board.agents[key] = { id: AgentID, peripheral: PeripheralID, name: [AgentFirstName, AgentLastName].filter(Boolean).join(' '), state, since, reason };
}
return null;`;

export function wallboard(): Flow {
  const flow = new Flow(
    CATALOG.wallboard,
    `The flow enables the statistics of the skill groups once (and again after five seconds if that is refused); they then arrive every ten seconds. Agent states and calls
arrive as they change. From the calls, the flow computes the service level and a chart of the day, minute by minute.

The thresholds are settings of the tab (double-click it): seconds that a caller waits (\`WAIT_WARNING\`, \`WAIT_ALARM\`), number of waiting calls
(\`QUEUE_WARNING\`, \`QUEUE_ALARM\`), seconds of after-call work (\`WORK_WARNING\`), and the percentage of calls
(\`SERVICE_GOAL\`) to be answered within a number of seconds (\`ANSWER_WITHIN\`).`,
    {
      ...{ WAIT_WARNING: '60', WAIT_ALARM: '120', QUEUE_WARNING: '5', QUEUE_ALARM: '10' },
      ...{ ANSWER_WITHIN: '20', SERVICE_GOAL: '80', WORK_WARNING: '30' },
    },
  );
  const session = flow.session({ traffic: 'waves', agents: 36 }).id;
  const { pages, toPage } = page(flow, 'wallboard', 11, 'wallboard.html', '3  Open /wallboard');

  enableStatistics(flow);

  const groups = flow.node('ctios-events', 'skill groups', [0, 5], { session, interface: 'ISkillGroupEvents' });
  const agents: FlowNode = flow.node('ctios-agent-events', 'agents', [0, 6], {
    session,
    events: ['OnAgentStateChange', 'OnQueryAgentStateConf'],
  });
  const calls = flow.node('ctios-call-events', 'calls', [0, 7], {
    session,
    events: ['OnCallBegin', 'OnCallQueuedEvent', 'OnCallDelivered', 'OnCallEstablished', 'OnCallEnd'],
  });
  const board = flow.node('function', 'the board', [1.2, 6], { func: BOARD, initialize: START, outputs: 2 });
  for (const each of [groups, agents, calls]) flow.wire(each, 0, board);
  flow.wire(board, 1, toPage);
  flow.wire(pages, 2, board);
  const tick = flow.node('inject', 'every second', [0, 8], {
    props: [{ p: 'topic', vt: 'str' }],
    topic: 'show',
    once: true,
    onceDelay: '1',
    repeat: '1',
  });
  flow.chain(tick, board, pages);
  const second = flow.comment('2  Collects events, updates the page once a second', [0.3, 4]);
  flow.group('The board', TEAL, [second, groups, agents, calls, board, tick]);
  return flow;
}
