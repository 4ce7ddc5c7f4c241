/** Example 5: a phone in the browser for one agent. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { page } from './page.js';

const DESK = `// The desk as it is now. What is not known yet stays as it was.
const desk = flow.get('desk') || { agent: 'Agent 1001', state: 'connecting', mask: 0 };
const { agent, call, topic } = msg;
if (agent) {
  desk.agent = [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent ' + agent.AgentID;
  if (msg.ctios && msg.ctios.names && msg.ctios.names.AgentState) desk.state = msg.ctios.names.AgentState;
}
if (topic === 'OnButtonEnablementChange') desk.mask = msg.payload.EnablementMask >>> 0;
if (topic === 'OnCallEnd') desk.call = undefined;
else if (call) desk.call = { Number: call.ANI || call.CallingDeviceID || 'no number', Dialed: call.DialedNumber, Account: call.CallVariable1, Reason: call.CallVariable2 };
desk.error = msg.error ? msg.error.message : undefined;
flow.set('desk', desk);

// Which bit of the mask lets which button be pressed: the server says it, the page only follows.
const buttons = [
  ['Answer', 0x1, 'calls'], ['Hold', 0x4, 'calls'], ['Retrieve', 0x8, 'calls'], ['Hang up', 0x2, 'calls'],
  ['To Billing', 0x80, 'calls'], ['Ready', 0x08000000, 'states'], ['Not ready', 0x30000000, 'states'], ['Log out', 0x06000000, 'states'],
].map(([label, bits, group]) => ({ id: label, label, group, enabled: (desk.mask & bits) !== 0 }));
const { mask, ...shown } = desk;
return { payload: { ...shown, buttons } };`;

const PRESSED = `// A button becomes a request: its name in msg.topic, its arguments in msg.payload. In agent mode the call and the
// agent need not be named: they are the current ones.
const requests = {
  Answer: ['Answer', {}], Hold: ['Hold', {}], Retrieve: ['Retrieve', {}], 'Hang up': ['ClearConnection', {}],
  'To Billing': ['SingleStepTransfer', { DialedNumber: '8003' }],
  Ready: ['SetAgentState', { AgentState: 'Available' }], 'Not ready': ['SetAgentState', { AgentState: 'NotReady' }],
  'Log out': ['Logout', {}],
};
const request = requests[msg.payload.press];
return request ? [{ topic: request[0], payload: request[1] }, null] : [null, {}];`;

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
  const line = flow.config('websocket-listener', '', { path: '/agent-desktop/live' }).id;

  const buttons = flow.node('ctios-events', 'which buttons are enabled', [0, 1], {
    session,
    interface: 'IButtonEnablementEvents',
  });
  const calls = flow.node('ctios-call-events', 'the agent’s calls', [0, 2], { session });
  const states = flow.node('ctios-agent-events', 'the agent’s state', [0, 3], { session });
  const desk = flow.node('function', 'the desk', [1.4, 2], { func: DESK });
  const show = flow.node('websocket out', 'to the page', [2.4, 2], { server: line });
  for (const each of [buttons, calls, states]) flow.wire(each, 0, desk);
  flow.chain(desk, show);
  const first = flow.comment('1  What happens is shown', [0.2, 0]);
  flow.group('The desk', '#0f766e', [first, buttons, calls, states, desk, show]);

  const pressed = flow.node('websocket in', 'a button was pressed', [0, 6], { server: line });
  const json = flow.node('function', 'read it', [1, 6], {
    func: 'msg.payload = JSON.parse(msg.payload);\nreturn msg;',
  });
  const which = flow.node('function', 'which request?', [1.9, 6], { func: PRESSED, outputs: 2 });
  const request = flow.node('ctios-request', 'ask for it', [2.9, 6], { session });
  const refused = flow.node('catch', 'refused', [1.9, 7], { scope: [request.id] });
  flow.chain(pressed, json, which, request);
  flow.wire(which, 1, desk);
  flow.wire(refused, 0, desk);
  const second = flow.comment(
    '2  What is pressed becomes a request',
    [0.3, 5],
    'A refusal goes back to the desk, in words.',
  );
  flow.group('The buttons', '#4338ca', [second, pressed, json, which, request, refused]);

  const begin = flow.node('inject', 'at the start', [0, 10], { props: [], once: true, onceDelay: '1' });
  const manual = flow.node('ctios-simulate', 'the agent is a person', [1.1, 10], {
    session,
    command: 'automate',
    args: [
      { key: 'agents', value: '["1001"]', type: 'json' },
      { key: 'on', value: 'false', type: 'bool' },
    ],
  });
  flow.chain(begin, manual);
  const third = flow.comment('3  Simulated agents answer by themselves: not this one', [0.55, 9]);
  flow.group('The lab', '#6b7280', [third, begin, manual]);
  page(flow, 'agent-desktop', 12.5, 'agent-desktop.html', '4  Open /agent-desktop');
  return flow;
}
