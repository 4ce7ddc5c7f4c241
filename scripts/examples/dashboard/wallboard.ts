/** Dashboard 1: charts over time of what the skill groups and agents do. */
import { Flow } from '../flow.js';
import { enableStatistics, TEAL } from '../parts.js';
import { DASHBOARD_CATALOG } from './catalog.js';
import { column, dashboardPage, snapshot } from './parts.js';

const START = `// The last hour, from before a deploy or a restart. A context store may be asynchronous, hence the callback.
globalThis.hour = await new Promise((kept) => flow.get('hour', (error, value) => kept({ calls: {}, minutes: [], waiting: [], states: [], level: [], ...value })));
globalThis.started = false;`;

const BOARD = `// Calls are counted as they are answered or abandoned. Every ten seconds, the charts get their next points.
const { topic, payload, call } = msg;
const now = Date.now();
const minute = Math.floor(now / 60000) * 60000;
const anHourAgo = now - 3600000;
let entry = hour.minutes[hour.minutes.length - 1];
if (!entry || entry.time !== minute) {
  entry = { time: minute, answered: 0, inTime: 0, abandoned: 0 };
  hour.minutes = [...hour.minutes, entry].filter(({ time }) => time > anHourAgo);
}

// Service level: the share of customer calls that were answered in time. Calls whose beginning was not observed are not counted.
const id = call && call.UniqueObjectID;
if (id) {
  if (topic === 'OnCallBegin' && [1, 2].includes(call.CallType) && !msg.ctios.recovered) hour.calls[id] = msg.ctios.time;
  else if (topic !== 'OnCallBegin' && hour.calls[id]) {
    if (topic === 'OnCallEnd') entry.abandoned++;
    else {
      entry.answered++;
      if (msg.ctios.time - hour.calls[id] <= Number(env.get('ANSWER_WITHIN')) * 1000) entry.inTime++;
    }
    delete hour.calls[id];
  }
  return null;
}

const groups = msg.groups.map(({ SkillGroupName, SkillGroupNumber, Statistics = {} }) => ({
  name: SkillGroupName || 'Group ' + SkillGroupNumber,
  waiting: Statistics.RouterCallsQNow || 0,
  longest: Statistics.RouterCallsQNow ? Statistics.LongestRouterCallQNow : 0,
  available: Statistics.AgentsAvail || 0,
  talking: (Statistics.AgentsTalkingIn || 0) + (Statistics.AgentsTalkingOut || 0) + (Statistics.AgentsTalkingOther || 0),
  loggedIn: Statistics.AgentsLoggedOn || 0,
  handled: Statistics.HandledCallsToday || 0,
}));
const STATES = { Available: [3], Talking: [4, 10], 'After-call work': [5, 6], 'Not ready': [2] };
const recent = hour.minutes.filter(({ time }) => time > now - 900000);
const total = (key) => recent.reduce((sum, each) => sum + each[key], 0);
const ended = total('answered') + total('abandoned');
const percent = ended > 0 ? Math.round((100 * total('inTime')) / ended) : undefined;
const next = {
  waiting: groups.map(({ name, waiting }) => ({ series: name, time: now, value: waiting })),
  states: Object.entries(STATES).map(([series, numbers]) => ({
    series, time: now, value: payload.filter(({ AgentState }) => numbers.includes(AgentState)).length,
  })),
  level: percent === undefined ? [] : [{ series: 'last 15 minutes', time: now, value: percent }],
};
for (const [chart, points] of Object.entries(next)) hour[chart] = [...hour[chart], ...points].filter(({ time }) => time > anHourAgo);
flow.set('hour', hour, (error) => error && node.warn('Not kept: ' + error.message));

// After a start, a chart gets the whole hour, then only what is new.
const first = !started;
globalThis.started = true;
const points = (chart) => {
  const list = first ? hour[chart] : next[chart];
  return list.length > 0 ? { payload: list, action: first ? 'replace' : 'append' } : null;
};
const clock = (time) => new Date(time).toTimeString().slice(0, 5);
const bars = hour.minutes.slice(-20).flatMap(({ time, answered, abandoned }) => [
  { series: 'answered', time: clock(time), value: answered },
  { series: 'abandoned', time: clock(time), value: abandoned },
]);
return [
  { payload: groups }, points('waiting'), points('states'), { payload: bars, action: 'replace' }, points('level'),
  percent === undefined ? null : { payload: percent },
];`;

export function dashboardWallboard(): Flow {
  const flow = new Flow(
    DASHBOARD_CATALOG.wallboard,
    `The flow enables the statistics of the skill groups. Every ten seconds, it reads the skill groups and agents from the session and adds one point to each chart.
The charts cover the last hour, also after a deploy; with a context store on disk, also after a restart.

\`ANSWER_WITHIN\`, a setting of the tab (double-click it), is the number of seconds in which a call should be answered.`,
    { ANSWER_WITHIN: '20' },
  );
  const session = flow.session({ traffic: 'waves', agents: 36 }).id;
  const { group } = dashboardPage(flow, 'Wallboard', '/wallboard', 'view-dashboard', 1);
  enableStatistics(flow);

  const { nodes, last } = snapshot(flow, '10', 5);
  const calls = flow.node('ctios-call-events', 'calls', [0, 7], {
    session,
    events: ['OnCallBegin', 'OnCallEstablished', 'OnCallEnd'],
  });
  const board = flow.node('function', 'the last hour', [4.1, 7], { func: BOARD, initialize: START, outputs: 6 });
  flow.chain(last, board);
  flow.chain(calls, board);

  const now = group('Now', 8);
  const service = group('Service level', 4);
  const table = flow.node('ui-table', 'skill groups now', [5.3, 5], {
    ...{ group: now, order: 1, width: 8, height: 4, autocols: false },
    columns: [
      column('Skill group', 'name'),
      column('Waiting', 'waiting', 'end'),
      column('Longest wait (s)', 'longest', 'end'),
      column('Available', 'available', 'end'),
      column('Talking', 'talking', 'end'),
      column('Logged in', 'loggedIn', 'end'),
      column('Handled today', 'handled', 'end'),
    ],
  });
  const chart = (name: string, title: string, line: number, properties: object) =>
    flow.node('ui-chart', name, [5.3, line], {
      ...{ group: group(title, 6), order: 1, width: 6, height: 5 },
      ...properties,
    });
  const waiting = chart('waiting calls', 'Waiting calls', 6, { ymin: '0', interpolation: 'step' });
  const states = chart('agent states', 'Agents by state', 7, { chartType: 'area', ymin: '0' });
  const ends = chart('calls per minute', 'Calls per minute', 8, {
    ...{ chartType: 'bar', xAxisType: 'category', action: 'replace', stackSeries: true, ymin: '0' },
    colors: ['#0f766e', '#be123c'],
  });
  const level = chart('service level', 'Answered in time (%)', 9, { ymin: '0', ymax: '100' });
  const gauge = flow.node('ui-gauge', 'service level now', [5.3, 10], {
    ...{ group: service, order: 1, width: 4, height: 4, title: 'Answered in time', units: '%' },
    segments: [
      { from: '0', color: '#be123c' },
      { from: '60', color: '#b45309' },
      { from: '80', color: '#0f766e' },
    ],
  });
  for (const [output, widget] of [table, waiting, states, ends, level, gauge].entries())
    flow.wire(board, output, widget);
  const comment = flow.comment('2  Every ten seconds, the charts get their next points', [0.5, 4]);
  flow.group('The wallboard', TEAL, [comment, ...nodes, calls, board, table, waiting, states, ends, level, gauge]);
  return flow;
}
