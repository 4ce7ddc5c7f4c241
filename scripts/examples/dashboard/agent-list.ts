/** Dashboard 2: a table of agents that each browser filters on its own. */
import { Flow } from '../flow.js';
import { AMBER, TEAL } from '../parts.js';
import { DASHBOARD_CATALOG } from './catalog.js';
import { column, dashboardPage, snapshot } from './parts.js';

const START = `// Since when agents have been in their states, and which team each browser has selected, from before a deploy.
const kept = (key) => new Promise((done) => flow.get(key, (error, value) => done(value || {})));
globalThis.since = await kept('since');
globalThis.browsers = await kept('browsers');
globalThis.teams = '';`;

const LIST = `// Each browser has a socket: msg._client.socketId says whose message it is, and to whom one goes.
const socketId = msg._client && msg._client.socketId;
const keep = () => {
  for (const [key, value] of Object.entries({ since, browsers })) flow.set(key, value, (error) => error && node.warn('Not kept: ' + error.message));
};
if (socketId) {
  const { payload } = msg;
  if (payload === 'lost') delete browsers[socketId];
  else if (payload === 'connect' || typeof payload === 'number') browsers[socketId] = payload === 'connect' ? 0 : payload;
  // After a deploy, the Dashboard may not report that a browser has left: the oldest entries go.
  for (const each of Object.keys(browsers).slice(0, -200)) delete browsers[each];
  keep();
  return payload === 'connect' ? [null, { payload: 0, _client: { socketId } }] : null;
}

// A state lasts until an event reports another one. Events of other media (chat, e-mail) have a different MRDID.
if (msg.ctios) {
  const { UniqueObjectID, AgentState, StateDuration, MRDID } = msg.payload;
  if (MRDID > 1 || AgentState === undefined) return null;
  const known = since[UniqueObjectID];
  if (!known || known.state !== AgentState) since[UniqueObjectID] = { state: AgentState, time: msg.ctios.time - (StateDuration || 0) * 1000 };
  keep();
  return null;
}

const STATES = { 0: 'Logged in', 1: 'Logged out', 2: 'Not ready', 3: 'Available', 4: 'Talking', 5: 'After-call work', 6: 'After-call work', 7: 'Busy', 8: 'Reserved', 10: 'On hold' };
const nameOf = (agent) => agent && ([agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || agent.AgentID);
const groupNames = Object.fromEntries(msg.groups.map(({ PeripheralID, SkillGroupNumber, SkillGroupName }) => [[PeripheralID, SkillGroupNumber], SkillGroupName]));
const agents = msg.payload.filter(({ AgentID }) => AgentID);
const lasting = (agent) => {
  const known = since[agent.UniqueObjectID];
  if (!known || known.state !== agent.AgentState || agent.AgentState === 1) return '';
  const seconds = Math.max(0, Math.round((Date.now() - known.time) / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
};
const groupsOf = (agent) => {
  const numbers = Array.from({ length: agent.NumSkillGroups || 0 }, (_, index) => agent['SkillGroup[' + (index + 1) + ']']).filter(Boolean);
  return numbers.map(({ SkillGroupNumber }) => groupNames[[agent.PeripheralID, SkillGroupNumber]] || SkillGroupNumber).join(', ');
};
const rows = agents.map((agent) => ({
  agent: nameOf(agent), id: agent.AgentID, state: STATES[agent.AgentState] || 'Unknown', time: lasting(agent), groups: groupsOf(agent), team: agent.TeamID,
}));
const rowsOf = (team) => rows.filter((row) => !team || row.team === team).sort((a, b) => (a.state === 'Logged out') - (b.state === 'Logged out') || a.id.localeCompare(b.id, 'en', { numeric: true }));
const leads = new Map(agents.filter(({ TeamID }) => TeamID).map(({ TeamID, SupervisorID }) => [TeamID, nameOf(agents.find(({ AgentID }) => AgentID === SupervisorID))]));
const options = [...leads].sort(([a], [b]) => a - b).map(([value, lead]) => ({ value, label: 'Team ' + value + (lead ? ' (' + lead + ')' : '') }));
const changed = JSON.stringify(options) !== teams;
globalThis.teams = JSON.stringify(options);
const out = Object.entries(browsers).map(([browser, team]) => ({ payload: rowsOf(team), _client: { socketId: browser } }));
return [out, changed ? { ui_update: { options: [{ value: 0, label: 'All teams' }, ...options] } } : null];`;

export function agentList(): Flow {
  const flow = new Flow(
    DASHBOARD_CATALOG.agentList,
    `Every second, the flow reads the agents and skill groups from the session. Times in states come from the events of the agents. The flow remembers which team each browser
has selected, and sends each its own table: \`msg._client.socketId\` is the browser.

If you have a dashboard of your own, open *Dashboard 2.0 > Client Data* in the sidebar and tick \`ui-table\` and \`ui-dropdown\` under *Accept Client Data*.`,
  );
  const session = flow.session({ traffic: 'steady', agents: 24 }).id;
  const { base, group } = dashboardPage(flow, 'Agents', '/agents', 'account-group', 2);
  const card = group('Agents', 12, { showTitle: false });

  const { nodes, last } = snapshot(flow, '1', 1);
  const states = flow.node('ctios-agent-events', 'states', [0, 3], {
    session,
    events: ['OnAgentStateChange', 'OnQueryAgentStateConf'],
  });
  const list = flow.node('function', 'a table for each browser', [4.2, 2], {
    func: LIST,
    initialize: START,
    outputs: 2,
  });
  flow.chain(last, list);
  flow.chain(states, list);
  const first = flow.comment('1  The agents, once a second', [0.2, 0]);
  flow.group('The agents', TEAL, [first, ...nodes, states, list]);

  const browsers = flow.node('ui-control', 'browsers come and go', [0, 7], { ui: base, events: 'connect' });
  const team = flow.node('ui-dropdown', 'team', [1.2, 7], {
    ...{ group: card, order: 1, width: 4, height: 1, label: 'Team', topic: '', topicType: 'str' },
    options: [{ label: 'All teams', value: 0, type: 'num' }],
  });
  const table = flow.node('ui-table', 'table', [2.2, 7], {
    ...{ group: card, order: 2, width: 12, height: 14, autocols: false, showSearch: true },
    columns: [
      column('Agent', 'agent'),
      column('Agent ID', 'id'),
      column('State', 'state'),
      column('Time in state', 'time', 'end'),
      column('Skill groups', 'groups'),
      column('Team', 'team', 'end'),
    ],
  });
  flow.wire(browsers, 0, list);
  flow.wire(team, 0, list);
  flow.wire(list, 0, table);
  flow.wire(list, 1, team);
  const second = flow.comment('2  What each browser selects and sees', [0.3, 6]);
  flow.group('The page', AMBER, [second, browsers, team, table]);
  return flow;
}
