/** The functions of the agent page: whose desk it is, what it shows, and what may be pressed. */

export const START = `// What was known before a deploy. A context store may answer later, hence the callback.
globalThis.desks = (await new Promise((done) => flow.get('desks', (error, value) => done(value)))) || {};
// Which agent each browser belongs to, and which buttons it has been told are enabled. Browsers of before a deploy say hello again.
globalThis.browsers = new Map();
// Only a browser that gets messages of others can know it.
globalThis.probe = crypto.randomBytes(12).toString('base64url');
globalThis.leaks = false;`;

export const DESKS = `// Each browser has a socket, and the Dashboard says which: msg._client.socketId. This node alone changes the desks.
const out = { widgets: [], act: [] };
const digestOf = (token) => crypto.createHash('sha256').update(String(token)).digest('base64url');
const only = (socketId) => ({ _client: { socketId } });
const tell = (socketId, payload) => out.widgets.push({ topic: 'desk', payload, ...only(socketId) });
const showForm = (socketId, visible) => out.widgets.push({ topic: 'log in', visible, ...only(socketId) });
const browsersOf = (agentId) => [...browsers].filter(([, browser]) => browser.agentId === agentId).map(([socketId]) => socketId);
const newDesk = () => ({ agent: 'Agent', state: 'connecting', since: Date.now(), mask: 0, calls: {} });
const LEAKS = 'This dashboard sends every message to every browser. In the sidebar, open Dashboard 2.0 > Client Data and tick ui-template, ui-button and ui-form. Then deploy.';
const STATUS = { 1: 'dialing', 2: 'ringing', 3: 'talking', 4: 'on hold', 5: 'waiting' };
const STATES = {
  Login: 'Logged in', Logout: 'Logged out', NotReady: 'Not ready', Available: 'Ready for calls', Talking: 'Talking', Hold: 'Call on hold',
  WorkReady: 'After-call work', WorkNotReady: 'After-call work', Reserved: 'A call is arriving', BusyOther: 'Busy with something else',
};
// Which bit of the mask lets which button be pressed: the server says it, the page only follows.
const BITS = { Answer: 0x1, Hold: 0x4, Retrieve: 0x8, 'Hang up': 0x2, Call: 0x10, Ready: 0x08000000, 'Not ready': 0x30000000, 'Log out': 0x06000000 };
const numberOf = (call) => call.ANI || (/^[0-9+*#]+$/.test(call.CallingDeviceID) ? call.CallingDeviceID : 'no number');
const factsOf = (call) => Object.fromEntries(Object.entries({ Dialed: call.DialedNumber, Account: call.CallVariable1, Reason: call.CallVariable2 }).filter(([, value]) => value));
const shown = (call, known, phone) => {
  const status = STATUS[call.CallStatus] || 'ended';
  // Of a call that the agent makes, the other end.
  const number = phone && [call.ANI, call.CallingDeviceID].includes(phone) ? call.DialedNumber || call.CalledDeviceID : numberOf(call);
  return { facts: factsOf(call), status, number, since: known && known.status === status ? known.since : Date.now() };
};

/** A browser loses its agent, or never had one. */
function signOut(socketId, note = '') {
  browsers.set(socketId, { enabled: {} });
  tell(socketId, { desk: null, note });
  showForm(socketId, true);
  for (const topic of Object.keys(BITS)) out.widgets.push({ topic, enabled: false, ...only(socketId) });
}
function endDesk(agentId, note) {
  for (const socketId of browsersOf(agentId)) signOut(socketId, note);
  delete desks[agentId];
}
function draw(agentId) {
  const { agent, extension, state, since, error = '', mask, calls, current } = desks[agentId];
  const ids = Object.keys(calls);
  const list = ids.map((id) => ({ id, current: ids.length === 1 || id === current, ...calls[id] }));
  for (const socketId of browsersOf(agentId)) {
    tell(socketId, { desk: { agent: agent + ' (' + agentId + ')', extension, state, since, calls: list }, note: error });
    const { enabled } = browsers.get(socketId);
    for (const [topic, bits] of Object.entries(BITS)) {
      const may = (mask & bits) !== 0;
      if (enabled[topic] !== may) out.widgets.push({ topic, enabled: may, ...only(socketId) });
      enabled[topic] = may;
    }
  }
}
/** A browser belongs to an agent: it has shown the password or the token. */
function takeSeat(socketId, agentId) {
  browsers.set(socketId, { agentId, enabled: {} });
  showForm(socketId, false);
  draw(agentId);
}

function ofTemplate(socketId, { hello, token, probe: found, choose }) {
  if (found !== undefined && found === probe && !leaks) {
    globalThis.leaks = true;
    for (const each of browsers.keys()) signOut(each, LEAKS);
  } else if (hello) {
    tell('nobody', { probe });
    if (leaks) return signOut(socketId, LEAKS);
    const agentId = token && Object.keys(desks).find((id) => desks[id].digest === digestOf(token));
    if (agentId) takeSeat(socketId, agentId);
    else signOut(socketId, token ? 'Log in again.' : '');
  } else if (typeof choose === 'string') pressed(socketId, 'SetCurrentCall', { UniqueObjectID: choose });
}
function logIn(socketId, { agent, phone, password }) {
  if (leaks) return signOut(socketId, LEAKS);
  const AgentID = String(agent || '').trim();
  if (!/^[0-9]{1,12}$/.test(AgentID)) return tell(socketId, { note: 'Enter your agent ID.' });
  desks[AgentID] ||= newDesk();
  const instrument = /^[0-9]{1,12}$/.test(phone) ? { AgentInstrument: String(phone) } : {};
  out.act.push({ payload: { AgentID, ...instrument, AgentPassword: String(password || '').slice(0, 64) }, loggingIn: AgentID, ...only(socketId) });
}
function loggedIn({ loggingIn: id, _client: { socketId }, error }) {
  if (error) {
    if (desks[id] && !desks[id].digest) endDesk(id);
    return tell(socketId, { note: error.message.replace('CtiosError: ', '') });
  }
  // One owner: the browser that has just shown the password. Its token is kept as a digest only.
  for (const each of browsersOf(id)) if (each !== socketId) signOut(each, 'Agent ' + id + ' has logged in in another window.');
  const token = crypto.randomBytes(24).toString('base64url');
  desks[id] ||= newDesk();
  desks[id].digest = digestOf(token);
  tell(socketId, { token });
  takeSeat(socketId, id);
  out.act.push({ ctios: { agentId: id }, check: id });
}
/** Whose button it is does not depend on what the browser says, only on its socket. */
function pressed(socketId, press, args = {}) {
  const { agentId } = browsers.get(socketId) || {};
  if (!agentId) return signOut(socketId, 'Log in first.');
  const desk = desks[agentId];
  desk.error = undefined;
  const ids = Object.keys(desk.calls);
  const UniqueObjectID = ids.length === 1 ? ids[0] : desk.current;
  const ofCall = UniqueObjectID ? { UniqueObjectID } : {};
  const dialed = /^[0-9*#+]{1,32}$/.test(args.number) ? { DialedNumber: String(args.number) } : undefined;
  const requests = {
    Answer: ['Answer', ofCall], Hold: ['Hold', ofCall], Retrieve: ['Retrieve', ofCall], 'Hang up': ['ClearConnection', ofCall],
    SetCurrentCall: ['SetCurrentCall', args], Call: ['MakeCall', dialed],
    Ready: ['SetAgentState', { AgentState: 'Available' }], 'Not ready': ['SetAgentState', { AgentState: 'NotReady' }], 'Log out': ['Logout', {}],
  };
  if (!Object.hasOwn(requests, press)) return;
  const [topic, payload] = requests[press];
  if (payload) out.act.push({ topic, payload, ctios: { agentId } });
  else desk.error = 'Enter a number: digits, *, # and +.';
  draw(agentId);
}

function ofEvent(id, desk) {
  const { agent, call, topic, payload } = msg;
  const names = msg.ctios.names || {};
  if (agent && agent.AgentID === id) {
    desk.agent = [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent';
    desk.extension = agent.AgentExtension || agent.AgentInstrument;
    const state = names.AgentState && (STATES[names.AgentState] || names.AgentState);
    if (state && state !== desk.state) Object.assign(desk, { state, since: Date.now() - (payload.StateDuration || 0) * 1000 });
  }
  if (topic === 'OnCallEnd') delete desk.calls[payload.UniqueObjectID];
  else if (call && call.UniqueObjectID) {
    const known = desk.calls[call.UniqueObjectID] || desk.calls[payload.OldUniqueObjectID];
    delete desk.calls[payload.OldUniqueObjectID];
    desk.calls[call.UniqueObjectID] = shown(call, known, desk.extension);
  }
  // The mask is that of the current call, or of the agent if there is none: its id says which.
  if (topic === 'OnButtonEnablementChange' && !payload.Monitored) Object.assign(desk, { mask: payload.EnablementMask >>> 0, current: payload.UniqueObjectID });
}

const socketId = msg._client && msg._client.socketId;
const agentId = msg.agentId || (msg.ctios && msg.ctios.agentId);
const { from } = msg;
if (msg.loggingIn) loggedIn(msg);
else if (from === 'start') {
  // For browsers that open the page, until they log in. Those that have it open say hello, and sessions that still exist report their calls.
  for (const topic of Object.keys(BITS)) out.widgets.push({ topic, enabled: false });
  out.widgets.push({ topic: 'desk', payload: { who: true } });
  out.act.push(...Object.keys(desks).map((id) => ({ ctios: { agentId: id }, check: id })));
} else if (from === 'browsers') {
  if (msg.payload === 'lost') browsers.delete(socketId);
} else if (socketId) {
  const said = msg.payload !== null && typeof msg.payload === 'object' ? msg.payload : {};
  if (from === 'desk') ofTemplate(socketId, said);
  else if (from === 'log in') logIn(socketId, said);
  else pressed(socketId, from, said);
} else if (msg.check && msg.error) endDesk(msg.check, 'Log in again.');
else if (desks[agentId]) {
  const desk = desks[agentId];
  if (msg.error) desk.error = msg.error.message.replace('CtiosError: ', '');
  else if (msg.check) desk.calls = Object.fromEntries(msg.payload.map((each) => [each.UniqueObjectID, shown(each, desk.calls[each.UniqueObjectID], desk.extension)]));
  else if (msg.topic === 'OnConnectionClosed') endDesk(agentId, 'Logged out.');
  else if (msg.ctios.event) ofEvent(agentId, desk);
  if (desks[agentId]) draw(agentId);
}
flow.set('desks', desks, (error) => error && node.warn('Not kept: ' + error.message));
return [out.widgets, out.act];`;
