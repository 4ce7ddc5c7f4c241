/** Examples 5 and 6: pages that live from a session: an agent's desktop with its buttons, a supervisor's wallboard. */
import { beside, Flow, type FlowNode } from './flow.js';

/** Serves a page, as every example with one does. */
function page(flow: Flow, path: string, line: number, html: string, says: string): void {
  const open = flow.node('http in', 'the page', [0, line + 1], { url: `/${path}` });
  const content = flow.node('template', 'what is seen', [1.1, line + 1], { template: beside(html) });
  const show = flow.node('http response', 'page', [2.2, line + 1], {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  flow.chain(open, content, show);
  flow.group('The page', '#b45309', [flow.comment(says, [0.4, line]), open, content, show]);
}

const DESK = `// The desk as it is now. What is not known yet stays as it was.
const desk = flow.get('desk') || { agent: 'Agent 1001', state: 'connecting', mask: 0 };
const { agent, call, topic } = msg;
if (agent) {
  desk.agent = [agent.AgentFirstName, agent.AgentLastName].filter(Boolean).join(' ') || 'Agent ' + agent.AgentID;
  if (msg.ctios && msg.ctios.names && msg.ctios.names.AgentState) desk.state = msg.ctios.names.AgentState;
}
if (topic === 'OnButtonEnablementChange') desk.mask = msg.payload.EnablementMask >>> 0;
if (topic === 'OnCallEnd') desk.call = undefined;
else if (call) desk.call = { Number: call.ANI || 'withheld', Dialed: call.DialedNumber || '', Account: call.CallVariable1 || '', Reason: call.CallVariable2 || '' };
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
    '5 agent desktop',
    `A phone in the browser for one agent: open **/agent-desktop**. The session is in *agent mode*: it logs agent 1001 in, and gets what
an agent's desktop gets. Which buttons can be pressed is not decided by the page: the server says so in the mask of
*OnButtonEnablementChange*.

This center has a single agent, so every call comes to you. Press *Ready* and wait some seconds.`,
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

const BOARD = `// Statistics come per skill group every ten seconds, states of agents as they change.
const board = flow.get('board') || { groups: {}, agents: {} };
const { payload } = msg;
if (msg.topic === 'OnSkillInfoEvent' || msg.topic === 'OnSkillGroupStatisticsUpdated') {
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
if (msg.agent && msg.ctios.names && msg.ctios.names.AgentState) {
  const { AgentID, AgentFirstName, AgentLastName } = msg.agent;
  board.agents[AgentID] = { id: AgentID, name: [AgentFirstName, AgentLastName].filter(Boolean).join(' '), state: msg.ctios.names.AgentState };
}
flow.set('board', board);
return null;`;

const SEND = `const board = flow.get('board');
if (!board) return null;
return { payload: { groups: Object.values(board.groups), agents: Object.values(board.agents).sort((a, b) => a.id - b.id) } };`;

export function wallboard(): Flow {
  const flow = new Flow(
    '6 supervisor wallboard',
    `How many wait, how many are free, who does what: open **/wallboard**. The statistics of the skill groups are asked for once and
come every ten seconds; the agents' states come as they change.`,
  );
  const session = flow.config('ctios-session', '', { seed: 6, traffic: 'steady' }).id;
  const line = flow.config('websocket-listener', '', { path: '/wallboard/live' }).id;

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
  flow.group('Ask', '#6b7280', [first, once, enable, asked, refused, why]);

  const groups = flow.node('ctios-events', 'skill groups', [0, 5], { session, interface: 'ISkillGroupEvents' });
  const agents: FlowNode = flow.node('ctios-agent-events', 'agents', [0, 6], {
    session,
    events: ['OnAgentStateChange', 'OnQueryAgentStateConf'],
  });
  const board = flow.node('function', 'keep', [1, 5.5], { func: BOARD });
  flow.wire(groups, 0, board);
  flow.wire(agents, 0, board);
  const tick = flow.node('inject', 'every second', [0, 7.5], { props: [], once: true, onceDelay: '1', repeat: '1' });
  const send = flow.node('function', 'the board', [1, 7.5], { func: SEND });
  const show = flow.node('websocket out', 'to the page', [2, 7.5], { server: line });
  flow.chain(tick, send, show);
  const second = flow.comment('2  Kept as it comes, shown once a second', [0.3, 4]);
  flow.group('The board', '#0f766e', [second, groups, agents, board, tick, send, show]);
  page(flow, 'wallboard', 10, 'wallboard.html', '3  Open /wallboard');
  return flow;
}
