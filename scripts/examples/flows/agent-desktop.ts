/** Example 5: a phone in the browser for whichever agent logs in. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { page } from '../page.js';
import { BLUE, GREY, TEAL } from '../parts.js';

/** Of the simulated contact center; the supervisor leads their team. */
const AGENTS = ['1001', '1002', '1003', '1004'];
const SUPERVISOR = '90001';

const START = `// What was known before a deploy. A context store may answer later, hence the callback.
globalThis.desks = (await new Promise((done) => flow.get('desks', (error, value) => done(value)))) || {};
// Which agent each connected page belongs to. A page of before a deploy comes again, with its token.
globalThis.pages = new Map();
globalThis.own = {};
globalThis.colleagues = '';`;

const DESK = `// Whose desk it is: msg.ctios.agentId says so of every event. This node alone changes the desks.
const out = { page: [], act: [] };
const digestOf = (token) => crypto.createHash('sha256').update(String(token)).digest('base64url');
const pageOf = (id) => ({ type: 'websocket', id });
const tell = (id, payload) => out.page.push({ payload, _session: pageOf(id) });
const pagesOf = (agentId) => [...pages].filter(([, agent]) => agent === agentId).map(([id]) => id);
const newDesk = () => ({ agent: 'Agent', state: 'connecting', mask: 0, calls: {}, lists: {}, history: [], team: {}, watched: {} });
const CONSULT = 12;
const STATUS = { 1: 'dialing', 2: 'ringing', 3: 'talking', 4: 'on hold', 5: 'waiting' };
const STATES = {
  Login: 'Logged in', Logout: 'Logged out', NotReady: 'Not ready', Available: 'Ready for calls', Talking: 'Talking', Hold: 'Call on hold',
  WorkReady: 'After-call work', WorkNotReady: 'After-call work', Reserved: 'A call is arriving', BusyOther: 'Busy with something else',
};
const numberOf = (call) => call.ANI || (/^[0-9+*#]+$/.test(call.CallingDeviceID) ? call.CallingDeviceID : 'no number');
const factsOf = (call, number) => ({
  Number: number, Dialed: call.DialedNumber === number ? '' : call.DialedNumber,
  Account: call.CallVariable1, Reason: call.CallVariable2, 'Wrap-up': call.CallWrapupData,
});
const factsAndState = (call, known, phone) => {
  const status = STATUS[call.CallStatus];
  // Of a call that the agent makes, the other end.
  const number = phone && [call.ANI, call.CallingDeviceID].includes(phone) ? call.DialedNumber || call.CalledDeviceID : numberOf(call);
  const consult = Number(call.CallType) === CONSULT;
  return { facts: factsOf(call, number), consult, status, number, begun: known ? known.begun : Date.now(), since: known && known.status === status ? known.since : Date.now() };
};
const nameOf = (agent) => [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent ' + agent.AgentID;
const stateOf = (names) => (STATES[names.AgentState] || names.AgentState) + (names.EventReasonCode ? ': ' + names.EventReasonCode : '');
const pairs = (list) => Object.entries(list).map(([text, code]) => [code, text]);

/** A page loses its agent, or never had one. */
const signOut = (id, note) => { pages.delete(id); tell(id, { signIn: { note } }); };
/** The agent is gone. What the day has brought stays. */
const endDesk = (id, note) => {
  for (const page of pagesOf(id)) signOut(page, note);
  if (desks[id]) desks[id] = { ...newDesk(), history: desks[id].history };
};
const ask = (agentId, topic, payload = {}) => out.act.push({ topic, payload, ctios: { agentId } });
/** A supervisor sees the team as soon as there is a session to ask it with. */
const askForTeam = (id, desk) => {
  if (!desk.supervisor || !desk.digest || desk.asked) return;
  desk.asked = true;
  ask(id, 'RequestAgentTeamList');
  ask(id, 'StartMonitoringAllAgentTeams');
};

function ofPage({ _session: { id }, payload: said }) {
  const { logIn, token, press } = said;
  if (logIn) {
    const AgentID = String(logIn.agent || '').trim();
    if (!/^[0-9]{1,12}$/.test(AgentID)) return tell(id, { signIn: { note: 'Enter your agent ID.' } });
    desks[AgentID] ||= newDesk();
    const phone = /^[0-9]{1,12}$/.test(logIn.phone) ? { AgentInstrument: logIn.phone } : {};
    const payload = { AgentID, ...phone, AgentPassword: String(logIn.password || '').slice(0, 64) };
    out.act.push({ payload, loggingIn: AgentID, _session: pageOf(id) });
  } else if (token) {
    const agentId = Object.keys(desks).find((each) => desks[each].digest === digestOf(token));
    if (!agentId) return signOut(id, 'Log in again.');
    pages.set(id, agentId);
    draw(agentId);
    tell(id, { colleagues: colleaguesNow() });
  } else if (press) {
    // Whose button it is does not depend on what the page says, only on the token that it has shown.
    const agentId = pages.get(id);
    if (!agentId) return signOut(id, 'Log in first.');
    desks[agentId].error = undefined;
    out.act.push({ agentId, payload: said });
  }
}

function loggedIn({ loggingIn: id, _session, error }) {
  if (error) {
    if (!desks[id].digest) endDesk(id);
    return tell(_session.id, { signIn: { note: error.message.replace('CtiosError: ', '') } });
  }
  // One owner: the page that has just shown the password. Its token is kept as a digest only.
  for (const page of pagesOf(id)) if (page !== _session.id) signOut(page, 'Agent ' + id + ' has logged in on another page.');
  const token = crypto.randomBytes(24).toString('base64url');
  desks[id].digest = digestOf(token);
  pages.set(_session.id, id);
  tell(_session.id, { token });
  tell(_session.id, { colleagues: colleaguesNow() });
  askForTeam(id, desks[id]);
  out.act.push({ ctios: { agentId: id }, check: id });
}

function ofEvent(id, desk) {
  const { agent, call, topic, payload } = msg;
  // Events of other media (chat, e-mail) have a different MRDID: the desk shows the state of the phone.
  const names = (payload.MRDID > 1 ? {} : msg.ctios && msg.ctios.names) || {};
  if (agent && agent.AgentID === id) {
    desk.agent = nameOf(agent);
    desk.extension = agent.AgentExtension || agent.AgentInstrument;
    desk.supervisor ||= Number(agent.IsSupervisor) === 1 || (agent.AgentFlags & 5) !== 0;
    if (names.AgentState) {
      const state = stateOf(names);
      if (state !== desk.state) Object.assign(desk, { state, since: Date.now() - (payload.StateDuration || 0) * 1000 });
    }
    // What the site lets agents choose from comes with the log-in.
    if (agent.NotReadyReasonCodes) desk.lists.notReady = pairs(agent.NotReadyReasonCodes);
    if (agent.LogoutReasonCodes) desk.lists.logout = pairs(agent.LogoutReasonCodes);
    if (agent.IncomingWrapupStrings) desk.lists.wrapup = Object.values(agent.IncomingWrapupStrings).map((text) => [text, text]);
    askForTeam(id, desk);
  } else if (agent && desk.supervisor && agent.AgentID) {
    // A member of a supervisor's team.
    const known = desk.team[agent.UniqueObjectID] || {};
    const state = names.AgentState ? stateOf(names) : known.state;
    desk.team[agent.UniqueObjectID] = { name: nameOf(agent), id: agent.UniqueObjectID, state, since: state === known.state ? known.since : Date.now() };
  }
  if (topic.startsWith('OnMonitoredCall') && payload.UniqueObjectID) {
    // A call that is joined with another one continues under a new ID.
    delete desk.watched[payload.OldUniqueObjectID];
    if (topic === 'OnMonitoredCallEnd') delete desk.watched[payload.UniqueObjectID];
    else if (call) desk.watched[payload.UniqueObjectID] = { number: numberOf(call), status: STATUS[call.CallStatus] };
  } else if (topic === 'OnCallEnd') {
    const ended = desk.calls[payload.UniqueObjectID];
    delete desk.calls[payload.UniqueObjectID];
    if (ended) desk.history = [{ number: ended.number, begun: ended.begun, seconds: Math.round((Date.now() - ended.begun) / 1000) }, ...desk.history].slice(0, 50);
  } else if (call && call.UniqueObjectID && !/^On(Supervisor)?Button/.test(topic)) {
    // Events about buttons tell of the calls of who is watched, too. Each call by its id: a second one that rings and goes leaves the first where it is.
    const known = desk.calls[call.UniqueObjectID] || desk.calls[payload.OldUniqueObjectID];
    delete desk.calls[payload.OldUniqueObjectID];
    desk.calls[call.UniqueObjectID] = factsAndState(call, known, desk.extension);
  }
  // The mask is that of the current call, or of the agent if there is none: its id says which.
  if (topic === 'OnButtonEnablementChange' && !payload.Monitored) Object.assign(desk, { mask: payload.EnablementMask >>> 0, current: payload.UniqueObjectID });
}

/** Who else can be called or transferred to: the other agents who are logged in here. */
function colleaguesNow() {
  const here = Object.entries(desks).filter(([, { digest, extension }]) => digest && extension);
  return here.map(([id, { agent, extension, state }]) => [extension, agent + ' (' + id + '): ' + state]);
}

function draw(id) {
  const desk = desks[id];
  const midnight = new Date().setHours(0, 0, 0, 0);
  desk.history = desk.history.filter(({ begun }) => begun >= midnight);
  // Which bit of the mask lets which button be pressed: the server says it, the page only follows.
  const buttons = [
    ['Answer', 0x1, 'calls'], ['Hold', 0x4, 'calls'], ['Retrieve', 0x8, 'calls'], ['Hang up', 0x2, 'calls'],
    ['Alternate', 0x800, 'calls'], ['Back to the caller', 0x1000, 'calls'], ['Complete transfer', 0x40, 'calls'], ['Conference', 0x200, 'calls'],
    ['Call', 0x10, 'dial'], ['Consult', 0x120, 'dial'], ['Transfer', 0x80, 'dial'], ['Save', 0x2, 'wrapupButton'],
    ['Ready', 0x08000000, 'states'], ['Not ready', 0x30000000, 'notReadyButton'], ['Log out', 0x06000000, 'logoutButton'],
  ].map(([label, bits, group]) => ({ id: label, label, group, enabled: (desk.mask & bits) !== 0 }));
  // The request ends the call that the agent talks on: with the colleague on hold, that is the customer's.
  if (Object.values(desk.calls).some((each) => each.consult && each.status === 'on hold')) buttons.find(({ id }) => id === 'Back to the caller').enabled = false;
  // Tones go to whom the agent talks with.
  const ids = Object.keys(desk.calls);
  const current = ids.length === 1 ? ids[0] : desk.current;
  const calls = ids.map((each) => ({ id: each, current: each === current, ...desk.calls[each] }));
  buttons.push({ id: 'Send tones', label: 'Send tones', group: 'dial', enabled: calls.some((each) => each.current && each.status === 'talking') });
  const { agent, state, since, error, history, supervisor, watching } = desk;
  const lists = { ...desk.lists, ...Object.fromEntries(Object.entries(own).filter(([, list]) => list.length > 0)) };
  const team = supervisor ? Object.values(desk.team).map((each) => ({ ...each, watching: each.id === watching })) : undefined;
  const watched = Object.entries(desk.watched).map(([call, facts]) => ({ call, ...facts }));
  for (const page of pagesOf(id)) tell(page, { agent, state, since, lists, error, calls, buttons, history, team, watched });
}

const agentId = msg.agentId || (msg.ctios && msg.ctios.agentId);
if (msg._session && msg.payload && !msg.loggingIn) ofPage(msg);
else if (msg.loggingIn) loggedIn(msg);
else if (msg.topic === 'SetOwnListsConf') {
  // The site's own words, where it has any: they take the place of the others, list by list.
  const { notReady, logout, wrapup } = msg.payload;
  globalThis.own = { notReady: pairs(notReady), logout: pairs(logout), wrapup: wrapup.map((text) => [text, text]) };
  for (const id of new Set(pages.values())) draw(id);
  // After a deploy, too: which sessions and calls there still are.
  out.act.push(...Object.keys(desks).filter((id) => desks[id].digest).map((id) => ({ ctios: { agentId: id }, check: id })));
} else if (msg.check && msg.error) endDesk(msg.check, 'Log in again.');
else if (desks[agentId]) {
  const desk = desks[agentId];
  if (msg.error) desk.error = msg.error.message.replace('CtiosError: ', '');
  else if (msg.check) desk.calls = Object.fromEntries(msg.payload.map((each) => [each.UniqueObjectID, factsAndState(each, desk.calls[each.UniqueObjectID], desk.extension)]));
  else if (msg.topic === 'OnConnectionClosed') endDesk(agentId, 'Logged out.');
  else if (msg.watching) Object.assign(desk, { watching: msg.watching, watched: {} });
  else if (msg.ctios.event) ofEvent(agentId, desk);
  draw(agentId);
}
const now = JSON.stringify(colleaguesNow());
if (now !== colleagues) {
  globalThis.colleagues = now;
  for (const id of pages.keys()) tell(id, { colleagues: colleaguesNow() });
}
flow.set('desks', desks, (error) => error && node.warn('Not kept: ' + error.message));
return [out.page, out.act];`;

const PRESSED = `// A button becomes a request: its name in msg.topic, its arguments in msg.payload. msg.ctios.agentId says on whose behalf: the
// agent of the page's token. A request about a call names the call that the page showed when the button was pressed. What is not
// in this table cannot be asked for by a page.
// A log-in, and what the desk itself asks for, go on as they are.
if (msg.loggingIn) return [null, msg];
if (msg.check) return [null, null, msg];
if (msg.topic) return msg;
const { agentId } = msg;
const { press, call, number, notReady, logout, wrapup, member } = msg.payload;
const dialed = /^[0-9*#+]{1,32}$/.test(number) ? { DialedNumber: number } : undefined;
const reason = (code) => (/^[0-9]{1,5}$/.test(code) ? { EventReasonCode: Number(code) } : {});
const text = typeof wrapup === 'string' && wrapup !== '' ? { CallWrapupData: wrapup.slice(0, 40) } : undefined;
const [, , memberId] = /^agent[.]([0-9]+)[.](.+)$/.exec(member) || [];
const onMember = memberId && { AgentReference: member };
const onTheirCall = (SupervisoryAction) => onMember && typeof call === 'string' && { ...onMember, CallReference: call, SupervisoryAction };
const requests = {
  Answer: ['Answer', {}], Hold: ['Hold', {}], Retrieve: ['Retrieve', {}], 'Hang up': ['ClearConnection', {}], Choose: ['SetCurrentCall', {}],
  Alternate: ['Alternate', {}], 'Back to the caller': ['Reconnect', {}], 'Complete transfer': ['Transfer', {}], Conference: ['Conference', {}],
  // The agent decides later whether to transfer or to confer.
  Consult: ['MakeConsultCall', dialed && { ...dialed, ConsultType: 'Unspecified' }], Transfer: ['SingleStepTransfer', dialed],
  'Send tones': ['SendDTMFSignal', dialed && { DTMFString: number }], Save: ['SetCallData', text],
  Call: ['MakeCall', dialed], Ready: ['SetAgentState', { AgentState: 'Available' }],
  'Not ready': ['SetAgentState', { AgentState: 'NotReady', ...reason(notReady) }], 'Log out': ['Logout', reason(logout)],
  Watch: ['StartMonitoringAgent', onMember], Listen: ['SuperviseCall', onTheirCall('Monitor')], 'Barge in': ['SuperviseCall', onTheirCall('BargeIn')],
  'Take over': ['SuperviseCall', onTheirCall('Intercept')], Leave: ['SuperviseCall', onTheirCall('Clear')],
  'Set ready': ['SetAgentState', memberId && { AgentID: memberId, AgentState: 'Available' }],
};
if (!Object.hasOwn(requests, press)) return null;
const [topic, args] = requests[press];
const ctios = { agentId };
const WRONG = { SetCallData: 'Choose what the call was about.', StartMonitoringAgent: 'Choose an agent.', SuperviseCall: 'Choose an agent with a call.', SetAgentState: 'Choose an agent.' };
if (!args) return [null, null, null, { ctios, error: { message: WRONG[topic] || 'Enter a number: digits, *, # and +.' } }];
const ofCall = !['MakeCall', 'SetAgentState', 'Logout', 'StartMonitoringAgent', 'SuperviseCall'].includes(topic);
const payload = { ...args, ...(ofCall && typeof call === 'string' && { UniqueObjectID: call }) };
return [{ topic, payload, ctios, agentId }, null, null, press === 'Watch' ? { ctios, watching: member } : null];`;

const ALONE = `// Simulated agents answer by themselves: not in this example. Who has a desk here keeps it through a deploy.
const desks = (await new Promise((done) => flow.get('desks', (error, value) => done(value)))) || {};
const agents = ${JSON.stringify([...AGENTS, SUPERVISOR])};
const away = agents.filter((agent) => !desks[agent] || !desks[agent].digest);
node.send([[{ topic: 'automate', payload: { agents, on: false } }, ...away.map((agent) => ({ topic: 'logoutAgent', payload: { agent } }))]]);`;

export function agentDesktop(): Flow {
  const flow = new Flow(
    CATALOG.agentDesktop,
    `The session is in the mode *Many agents*: each page logs an agent in, and gets what that agent's desktop gets. Try 1001 on extension 2001, 1002 on 2002, up to 1004, and the
supervisor 90001 on 95001; simulated agents have no password. Open the page twice to transfer a call to a colleague, or to watch one as the supervisor.

* Whose page it is does not depend on what the page says: with the log-in it gets a token, and every request is made on behalf of the token's agent (\`msg.ctios.agentId\`). A second
  log-in with the right password takes the desk over, and the first page is logged out.
* Which buttons can be pressed is not decided by the page: the server says so in the mask of *OnButtonEnablementChange*.
* Reasons and wrap-up texts are the site's own where it has any: press the button of “words of a CRM” for other wrap-up texts, as a flow would take them from a CRM's pick list.
* For a real contact center change the session, and delete group 3.`,
  );
  const session = flow.session({ agents: AGENTS.length, mode: 'agents' }).id;
  const { pages, toPage } = page(flow, 'agent-desktop', 24.5, 'agent-desktop.html', '4  Open /agent-desktop');

  const events = (name: string, line: number, through: string, more: object = {}) =>
    flow.node('ctios-events', name, [0, line], { session, interface: through, ...more });
  const sources = [
    events('which buttons are enabled', 1, 'IButtonEnablementEvents'),
    flow.node('ctios-call-events', 'the agents’ calls', [0, 2], { session }),
    flow.node('ctios-agent-events', 'the agents’ states', [0, 3], { session }),
    events('a supervisor’s team', 4, 'IMonitoredAgentEvents'),
    events('the calls of who is watched', 5, 'IMonitoredCallEvents'),
    events('a session has ended', 6, 'ISessionEvents', { events: ['OnConnectionClosed'] }),
  ];
  const desk = flow.node('function', 'the desks', [2.9, 4], {
    func: DESK,
    initialize: START,
    outputs: 2,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const again = flow.node('inject', 'after a deploy', [0, 8], {
    props: [],
    once: true,
    onceDelay: '1',
  });
  const present = flow.node('ctios-query', 'an agent’s calls', [1.3, 16], { session, query: 'calls' });
  const gone = flow.node('catch', 'no session any longer', [1.3, 17], { scope: [present.id] });
  const crm = flow.node('inject', 'words of a CRM', [0, 9], {
    props: [{ p: 'payload' }],
    payload: JSON.stringify({ wrapup: ['Sold', 'No interest', 'To be called back'] }),
    payloadType: 'json',
  });
  const words = flow.node('ctios-request', 'the site’s words', [1.3, 8.5], { session, request: 'SetOwnLists' });
  for (const each of [...sources, words]) flow.wire(each, 0, desk);
  flow.chain(again, words);
  flow.chain(crm, words);
  flow.wire(desk, 0, toPage);
  flow.wire(pages, 2, desk);
  const first = flow.comment('1  What happens is shown', [0.2, 0]);
  flow.group('The desks', TEAL, [first, ...sources, again, crm, words, desk]);

  const logIn = flow.node('ctios-agent', 'log in', [1.2, 14], { session, request: 'Login' });
  const notIn = flow.node('catch', 'not logged in', [1.2, 15], { scope: [logIn.id] });
  const which = flow.node('function', 'which request?', [0, 13], { func: PRESSED, outputs: 4 });
  const request = flow.node('ctios-request', 'ask for it', [1.2, 12], { session });
  const refused = flow.node('catch', 'refused', [1.2, 13], { scope: [request.id] });
  flow.wire(desk, 1, which);
  flow.wire(which, 1, logIn);
  flow.wire(which, 2, present);
  flow.wire(logIn, 0, desk);
  flow.wire(notIn, 0, desk);
  flow.chain(which, request);
  flow.wire(which, 3, desk);
  flow.wire(present, 0, desk);
  flow.wire(gone, 0, desk);
  flow.wire(refused, 0, desk);
  const second = flow.comment(
    '2  What is pressed becomes a request of that agent',
    [0.3, 11],
    'A refusal goes back to the desk, in words.',
  );
  flow.group('The buttons', BLUE, [second, logIn, notIn, which, request, refused, present, gone]);

  const begin = flow.node('inject', 'at the start', [0, 21], { props: [], once: true, onceDelay: '0.5' });
  const alone = flow.node('function', 'who has no desk', [0.9, 21], { func: ALONE });
  const simulate = flow.node('ctios-simulate', 'goes home', [1.8, 21], { session, command: '' });
  const home = flow.node('catch', 'is gone already', [1.8, 22], { scope: [simulate.id] });
  flow.chain(begin, alone, simulate);
  const third = flow.comment('3  Simulated agents answer by themselves: not these', [0.55, 20]);
  flow.group('The lab', GREY, [third, begin, alone, simulate, home]);
  return flow;
}
