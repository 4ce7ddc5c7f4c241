/** Example 5: a phone in the browser for one agent. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { page } from './page.js';
import { BLUE, GREY, TEAL } from './parts.js';

const START = `// What was known before a deploy. A context store may answer later, hence the callback.
const kept = await new Promise((done) => flow.get('desk', (error, value) => done(value)));
globalThis.desk = { agent: 'Agent 1001', state: 'connecting', mask: 0, calls: {}, ...kept };`;

const DESK = `// The desk as it is now. This node alone changes it; what is not known yet stays as it was.
const { agent, call, topic, payload } = msg;
const factsOf = (call) => ({
  Number: call.ANI || call.CallingDeviceID || 'no number', Dialed: call.DialedNumber, Account: call.CallVariable1, Reason: call.CallVariable2,
});
const STATUS = { 1: 'dialing', 2: 'ringing', 3: 'talking', 4: 'on hold', 5: 'waiting' };
if (agent) {
  desk.agent = [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent ' + agent.AgentID;
  if (msg.ctios && msg.ctios.names && msg.ctios.names.AgentState) desk.state = msg.ctios.names.AgentState;
}
// Each call by its id: a second one that rings and goes leaves the first where it is.
if (topic === 'calls') desk.calls = Object.fromEntries(payload.map((each) => [each.UniqueObjectID, { facts: factsOf(each), status: STATUS[each.CallStatus] }]));
else if (topic === 'OnCallEnd') delete desk.calls[payload.UniqueObjectID];
else if (call && call.UniqueObjectID) {
  delete desk.calls[payload.OldUniqueObjectID];
  desk.calls[call.UniqueObjectID] = { facts: factsOf(call), status: STATUS[call.CallStatus] };
}
// The mask is that of the current call, or of the agent if there is none: its id says which.
if (topic === 'OnButtonEnablementChange') Object.assign(desk, { mask: payload.EnablementMask >>> 0, current: payload.UniqueObjectID });
desk.error = msg.error ? msg.error.message : undefined;
flow.set('desk', desk, (error) => error && node.warn('Not kept: ' + error.message));

// Which bit of the mask lets which button be pressed: the server says it, the page only follows.
const buttons = [
  ['Answer', 0x1, 'calls'], ['Hold', 0x4, 'calls'], ['Retrieve', 0x8, 'calls'], ['Hang up', 0x2, 'calls'],
  ['To Billing', 0x80, 'calls'], ['Ready', 0x08000000, 'states'], ['Not ready', 0x30000000, 'states'], ['Log out', 0x06000000, 'states'],
].map(([label, bits, group]) => ({ id: label, label, group, enabled: (desk.mask & bits) !== 0 }));
const ids = Object.keys(desk.calls);
const current = ids.length === 1 ? ids[0] : desk.current;
const calls = ids.map((id) => ({ id, current: id === current, ...desk.calls[id] }));
return { payload: { agent: desk.agent, state: desk.state, error: desk.error, calls, buttons } };`;

const PRESSED = `// A button becomes a request: its name in msg.topic, its arguments in msg.payload. A request about a call names the call
// that the page showed when the button was pressed.
const requests = {
  Answer: ['Answer', {}], Hold: ['Hold', {}], Retrieve: ['Retrieve', {}], 'Hang up': ['ClearConnection', {}],
  'To Billing': ['SingleStepTransfer', { DialedNumber: '8003' }], Choose: ['SetCurrentCall', {}],
  Ready: ['SetAgentState', { AgentState: 'Available' }], 'Not ready': ['SetAgentState', { AgentState: 'NotReady' }],
  'Log out': ['Logout', {}],
};
const { opened, press, call } = msg.payload;
if (opened) return [null, {}];
const request = Object.hasOwn(requests, press) && requests[press];
if (!request) return null;
const [topic, args] = request;
const ofCall = !['SetAgentState', 'Logout'].includes(topic);
return [{ topic, payload: { ...args, ...(ofCall && typeof call === 'string' && { UniqueObjectID: call }) } }, null];`;

export function agentDesktop(): Flow {
  const flow = new Flow(
    CATALOG.agentDesktop,
    `The session is in *agent mode*: it logs agent 1001 in, and gets what an agent's desktop gets. Which buttons can be pressed is not
decided by the page: the server says so in the mask of *OnButtonEnablementChange*. This center has a single agent, so every
call comes to you.`,
  );
  const session = flow.config('ctios-session', 'agent 1001', {
    seed: 5,
    agents: 1,
    mode: 'agent',
    agentId: '1001',
    agentInstrument: '2001',
    agentLogin: true,
  }).id;
  const { pages } = page(flow, 'agent-desktop', 13.5, 'agent-desktop.html', '4  Open /agent-desktop');

  const buttons = flow.node('ctios-events', 'which buttons are enabled', [0, 1], {
    session,
    interface: 'IButtonEnablementEvents',
  });
  const calls = flow.node('ctios-call-events', 'the agent’s calls', [0, 2], { session });
  const states = flow.node('ctios-agent-events', 'the agent’s state', [0, 3], { session });
  const again = flow.node('inject', 'after a deploy', [0, 4], { props: [], once: true, onceDelay: '1' });
  const present = flow.node('ctios-query', 'which calls there are', [1.3, 4], { session, query: 'calls' });
  const desk = flow.node('function', 'the desk', [2.4, 2], { func: DESK, initialize: START });
  for (const each of [buttons, calls, states]) flow.wire(each, 0, desk);
  flow.chain(again, present, desk, pages);
  const first = flow.comment('1  What happens is shown', [0.2, 0]);
  flow.group('The desk', TEAL, [first, buttons, calls, states, again, present, desk]);

  const which = flow.node('function', 'which request?', [0, 7], { func: PRESSED, outputs: 2 });
  const request = flow.node('ctios-request', 'ask for it', [1.2, 7], { session });
  const refused = flow.node('catch', 'refused', [1.2, 8], { scope: [request.id] });
  flow.wire(pages, 2, which);
  flow.chain(which, request);
  flow.wire(which, 1, desk);
  flow.wire(refused, 0, desk);
  const second = flow.comment(
    '2  What is pressed becomes a request',
    [0.3, 6],
    'A refusal goes back to the desk, in words.',
  );
  flow.group('The buttons', BLUE, [second, which, request, refused]);

  const begin = flow.node('inject', 'at the start', [0, 11], { props: [], once: true, onceDelay: '1' });
  const manual = flow.node('ctios-simulate', 'the agent is a person', [1.1, 11], {
    session,
    command: 'automate',
    args: [
      { key: 'agents', value: '["1001"]', type: 'json' },
      { key: 'on', value: 'false', type: 'bool' },
    ],
  });
  flow.chain(begin, manual);
  const third = flow.comment('3  Simulated agents answer by themselves: not this one', [0.55, 10]);
  flow.group('The lab', GREY, [third, begin, manual]);
  return flow;
}
