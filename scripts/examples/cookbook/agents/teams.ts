/** Recipe 12: the presence of agents in Microsoft Teams. */
import type { Flow } from '../../flow.js';
import { showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section, standIn } from '../parts.js';

const PRESENCE = `// Combinations that Microsoft Graph accepts. Talking, reserved, on hold and in wrap-up are the same to colleagues.
const BUSY = { availability: 'Busy', activity: 'InACall' };
const PRESENCES = {
  NotReady: { availability: 'Away', activity: 'Away' },
  Available: { availability: 'Available', activity: 'Available' },
  Talking: BUSY, Reserved: BUSY, Hold: BUSY, WorkReady: BUSY, WorkNotReady: BUSY, BusyOther: BUSY,
};
// Events of other media (chat, e-mail) have a different MRDID.
if (msg.payload.MRDID > 1) return null;
const agent = msg.agent.AgentID;
const user = JSON.parse(env.get('TEAMS_USERS'))[agent];
if (!user) return null;
const state = msg.ctios.names.AgentState;
const presence = PRESENCES[state];
if (!presence && state !== 'Logout') return null;
globalThis.shown = globalThis.shown || new Map();
// Several states look the same, and some events repeat one.
const looks = presence ? presence.availability : 'cleared';
if (shown.get(agent) === looks) return null;
shown.set(agent, looks);
const sessionId = env.get('TEAMS_APP');
const path = msg.graph + '/v1.0/users/' + encodeURIComponent(user) + '/presence/';
const what = presence
  ? { url: path + 'setPresence', payload: { sessionId, ...presence, expirationDuration: 'PT4H' } }
  : { url: path + 'clearPresence', payload: { sessionId } };
return { ...what, agent, says: agent + ' ' + looks };`;

const MOCK = `// What the reference requires: a session, one of the combinations, and five minutes to four hours.
const COMBINATIONS = ['Available Available', 'Busy InACall', 'Busy InAConferenceCall', 'Away Away', 'DoNotDisturb Presenting'];
const { sessionId, availability, activity, expirationDuration } = JSON.parse(msg.payload);
const clears = msg.req.url.endsWith('/clearPresence');
const combines = COMBINATIONS.includes(availability + ' ' + activity) && /^PT([1-4]H|\\d+M)$/.test(expirationDuration);
if (!sessionId || !(clears || combines)) return answer(400, { error: { code: 'badRequest' } });
return answer(200, '');`;

const USERS = { 1001: '4b51a0e1-0001', 1002: '4b51a0e1-0002', 1003: '4b51a0e1-0003' };

export function teams(): Flow {
  const flow = recipeFlow(COOKBOOK.teams, {
    ...{ GRAPH_URL: '', TEAMS_APP: '22553876-f5ab-4529-bffb-cfe50aa89f87' },
    TEAMS_USERS: JSON.stringify(USERS),
  });
  const session = flow.session().id;
  const state = flow.node('ctios-agent-events', 'a new state', [0, 0], { session, events: ['OnAgentStateChange'] });
  const graph = standIn(flow, {
    ...{ name: 'Graph', setting: 'GRAPH_URL', property: 'graph', path: '/v1.0/users/', func: MOCK, line: 4 },
  });
  const presence = flow.node('function', 'the presence', [0, 0], { func: PRESENCE });
  const post = flow.node('ctios-webhook', 'post', [0, 0], {
    ...{ ordering: 'agent', firstDelay: 1, maxDelay: 15, maxAge: 0.02 },
  });
  const posted = showsPart(flow, 'accepted', [0, 0], 'sent', 'says');
  const lost = flow.node('debug', 'not accepted', [0, 0], { complete: 'error' });
  flow.chain(state, graph, presence, post, posted);
  flow.wire(post, 1, lost);
  row(1, [state, graph, presence, post, posted]);
  row(2, [lost], post);
  section(flow, 'Presence', TEAL, 0, '1  Of agents whom Teams knows', [state, graph, presence, post, posted, lost]);
  return flow;
}
