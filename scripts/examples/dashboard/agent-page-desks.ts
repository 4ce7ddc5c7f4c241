/** The functions of the agent page: whose desk it is, what it shows, and what may be pressed. */

export const START = `// What was known before a deploy. A context store may answer later, hence the callback.
globalThis.desks = (await new Promise((done) => flow.get('desks', (error, value) => done(value)))) || {};
// Which agent each browser belongs to, and which buttons it has been told are enabled. Browsers of before a deploy say hello again.
globalThis.browsers = new Map();
// Only a browser that gets messages of others can know it.
globalThis.probe = crypto.randomBytes(12).toString('base64url');
globalThis.leaks = false;
// The reasons that the site has set for this session, and who else is logged in, as the browsers have been told.
globalThis.own = {};
globalThis.colleagues = '';`;

export const DESKS = `// Each browser has a socket, and the Dashboard says which: msg._client.socketId. This node alone changes the desks.
const out = { widgets: [], act: [] };
const digestOf = (token) => crypto.createHash('sha256').update(String(token)).digest('base64url');
const only = (socketId) => ({ _client: { socketId } });
const tell = (socketId, payload) => out.widgets.push({ topic: 'desk', payload, ...only(socketId) });
const showForm = (socketId, visible) => out.widgets.push({ topic: 'log in', visible, ...only(socketId) });
const browsersOf = (agentId) => [...browsers].filter(([, browser]) => browser.agentId === agentId).map(([socketId]) => socketId);
const newDesk = () => ({ agent: 'Agent', state: 'connecting', since: Date.now(), mask: 0, calls: {}, reasons: {} });
const LEAKS = 'This dashboard sends every message to every browser. In the sidebar, open Dashboard 2.0 > Client Data and tick ui-template, ui-button and ui-form. Then deploy.';
const CONSULT = 12;
const STATUS = { 1: 'dialing', 2: 'ringing', 3: 'talking', 4: 'on hold', 5: 'waiting' };
const STATES = {
  Login: 'Logged in', Logout: 'Logged out', NotReady: 'Not ready', Available: 'Ready for calls', Talking: 'Talking', Hold: 'Call on hold',
  WorkReady: 'After-call work', WorkNotReady: 'After-call work', Reserved: 'A call is arriving', BusyOther: 'Busy with something else',
};
// Which bit of the mask lets which button be pressed: the server says it, the page only follows.
const BITS = { Answer: 0x1, Hold: 0x4, Retrieve: 0x8, 'Hang up': 0x2, Call: 0x10, Ready: 0x08000000, 'Not ready': 0x30000000, 'Log out': 0x06000000 };
// These belong to the number, in the same widget.
const WITH_A_COLLEAGUE = { Consult: 0x120, Transfer: 0x80, Alternate: 0x800, 'Back to the caller': 0x1000, 'Complete transfer': 0x40, Conference: 0x200 };
const numberOf = (call) => call.ANI || (/^[0-9+*#]+$/.test(call.CallingDeviceID) ? call.CallingDeviceID : 'no number');
const factsOf = (call, number) => Object.fromEntries(Object.entries({ Dialed: call.DialedNumber === number ? '' : call.DialedNumber, Account: call.CallVariable1, Reason: call.CallVariable2 }).filter(([, value]) => value));
const stateOf = (names) => (STATES[names.AgentState] || names.AgentState) + (names.EventReasonCode ? ': ' + names.EventReasonCode : '');
// For a list of Vuetify.
const listOf = (codes) => Object.entries(codes).map(([title, value]) => ({ title, value: String(value) }));
// Who else can be consulted or transferred to: the other agents who are logged in here.
const colleaguesNow = () => Object.entries(desks).filter(([, { digest, extension }]) => digest && extension)
  .map(([id, { agent, extension, state }]) => ({ value: extension, title: agent + ' (' + id + '): ' + state }));
const shown = (call, known, phone) => {
  const status = STATUS[call.CallStatus] || 'ended';
  // Of a call that the agent makes, the other end.
  const number = phone && [call.ANI, call.CallingDeviceID].includes(phone) ? call.DialedNumber || call.CalledDeviceID : numberOf(call);
  return { facts: factsOf(call, number), consult: Number(call.CallType) === CONSULT, status, number, since: known && known.status === status ? known.since : Date.now() };
};

/** Reasons that are chosen in a browser count when one of its buttons is pressed. */
const chosen = (reasons) => ({ notReady: String((reasons || {}).notReady || ''), logout: String((reasons || {}).logout || '') });
/** A browser loses its agent, or never had one. */
function signOut(socketId, note = '') {
  browsers.set(socketId, { enabled: {}, reasons: chosen() });
  tell(socketId, { desk: null, note });
  showForm(socketId, true);
  for (const topic of Object.keys(BITS)) out.widgets.push({ topic, enabled: false, ...only(socketId) });
}
function endDesk(agentId, note) {
  for (const socketId of browsersOf(agentId)) signOut(socketId, note);
  delete desks[agentId];
}
function draw(agentId) {
  const { agent, extension, state, since, error = '', mask, calls, current, reasons } = desks[agentId];
  const ids = Object.keys(calls);
  const list = ids.map((id) => ({ id, current: ids.length === 1 || id === current, ...calls[id] }));
  const others = colleaguesNow().filter(({ value }) => value !== extension);
  // "Back to the caller" ends the call that the agent talks on: with the colleague on hold, that is the customer's.
  const toCustomer = list.some((each) => each.consult && each.status === 'on hold');
  const buttons = Object.entries(WITH_A_COLLEAGUE)
    .map(([name, bits]) => ({ name, enabled: (mask & bits) !== 0 && !(toCustomer && name === 'Back to the caller') }));
  const desk = { agent: agent + ' (' + agentId + ')', extension, state, since, calls: list, buttons, colleagues: others, reasons: { ...reasons, ...own } };
  for (const socketId of browsersOf(agentId)) {
    tell(socketId, { desk, note: error });
    const { enabled } = browsers.get(socketId);
    for (const [topic, bits] of Object.entries(BITS)) {
      const may = (mask & bits) !== 0;
      if (enabled[topic] !== may) out.widgets.push({ topic, enabled: may, ...only(socketId) });
      enabled[topic] = may;
    }
  }
}
/** A browser belongs to an agent: it has shown the password or the token. */
function takeSeat(socketId, agentId, reasons) {
  browsers.set(socketId, { agentId, enabled: {}, reasons: chosen(reasons) });
  showForm(socketId, false);
  draw(agentId);
}

function ofTemplate(socketId, { hello, token, probe: found, choose, press, number, reasons }) {
  if (found !== undefined && found === probe && !leaks) {
    globalThis.leaks = true;
    for (const each of browsers.keys()) signOut(each, LEAKS);
  } else if (hello) {
    tell('nobody', { probe });
    if (leaks) return signOut(socketId, LEAKS);
    const agentId = token && Object.keys(desks).find((id) => desks[id].digest === digestOf(token));
    if (agentId) takeSeat(socketId, agentId, reasons);
    else signOut(socketId, token ? 'Log in again.' : '');
  } else if (typeof choose === 'string') pressed(socketId, 'SetCurrentCall', { choose });
  else if (typeof press === 'string') pressed(socketId, press, { number });
  else if (reasons && browsers.has(socketId)) browsers.get(socketId).reasons = chosen(reasons);
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
  const { agentId, reasons } = browsers.get(socketId) || {};
  if (!agentId) return signOut(socketId, 'Log in first.');
  const desk = desks[agentId];
  desk.error = undefined;
  const ids = Object.keys(desk.calls);
  const UniqueObjectID = ids.length === 1 ? ids[0] : desk.current;
  const ofCall = UniqueObjectID ? { UniqueObjectID } : {};
  const dialed = /^[0-9*#+]{1,32}$/.test(args.number) ? { DialedNumber: String(args.number) } : undefined;
  const reason = (code) => (/^[0-9]{1,5}$/.test(code) ? { EventReasonCode: Number(code) } : {});
  const requests = {
    Answer: ['Answer', ofCall], Hold: ['Hold', ofCall], Retrieve: ['Retrieve', ofCall], 'Hang up': ['ClearConnection', ofCall],
    Alternate: ['Alternate', ofCall], 'Back to the caller': ['Reconnect', ofCall], 'Complete transfer': ['Transfer', ofCall],
    Conference: ['Conference', ofCall],
    // The agent decides later whether to transfer or to confer.
    Consult: ['MakeConsultCall', dialed && { ...ofCall, ...dialed, ConsultType: 'Unspecified' }], Transfer: ['SingleStepTransfer', dialed && { ...ofCall, ...dialed }],
    SetCurrentCall: ['SetCurrentCall', { UniqueObjectID: args.choose }], Call: ['MakeCall', dialed],
    Ready: ['SetAgentState', { AgentState: 'Available' }], 'Not ready': ['SetAgentState', { AgentState: 'NotReady', ...reason(reasons.notReady) }],
    'Log out': ['Logout', reason(reasons.logout)],
  };
  if (!Object.hasOwn(requests, press)) return;
  const [topic, payload] = requests[press];
  if (payload) out.act.push({ topic, payload, ctios: { agentId } });
  else desk.error = 'Enter a number: digits, *, # and +.';
  draw(agentId);
}

function ofEvent(id, desk) {
  const { agent, call, topic, payload } = msg;
  // Events of other media (chat, e-mail) have a different MRDID: the desk shows the state of the phone.
  const names = (payload.MRDID > 1 ? {} : msg.ctios.names) || {};
  if (agent && agent.AgentID === id) {
    desk.agent = [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent';
    desk.extension = agent.AgentExtension || agent.AgentInstrument;
    const state = names.AgentState && stateOf(names);
    if (state && state !== desk.state) Object.assign(desk, { state, since: Date.now() - (payload.StateDuration || 0) * 1000 });
    // What the site lets agents choose from comes with the log-in.
    desk.reasons ||= {};
    if (agent.NotReadyReasonCodes) desk.reasons.notReady = listOf(agent.NotReadyReasonCodes);
    if (agent.LogoutReasonCodes) desk.reasons.logout = listOf(agent.LogoutReasonCodes);
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
else if (msg.topic === 'SetOwnListsConf') {
  const lists = { notReady: listOf(msg.payload.notReady), logout: listOf(msg.payload.logout) };
  globalThis.own = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  for (const id of Object.keys(desks)) draw(id);
}
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
const now = JSON.stringify(colleaguesNow());
if (now !== colleagues) {
  globalThis.colleagues = now;
  for (const id of new Set([...browsers.values()].map((browser) => browser.agentId))) if (desks[id]) draw(id);
}
flow.set('desks', desks, (error) => error && node.warn('Not kept: ' + error.message));
return [out.widgets, out.act];`;
