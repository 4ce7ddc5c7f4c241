/** Example 1: a call reaches an agent and the customer's record is on the screen. */
import { customers as callers } from '../../../src/simulator/model/site/callers.js';
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { mockServer } from '../mock-server.js';
import { page } from '../page.js';
import { BLUE, GREY, TEAL } from '../parts.js';

const DETAILS = `To use it in production, select your Cisco CTI Server in the session, and set \`CRM_URL\` (double-click the tab) to the address of your CRM.`;

const START = `// The cards from before a deploy or a restart. A context store may be asynchronous, hence the callback.
globalThis.cards = await new Promise((kept) => flow.get('cards', (error, value) => kept(value || [])));`;

const CARDS = `// One card per contact, newest first. Only this node changes them.
const keep = () => flow.set('cards', cards, (error) => error && node.warn('Not kept: ' + error.message));
// A page has opened: respond to that page only.
if (msg._session) return [null, null, { payload: { cards }, _session: msg._session }];

// A change to an existing card: the end of the contact, its CRM record, or the state of its call.
const { payload = {}, calls, number } = msg;
const { event, reason, talkSeconds } = payload;
const change = event === 'ended' ? { state: 'ended', reason, talkSeconds } : msg.change;
if (change) {
  const key = payload.key || msg.key;
  const card = cards.find((each) => (calls ? each.state !== 'ended' && calls.includes(each.call.id) : each.key === key));
  // The number has changed since this look-up: the record belongs to another customer.
  if (!card || (number && number !== card.customer.e164)) return null;
  if (change.state && change.state !== card.state && change.state !== 'ended') card.since = Date.now();
  Object.assign(card, change);
  if (calls) card.call = { ...card.call, id: calls[0] };
  keep();
  return [{ payload: card }, null, null];
}

// A pop, or an update with the same key: the page shows it immediately. The record follows when the CRM responds; the look-up is
// repeated if the number has changed.
const known = cards.find((each) => each.key === payload.key);
const asked = known !== undefined && known.customer.e164 === payload.customer.e164;
const card = {
  state: payload.trigger === 'established' ? 'talking' : 'ringing',
  since: Date.now(),
  customers: [],
  ...known,
  ...payload,
};
if (!asked) Object.assign(card, { customers: [], lookup: payload.customer.e164 ? 'pending' : payload.customer.kind });
cards = [card, ...cards.filter((each) => each !== known)].slice(0, 30);
keep();
return [{ payload: card }, payload.customer.e164 && !asked ? msg : null, null];`;

const LOOK_UP = `return {
  key: msg.payload.key,
  number: msg.payload.customer.e164,
  method: 'GET',
  url: msg.crm + '/customers?phone=' + encodeURIComponent(msg.payload.customer.e164),
};`;

const FOUND = `const { key, number, statusCode, payload } = msg;
if (statusCode >= 300) return { key, number, change: { lookup: 'failed', error: 'the CRM responded with ' + statusCode } };
const customers = Array.isArray(payload) ? payload : [];
return { key, number, change: { customers, lookup: ['none', 'one'][customers.length] || 'several' } };`;

const FAILED = `// The agent sees the call's data, and that the look-up failed.
return { key: msg.key, number: msg.number, change: { lookup: 'failed', error: msg.error.message } };`;

const STATE = `// Find the card of this call. A call that is joined with another one continues under a new ID. CallStatus is that of the
// agent's own end: in a conference, others can put their end on hold.
const { UniqueObjectID: id, OldUniqueObjectID: old, CallStatus } = msg.payload;
const state = { 3: 'talking', 4: 'held' }[CallStatus];
return { calls: [id, old], change: state ? { state } : {} };`;

const TO_WEBHOOK = `// The body can be posted unchanged; the key lets the CRM drop duplicates.
return {
  method: 'POST',
  url: msg.crm + '/webhook',
  headers: { 'content-type': 'application/json', 'idempotency-key': [msg.payload.event, msg.payload.key, msg.payload.event === 'update' ? msg.payload.time : ''].join('/') },
  payload: msg.payload,
};`;

const findCustomers = () => `// By E.164 number, in the query of the request.
const customers = ${JSON.stringify(customers(), null, 2)};
const phone = new URL(msg.req.url, 'http://mock').searchParams.get('phone');
msg.payload = customers.filter((each) => each.phone === phone);
return msg;`;

const ACCEPT = `// A webhook may deliver twice: respond to a known key, but do not process it again.
globalThis.seen = globalThis.seen || new Set();
const key = msg.req.headers['idempotency-key'];
const duplicate = seen.has(key);
seen.add(key);
if (seen.size > 200) seen.delete(seen.values().next().value);
const { event, caller, reason } = JSON.parse(msg.payload);
node.status({ fill: 'green', shape: 'dot', text: event + ' ' + (caller ? caller.e164 || caller.kind : reason) });
msg.statusCode = duplicate ? 200 : 201;
msg.payload = { accepted: true, duplicate };
return msg;`;

export function screenPop(): Flow {
  const flow = new Flow(CATALOG.screenPop, DETAILS, { CRM_URL: '' });
  const session = flow.session();

  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], {
    session: session.id,
    region: 'US',
    fields: [
      { from: 'CallVariable1', to: 'Account' },
      { from: 'CallVariable2', to: 'Reason' },
      { from: 'user.CustomerTier', to: 'Tier' },
    ],
  });
  const crm = mockServer(flow, 'CRM URL', [1.2, 1], [3.2, 17.5], { crm: ['CRM_URL', ''] }, ['/customers', '/webhook']);
  const states = flow.node('ctios-call-events', 'the call changes', [0, 3], {
    session: session.id,
    events: ['OnCallEstablished', 'OnCallHeld', 'OnCallRetrieved', 'OnCallConferenced', 'OnCallDataUpdate'],
  });
  const state = flow.node('function', 'state of the call', [1.2, 3], { func: STATE });
  const card = flow.node('function', 'the cards', [2.3, 1], { func: CARDS, initialize: START, outputs: 3 });
  const lookUp = flow.node('function', 'look up the caller', [3.4, 1], { func: LOOK_UP });
  const request = flow.node('http request', 'look-up', [4.5, 1]);
  const found = flow.node('function', 'record found', [4.5, 2], { func: FOUND });
  const caught = flow.node('catch', 'CRM unreachable', [3.4, 3], { scope: [request.id] });
  const failed = flow.node('function', 'look-up failed', [4.5, 3], { func: FAILED });
  for (const output of [0, 1]) flow.wire(pop, output, crm.addresses);
  flow.chain(crm.addresses, card);
  flow.wire(card, 1, lookUp);
  flow.chain(lookUp, request, found, card);
  flow.chain(caught, failed, card);
  flow.chain(states, state, card);
  const says = flow.comment(
    '1  The pop: once per contact, then updates. Output 2: the contact is over.',
    [0.75, 0],
    'Consults, transfers, lost links and redeploys never pop the same contact twice for the same agent.',
  );
  flow.group('From the call to the record', TEAL, [
    ...[says, pop, crm.addresses, states, state, card, lookUp, request, found, caught, failed],
  ]);

  const toWebhook = flow.node('function', 'POST, with a key', [2.3, 6], { func: TO_WEBHOOK });
  const post = flow.node('http request', 'CRM webhook', [3.4, 6]);
  const answer = flow.node('debug', 'CRM response', [4.5, 6], {
    active: false,
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const refused = flow.node('catch', 'webhook failed', [3.4, 7], { scope: [post.id] });
  const refusal = flow.node('debug', 'webhook error', [4.5, 7], { complete: 'error' });
  flow.wire(crm.addresses, 0, toWebhook);
  flow.chain(toWebhook, post, answer);
  flow.chain(refused, refusal);
  const webhookSays = flow.comment(
    '2  The same body goes to a CRM webhook',
    [2.7, 5],
    "Set CRM_URL in the tab's properties (double-click the tab) to send it to your CRM.",
  );
  flow.group('Notify the CRM', BLUE, [webhookSays, toWebhook, post, answer, refused, refusal]);

  const pageSays = "3  The agent's page: open /screen-pop, or /screen-pop?agent=1001";
  const { pages, toPage } = page(flow, 'screen-pop', 8.5, 'screen-pop.html', pageSays);
  flow.wire(card, 0, pages);
  flow.wire(card, 2, toPage);
  flow.wire(pages, 2, card);

  const find = flow.node('function', 'a dozen customers', [2, 17], { func: findCustomers() });
  const accept = flow.node('function', 'accept once', [2, 18], { func: ACCEPT });
  flow.wire(crm.addresses, 1, find);
  flow.wire(crm.addresses, 2, accept);
  for (const each of [find, accept]) flow.chain(each, crm.answer);
  const crmSays = flow.comment(
    '4  A stand-in for your CRM',
    [0.45, 16.5],
    'A dozen customers by E.164 number. One number belongs to two customers, one caller is unknown, and one withholds the number.',
  );
  flow.group('Mock CRM', GREY, [crmSays, find, accept, crm.answer]);
  return flow;
}

/** What a CRM would know beyond the data of the simulated contact center's callers. */
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
