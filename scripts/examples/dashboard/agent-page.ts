/** Dashboard 3: a phone for whichever agent logs in, each in a browser of their own. */
import { readPage } from '../../pages/read.js';
import { Flow, type FlowNode } from '../flow.js';
import { AMBER, BLUE, GREY, TEAL } from '../parts.js';
import { DESKS, START } from './agent-page-desks.js';
import { DASHBOARD_CATALOG } from './catalog.js';
import { dashboardPage } from './parts.js';

/** Of the simulated contact center. */
const AGENTS = ['1001', '1002', '1003', '1004'];

const SAYS = `// A browser can put anything into a message. Only its payload counts, which widget it comes from, and its socket, which the Dashboard adds.
const { topic, payload, _client } = msg;
if (!_client || typeof _client.socketId !== 'string') {
  node.status({ fill: 'red', shape: 'ring', text: 'Tick Include Client Data in the Dashboard 2.0 sidebar' });
  return null;
}
if (typeof topic !== 'string' || topic === 'start') return null;
return { from: topic, payload, _client: { socketId: _client.socketId } };`;

const WHICH = `// A log-in, the calls of an agent after a deploy, and requests go different ways.
if (msg.loggingIn) return [null, msg];
if (msg.check) return [null, null, msg];
return { ...msg, agentId: msg.ctios.agentId };`;

const ALONE = `// Simulated agents answer by themselves: not in this example. Agents who are logged in here stay logged in.
const desks = (await new Promise((done) => flow.get('desks', (error, value) => done(value)))) || {};
const agents = ${JSON.stringify(AGENTS)};
const away = agents.filter((agent) => !desks[agent]);
node.send([[{ topic: 'automate', payload: { agents, on: false } }, ...away.map((agent) => ({ topic: 'logoutAgent', payload: { agent } }))]]);`;

const BUTTONS = [
  ['Answer', 'phone', 'call'],
  ['Hold', 'pause', 'call'],
  ['Retrieve', 'play', 'call'],
  ['Hang up', 'phone-hangup', 'call'],
  ['Ready', 'account-check', 'state'],
  ['Not ready', 'account-clock', 'state'],
  ['Log out', 'logout', 'state'],
] as const;

export function agentPage(): Flow {
  const flow = new Flow(
    DASHBOARD_CATALOG.agentPage,
    `The session is in the mode *Many agents*. Simulated agents have no password; try 1001 on extension 2001, 1002 on 2002, up to 1004.

* Every message of a widget has \`msg._client.socketId\`, which the Dashboard adds. The flow remembers which agent has logged in on which socket, requests everything on behalf of that
  agent (\`msg.ctios.agentId\`), and sends each browser only its own. After a reload, a token in the browser window takes the place of the password.
* Consult and transfer go to a number, or to a colleague from the list of agents who are logged in here. Log in a second one in another browser to try it. After consulting, complete the
  transfer, or make it a conference. The reasons for *Not ready* and
  *Log out* are those that the contact center, or the session, has.
* Which buttons are enabled is decided by the server, in the mask of *OnButtonEnablementChange*. “Back to the caller” is also disabled while the colleague is on hold, because it would
  end the customer’s call.
* If you have a dashboard of your own, open *Dashboard 2.0 > Client Data* in the sidebar and tick \`ui-template\`, \`ui-button\` and \`ui-form\` under *Accept Client Data*. Without them, the
  Dashboard sends every message to every browser; the page notices that and refuses log-ins.
* For a real contact center, change the session and delete group 4. Protect the Dashboard with HTTPS.`,
  );
  const session = flow.session({ agents: AGENTS.length, mode: 'agents' }).id;
  const { base, group } = dashboardPage(flow, 'Agent', '/agent-page', 'headset', 3);
  const cards = { desk: group('Calls', 6), call: group('Phone', 3), state: group('Agent', 3) };

  const events = (name: string, line: number, through: string, more: object = {}) =>
    flow.node('ctios-events', name, [0, line], { session, interface: through, ...more });
  const sources = [
    flow.node('ctios-call-events', 'the agents’ calls', [0, 1], { session }),
    flow.node('ctios-agent-events', 'the agents’ states', [0, 2], { session }),
    events('which buttons are enabled', 3, 'IButtonEnablementEvents'),
    events('a session has ended', 4, 'ISessionEvents', { events: ['OnConnectionClosed'] }),
  ];
  const again = flow.node('inject', 'after a deploy', [0, 5], {
    props: [{ p: 'from', v: 'start', vt: 'str' }],
    once: true,
    onceDelay: '0.5',
  });
  const desks = flow.node('function', 'the desks', [2.5, 3], {
    func: DESKS,
    initialize: START,
    outputs: 2,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const lists = flow.node('ctios-request', 'the site’s reasons', [1.2, 5.5], { session, request: 'SetOwnLists' });
  for (const each of [...sources, again, lists]) flow.wire(each, 0, desks);
  flow.wire(again, 0, lists);
  const first = flow.comment('1  What happens is shown', [0.2, 0]);
  flow.group('The desks', TEAL, [first, ...sources, again, lists, desks]);

  drawWidgets(flow, base, cards, desks);

  const which = flow.node('function', 'which request?', [0, 23], { func: WHICH, outputs: 3 });
  const request = flow.node('ctios-request', 'ask for it', [1.2, 22], { session });
  const refused = flow.node('catch', 'refused', [1.2, 23], { scope: [request.id] });
  const logIn = flow.node('ctios-agent', 'log in the agent', [1.2, 24], { session, request: 'Login' });
  const notIn = flow.node('catch', 'not logged in', [1.2, 25], { scope: [logIn.id] });
  const present = flow.node('ctios-query', 'an agent’s calls', [1.2, 26], { session, query: 'calls' });
  const gone = flow.node('catch', 'no session any longer', [1.2, 27], { scope: [present.id] });
  flow.wire(desks, 1, which);
  for (const [output, node] of [request, logIn, present].entries()) flow.wire(which, output, node);
  for (const each of [refused, logIn, notIn, present, gone]) flow.wire(each, 0, desks);
  const third = flow.comment('3  What is pressed becomes a request of that agent', [0.3, 21]);
  flow.group('The requests', BLUE, [third, which, request, refused, logIn, notIn, present, gone]);

  const begin = flow.node('inject', 'at the start', [0, 31], { props: [], once: true, onceDelay: '0.5' });
  const alone = flow.node('function', 'who is not logged in here', [1.2, 31], { func: ALONE });
  const simulate = flow.node('ctios-simulate', 'goes home', [2.4, 31], { session, command: '' });
  const home = flow.node('catch', 'is gone already', [2.4, 32], { scope: [simulate.id] });
  flow.chain(begin, alone, simulate);
  const fourth = flow.comment('4  Simulated agents answer by themselves: not these', [0.55, 30]);
  flow.group('The lab', GREY, [fourth, begin, alone, simulate, home]);
  return flow;
}

function drawWidgets(
  flow: Flow,
  base: string,
  cards: Record<'desk' | 'call' | 'state', string>,
  desks: FlowNode,
): void {
  const desk = flow.node('ui-template', 'the desk', [1.2, 10], {
    ...{ group: cards.desk, order: 1, width: 6, height: 7 },
    format: readPage('dashboard-desk.vue'),
  });
  const control = flow.node('ui-control', 'browsers come and go', [1.2, 11], { ui: base, events: 'connect' });
  const from = (topic: string, line: number) =>
    flow.node('change', topic, [2.4, line], { rules: [{ t: 'set', p: 'topic', pt: 'msg', to: topic, tot: 'str' }] });
  const [ofDesk, ofControl] = [from('desk', 10), from('browsers', 11)];
  flow.chain(desk, ofDesk);
  flow.chain(control, ofControl);
  const form = (name: string, card: string, line: number, submit: string, options: object[]) =>
    flow.node('ui-form', name, [1.2, line], {
      ...{
        group: card,
        order: 1,
        width: 3,
        topic: name,
        topicType: 'str',
        submit,
        cancel: '',
        options,
        label: '',
      },
    });
  const field = (label: string, key: string, type: string, required: boolean) => ({
    label,
    key,
    type,
    required,
    rows: null,
  });
  const logIn = form('log in', cards.state, 12, 'Log in', [
    field('Agent ID', 'agent', 'text', true),
    field('Extension', 'phone', 'text', false),
    field('Password', 'password', 'password', false),
  ]);
  const call = form('Call', cards.call, 13, 'Call', [field('Number', 'number', 'text', true)]);
  const choice = flow.node('switch', 'which widget?', [0, 15], {
    property: 'topic',
    checkall: 'false',
    outputs: BUTTONS.length + 3,
    rules: ['desk', 'log in', 'Call', ...BUTTONS.map(([name]) => name)].map((v) => ({ t: 'eq', v, vt: 'str' })),
  });
  for (const [output, widget] of [desk, logIn, call].entries()) flow.wire(choice, output, widget);
  const buttons = BUTTONS.map(([name, icon, card], index) => {
    const button = flow.node('ui-button', name, [1.2, 14 + index * 0.7], {
      ...{
        group: cards[card],
        order: index + 2,
        width: 3,
        height: 1,
        label: name,
        icon,
        topic: name,
        topicType: 'str',
      },
    });
    flow.wire(choice, index + 3, button);
    return button;
  });
  const says = flow.node('function', 'what a browser says', [3.7, 13], { func: SAYS });
  for (const each of [ofDesk, ofControl, logIn, call, ...buttons]) flow.wire(each, 0, says);
  flow.wire(says, 0, desks);
  flow.wire(desks, 0, choice);
  const second = flow.comment('2  The page: each browser gets its own', [0.3, 9]);
  flow.group('The page', AMBER, [second, desk, control, ofDesk, ofControl, logIn, call, choice, ...buttons, says]);
}
