/** Example 4: calls as webhooks, signed according to Standard Webhooks, durable, in order, with retries. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { mockServer } from '../mock-server.js';
import { page } from '../page.js';
import { AMBER, GREY, NEW_SECRET, showsPart, TEAL } from '../parts.js';

const DETAILS = `The *webhook* node signs each delivery, stores it on disk until it is delivered or given up, and sends the deliveries of one contact one after the other. The
signature tells the receiver who sent a delivery and when; the key tells it whether it has received the delivery before.

The receiver is also on this tab, and the page shows what it received. It is sometimes busy, responds late, or drops the response after it has accepted a
delivery, to show what retries and keys are for.

The signing secret is not in the flow: \`WEBHOOK_SECRET\` is an expression that creates a new one at each start, for the node and the receiver on this tab. For a
real receiver, set \`WEBHOOK_URL\` (double-click the tab) and enter its secret (\`whsec_…\`) in the webhook node. It is stored with the credentials, is not exported, and takes
precedence over the variable. To create a secret: \`node -p "'whsec_' + crypto.randomBytes(32).toString('base64')"\`.`;

const EVENT = `// The body that Standard Webhooks recommends: type, timestamp and data.
const { event, key, journey, time } = msg.payload;
return {
  webhook: msg.webhook,
  payload: { type: 'call.' + event, timestamp: time, data: msg.payload },
  // A contact may be updated more than once; the time distinguishes the updates.
  key: [event, key, event === 'update' ? time : ''].join('/'),
  journey,
};`;

const VERIFY = `// What a receiver must do: check the signature over the received bytes, reject deliveries that are too old, process each key once.
const { 'webhook-id': key = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = msg.req.headers;
const body = msg.payload;
const secret = Buffer.from(env.get('WEBHOOK_SECRET').replace('whsec_', ''), 'base64');
const expected = crypto.createHmac('sha256', secret).update(key + '.' + timestamp + '.').update(body).digest();
// There are several signatures while a secret is being replaced.
const signed = signatures.split(' ').some((each) => {
  const given = Buffer.from(each.startsWith('v1,') ? each.slice(3) : '', 'base64');
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
});
const authentic = signed && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;

// To show retries, the receiver is busy for every third delivery (at most three times per key), responds late to every fourth, and for every
// fifth of the others accepts the delivery but drops the response: it arrives again and must not be processed twice.
globalThis.keys = globalThis.keys || new Map();
globalThis.total = globalThis.total || 0;
const count = total + 1;
const known = keys.get(key) || { tries: 0, taken: false };
let verdict;
if (!authentic) verdict = 'forged';
else if (count % 3 === 0 && known.tries < 3) verdict = 'busy';
else if (known.taken) verdict = 'duplicate';
else verdict = count % 5 === 0 ? 'answer lost' : 'taken';
if (authentic) {
  keys.set(key, { tries: known.tries + 1, taken: known.taken || verdict === 'taken' || verdict === 'answer lost' });
  if (keys.size > 200) keys.delete(keys.keys().next().value);
  total = count;
}
const status = { forged: 401, busy: 429, duplicate: 200, 'answer lost': 201, taken: 201 }[verdict];
node.status({ fill: status < 300 ? 'green' : 'red', shape: 'dot', text: status + ' ' + verdict });
let content;
try { content = JSON.parse(body.toString()); } catch (error) { content = undefined; }
return [
  {
    ...msg,
    statusCode: status,
    headers: verdict === 'busy' ? { 'retry-after': '1' } : {},
    payload: { accepted: status < 300, duplicate: verdict === 'duplicate' },
    lost: verdict === 'answer lost',
    late: count % 4 === 0 ? 1000 : 0,
  },
  { payload: { time: Date.now(), status, verdict, key, attempt: known.tries + 1, authentic, body: content } },
];`;

const START = `// The deliveries from before a deploy. A context store may be asynchronous, hence the callback.
globalThis.received = await new Promise((kept) =>
  flow.get('received', (error, value) => kept(value || { deliveries: [], totals: {} })));`;

const KEEP = `// A page has opened: respond to that page only. Other messages from pages are not for this node.
if (msg._session) return [null, msg.payload.opened ? { payload: received, _session: msg._session } : null];
// The last fifty deliveries, and the total of each verdict.
const { deliveries, totals } = received;
const { verdict } = msg.payload;
received = { deliveries: [msg.payload, ...deliveries].slice(0, 50), totals: { ...totals, [verdict]: (totals[verdict] || 0) + 1 } };
flow.set('received', received, (error) => error && node.warn('Not kept: ' + error.message));
return [{ payload: received }, null];`;

const FORGE = `// The button on the page sends a delivery with an invalid signature, to the mock only.
if (!msg.payload.forge || env.get('WEBHOOK_URL')) return null;
const mock = await new Promise((known) => flow.get('mock', (error, value) => known(value)));
return {
  method: 'POST',
  url: mock + '/signed',
  headers: { 'content-type': 'application/json', 'webhook-id': 'forged', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,AAAA' },
  payload: { type: 'call.pop', data: { event: 'pop', customer: { national: 'somebody' }, agent: { id: 'nobody' } } },
};`;

const CRYPTO = [{ var: 'crypto', module: 'crypto' }];

export function webhooks(): Flow {
  const flow = new Flow(CATALOG.webhooks, DETAILS, { WEBHOOK_URL: '', WEBHOOK_SECRET: NEW_SECRET });
  const session = flow.session().id;
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], {
    session,
    region: 'US',
    fields: [
      { from: 'CallVariable1', to: 'Account' },
      { from: 'CallVariable2', to: 'Reason' },
      { from: 'user.CustomerTier', to: 'Tier' },
    ],
  });
  const receiver = mockServer(flow, 'receiver address', [1.2, 1], [4.5, 5.5], { webhook: ['WEBHOOK_URL', '/signed'] }, [
    '/signed',
  ]);
  const event = flow.node('function', 'the event', [2.3, 1], { func: EVENT });
  const send = flow.node('ctios-webhook', 'signed webhook', [3.4, 1], {
    url: 'webhook',
    urlType: 'msg',
    key: 'key',
    ordering: 'journey',
    signed: true,
    signingVariable: 'WEBHOOK_SECRET',
    firstDelay: 1,
    maxDelay: 60,
  });
  const delivered = showsPart(flow, 'delivered', [4.5, 0.6], 'payload', 'statusCode');
  const givenUp = showsPart(flow, 'given up', [4.5, 1.6], 'error', 'error.code');
  for (const output of [0, 1]) flow.wire(pop, output, receiver.addresses);
  flow.chain(receiver.addresses, event, send, delivered);
  flow.wire(send, 1, givenUp);
  const first = flow.comment(
    '1  Signed, in order, and on disk until delivered',
    [0.2, 0],
    'The secret is created at each start (WEBHOOK_SECRET, a setting of the tab). For a real receiver, enter its secret in the webhook node, which stores it with the credentials.',
  );
  flow.group('Webhook', TEAL, [first, pop, receiver.addresses, event, send, delivered, givenUp]);

  const verify = flow.node('function', 'verify, count once', [3.2, 4.5], { func: VERIFY, outputs: 2, libs: CRYPTO });
  const keep = flow.node('function', 'received deliveries', [4.5, 4.5], { func: KEEP, initialize: START, outputs: 2 });
  flow.wire(receiver.addresses, 1, verify);
  flow.wire(verify, 0, receiver.answer);
  flow.wire(verify, 1, keep);
  const second = flow.comment('2  A stand-in for the receiver', [3.2, 3.5]);
  flow.group('Mock receiver', GREY, [second, verify, keep, receiver.answer]);

  const { pages, toPage } = page(flow, 'crm-webhooks', 8, 'crm-webhooks.html', '3  Open /crm-webhooks');
  flow.wire(keep, 0, pages);
  flow.wire(keep, 1, toPage);
  const forge = flow.node('function', 'forged delivery', [4.4, 11], { func: FORGE, outputs: 1 });
  const post = flow.node('http request', 'send', [5.5, 11]);
  flow.wire(pages, 2, keep, forge);
  flow.chain(forge, post);
  flow.group('Button on the page', AMBER, [forge, post]);
  return flow;
}
