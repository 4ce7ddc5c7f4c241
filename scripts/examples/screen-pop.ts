/** Example 1: a call reaches an agent and the customer's record is on the screen. */
import { customers as callers } from '../../src/simulator/model/site/callers.js';
import { readPage } from '../pages/read.js';
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';

const DETAILS = `To use it in earnest: choose your Cisco CTI Server in the session, and set \`CRM_URL\` (double-click the tab) to your CRM.`;

/** Runs in several function nodes: changes one card, keeps it, and sends it to the page. */
const CHANGE_CARD = `const cards = flow.get('cards') || [];
const card = cards.find((each) => each.key === msg.key);
if (!card) return null;
Object.assign(card, msg.change);
flow.set('cards', cards);
return { payload: card };`;

const NEW_CARD = `// One card per contact. The page shows it at once; the record follows when the CRM has answered. An update has the
// same key: it changes the card, and the CRM is asked again if the number is another one.
const pop = msg.payload;
const cards = flow.get('cards') || [];
const known = cards.find((each) => each.key === pop.key);
const asked = known !== undefined && known.caller.e164 === pop.caller.e164;
const card = {
  state: pop.trigger === 'established' ? 'talking' : 'ringing',
  since: Date.now(),
  customers: [],
  ...known,
  ...pop,
};
if (!asked) Object.assign(card, { customers: [], lookup: pop.caller.e164 ? 'pending' : pop.caller.kind });
flow.set('cards', [card, ...cards.filter((each) => each !== known)].slice(0, 30));
return [{ payload: card }, pop.caller.e164 && !asked ? msg : null];`;

const CRM_ADDRESS = `// CRM_URL of this tab, or else the mock CRM below: this Node-RED itself, whose address
// the page's first request has told; until then the port that settings.js uses.
const crm = env.get('CRM_URL') || (flow.get('self') || 'http://127.0.0.1:' + (env.get('PORT') || 1880)) + '/mock-crm';`;

const LOOK_UP = `${CRM_ADDRESS}
return {
  key: msg.payload.key,
  method: 'GET',
  url: crm + '/customers?phone=' + encodeURIComponent(msg.payload.caller.e164),
};`;

const FOUND = `if (msg.statusCode >= 300) {
  msg.change = { lookup: 'failed', error: 'it answered ' + msg.statusCode };
  return msg;
}
const customers = Array.isArray(msg.payload) ? msg.payload : [];
msg.change = { customers, lookup: ['none', 'one'][customers.length] || 'several' };
return msg;`;

const FAILED = `// The agent sees that the look-up failed, and the call's data all the same.
return { key: msg.key, change: { lookup: 'failed', error: msg.error.message } };`;

const ENDED = `const { key, reason, talkSeconds } = msg.payload;
return { key, change: { state: 'ended', reason, talkSeconds } };`;

const STATE = `// Which card is this call's? A call that is joined with another goes on under a new id.
const { UniqueObjectID, OldUniqueObjectID } = msg.payload;
const card = (flow.get('cards') || []).find((each) =>
  each.state !== 'ended' && (each.call.id === UniqueObjectID || each.call.id === OldUniqueObjectID));
if (!card) return null;
const state = { OnCallEstablished: 'talking', OnCallRetrieved: 'talking', OnCallHeld: 'held' }[msg.topic];
const change = { call: { ...card.call, id: UniqueObjectID } };
if (state && state !== card.state) Object.assign(change, { state, since: Date.now() });
return { key: card.key, change };`;

const TO_WEBHOOK = `${CRM_ADDRESS}
// The body is fit to be posted as it is; the key lets the CRM drop a second copy.
return {
  method: 'POST',
  url: crm + '/webhook',
  headers: { 'content-type': 'application/json', 'idempotency-key': [msg.payload.event, msg.payload.key, msg.payload.event === 'update' ? msg.payload.time : ''].join('/') },
  payload: msg.payload,
};`;

const findCustomers = () => `const customers = ${JSON.stringify(customers(), null, 2)};
msg.payload = customers.filter((each) => each.phone === msg.req.query.phone);
return msg;`;

const ACCEPT = `// A webhook may deliver twice: a key that is known is answered, and not counted again.
const key = msg.req.get('idempotency-key');
const seen = flow.get('webhooks') || [];
const duplicate = seen.includes(key);
if (!duplicate) flow.set('webhooks', [key, ...seen].slice(0, 200));
node.status({ fill: 'green', shape: 'dot', text: msg.payload.event + ' ' + (msg.payload.caller ? msg.payload.caller.e164 || msg.payload.caller.kind : msg.payload.reason) });
msg.statusCode = duplicate ? 200 : 201;
msg.payload = { accepted: true, duplicate };
return msg;`;

const LEARN_ADDRESS = `// Port and path of this Node-RED, for the calls to the mock CRM.
const { socket, originalUrl } = msg.req;
const address = socket.localAddress.replace(/^::ffff:/, '');
flow.set('self', (socket.encrypted ? 'https://' : 'http://') + (address.includes(':') ? '[' + address + ']' : address) +
  ':' + socket.localPort + originalUrl.replace(/\\/screen-pop.*$/, ''));
return msg;`;

export function screenPop(): Flow {
  const flow = new Flow(CATALOG.screenPop, DETAILS, { CRM_URL: '' });
  const session = flow.config('ctios-session', 'Simulated contact center');
  const line = flow.config('websocket-listener', '', { path: '/screen-pop/live' });

  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], {
    session: session.id,
    region: 'US',
    fields: [
      { from: 'CallVariable1', to: 'Account' },
      { from: 'CallVariable2', to: 'Reason' },
      { from: 'user.CustomerTier', to: 'Tier' },
    ],
  });
  const states = flow.node('ctios-call-events', 'what becomes of it', [0, 5], {
    session: session.id,
    events: ['OnCallEstablished', 'OnCallHeld', 'OnCallRetrieved', 'OnCallDataUpdate'],
  });
  const card = flow.node('function', 'new card', [1.2, 1], { func: NEW_CARD, outputs: 2 });
  const lookUp = flow.node('function', 'ask the CRM who it is', [2.3, 2], { func: LOOK_UP });
  const request = flow.node('http request', 'look-up', [3.35, 2]);
  const found = flow.node('function', 'record found', [4.3, 2], { func: FOUND });
  const failed = flow.node('function', 'look-up failed', [4.3, 3], { func: FAILED });
  const caught = flow.node('catch', 'CRM not reachable', [3.3, 3], { scope: [request.id] });
  const ended = flow.node('function', 'ended', [4.3, 4], { func: ENDED });
  const state = flow.node('function', 'state of the call', [4.3, 5], { func: STATE });
  const change = flow.node('function', 'change the card', [5.35, 3], { func: CHANGE_CARD });
  const page = flow.node('websocket out', 'to the page', [6.3, 1], { server: line.id });
  flow.chain(pop, card, page);
  flow.wire(card, 1, lookUp);
  flow.chain(lookUp, request, found, change, page);
  flow.chain(caught, failed, change);
  flow.chain(ended, change);
  flow.chain(states, state, change);
  flow.wire(pop, 1, ended);
  const says = flow.comment(
    '1  The pop: once per contact, then updates. Output 2 says that it is over.',
    [0.75, 0],
    'A consult, a transfer, a lost link or a redeploy never pops the same contact twice at the same agent.',
  );
  flow.group('From the call to the record', '#0f766e', [
    says,
    pop,
    states,
    card,
    lookUp,
    request,
    found,
    failed,
    caught,
    ended,
    state,
    change,
    page,
  ]);

  const toWebhook = flow.node('function', 'POST, with a key', [2.3, 7.5], { func: TO_WEBHOOK });
  const post = flow.node('http request', 'CRM webhook', [3.35, 7.5]);
  const answer = flow.node('debug', 'CRM says', [4.3, 7.5], {
    active: false,
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const refused = flow.node('catch', 'webhook failed', [3.35, 8.5], { scope: [post.id] });
  const refusal = flow.node('debug', 'webhook error', [4.3, 8.5], { complete: 'error' });
  flow.chain(toWebhook, post, answer);
  flow.chain(refused, refusal);
  flow.wire(pop, 0, toWebhook);
  flow.wire(pop, 1, toWebhook);
  const webhookSays = flow.comment(
    '2  The same body goes to a CRM webhook',
    [2.7, 6.5],
    "Set CRM_URL in the tab's properties (double-click the tab) to send it to yours.",
  );
  flow.group('Tell the CRM', '#4338ca', [webhookSays, toWebhook, post, answer, refused, refusal]);

  const openPage = flow.node('http in', 'the page', [0, 11], { url: '/screen-pop' });
  const learn = flow.node('function', 'learn own address', [1.2, 11], { func: LEARN_ADDRESS });
  const html = flow.node('template', 'what the agent sees', [2.3, 11], { template: readPage('screen-pop.html') });
  const showPage = flow.node('http response', 'page', [3.3, 11], {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  const getCards = flow.node('http in', 'recent cards', [0, 12], { url: '/screen-pop/cards' });
  const readCards = flow.node('function', 'read them', [1.2, 12], {
    func: "msg.payload = flow.get('cards') || [];\nreturn msg;",
  });
  const sendCards = flow.node('http response', 'cards', [3.3, 12]);
  flow.chain(openPage, learn, html, showPage);
  flow.chain(getCards, readCards, sendCards);
  const pageSays = flow.comment("3  The agent's page: open /screen-pop, or /screen-pop?agent=1001", [0.8, 10]);
  flow.group('The page', '#b45309', [pageSays, openPage, learn, html, showPage, getCards, readCards, sendCards]);

  const getCustomers = flow.node('http in', 'customers by number', [0, 14.5], { url: '/mock-crm/customers' });
  const find = flow.node('function', 'a dozen customers', [1.2, 14.5], { func: findCustomers() });
  const sendCustomers = flow.node('http response', 'customers', [3.3, 14.5]);
  const hook = flow.node('http in', 'webhook', [0, 15.5], { url: '/mock-crm/webhook', method: 'post' });
  const accept = flow.node('function', 'accept once', [1.2, 15.5], { func: ACCEPT });
  const answerHook = flow.node('http response', 'accepted', [3.3, 15.5]);
  flow.chain(getCustomers, find, sendCustomers);
  flow.chain(hook, accept, answerHook);
  const crmSays = flow.comment(
    '4  Stands in for your CRM',
    [0.45, 13.5],
    'A dozen customers by E.164 number. One number belongs to two of them, one caller is unknown, one keeps the number back.',
  );
  flow.group('Mock CRM', '#6b7280', [crmSays, getCustomers, find, sendCustomers, hook, accept, answerHook]);
  return flow;
}

/** Beyond what the simulated contact center knows of its callers: what a CRM would. */
const RECORDS: ReadonlyArray<readonly [company: string, city: string, since: number, ...cases: string[]]> = [
  ['Northwind Trading', 'Seattle', 2016, 'Order 48213: second delivery date'],
  ['Okafor & Daughters', 'Tacoma', 2012, 'Router in the warehouse restarts', 'Invoice 9917 has the wrong address'],
  ['Cascade Clinics', 'Bellevue', 2018, 'Renewal of the service contract'],
  ['', 'Portland', 2020],
  ['Lindqvist Design', 'Spokane', 2023],
  ['Harbor Freight Lines', 'Everett', 2010, 'Refund of the January surcharge'],
  ['', 'Olympia', 2019],
  ['Moreau Optics', 'Redmond', 2017, 'Installation in the second shop'],
  ['Puget Analytics', 'Kirkland', 2024],
  ['', 'Renton', 2015],
  ['Bayview School', 'Edmonds', 2014, 'Adds twelve more seats'],
  ['', 'Yakima', 2022],
];

/** The numbers and accounts are those of the simulated contact center's callers; two of them share the last number. */
function customers() {
  const people = callers.flatMap((caller, index) => {
    const [company, city, since, ...cases] = RECORDS[index]!;
    const shared = /^(\w+) and (\w+) (\w+)$/.exec(caller.name);
    const names = shared ? [`${shared[1]} ${shared[3]}`, `${shared[2]} ${shared[3]}`] : [caller.name];
    return names.map((name) => ({ caller, name, company, city, since, cases }));
  });
  return people.map(({ caller, name, company, city, since, cases }, index) => ({
    id: `C-${1001 + index}`,
    phone: `+1${caller.ani}`,
    name,
    company,
    city,
    tier: caller.tier,
    since,
    account: caller.account,
    email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
    cases: cases.map((title, each) => ({
      id: `T-${3301 + index * 4 + each}`,
      title,
      state: each ? 'waiting' : 'open',
    })),
  }));
}
