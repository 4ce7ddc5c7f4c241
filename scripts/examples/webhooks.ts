/** Example 4: calls as webhooks: a signed generic one with retry, and the bodies that HubSpot and Zendesk want. */
import { CATALOG } from './catalog.js';
import { Flow, type Properties } from './flow.js';
import { mockServer } from './mock-server.js';
import { page } from './page.js';
import { AMBER, BLUE, GREY, TEAL, WHO } from './parts.js';

const DETAILS = `* **Signed**: the pop's body as it is, with a timestamp, an idempotency key and an HMAC-SHA-256 signature over timestamp and
  body, so that the receiver knows who sent it, when, and whether it has it already. What fails is sent again, later and
  later, five times.
* **HubSpot**: a call engagement. **Zendesk**: a ticket with the caller as requester.

The receivers are on this tab, too, and the page shows what they got; the first one is sometimes busy, and sometimes its answer is
lost, to show what retry and key are for. Set \`WEBHOOK_URL\`,
\`HUBSPOT_URL\`, \`ZENDESK_URL\` and \`WEBHOOK_SECRET\` (double-click the tab) to send to real ones.`;

const SIGN = `// Receiver: recompute the HMAC over "<timestamp>.<body>" with the shared secret and compare; refuse old timestamps.
const body = JSON.stringify(msg.payload);
const timestamp = String(Math.floor(Date.now() / 1000));
const signature = crypto.createHmac('sha256', env.get('WEBHOOK_SECRET')).update(timestamp + '.' + body).digest('hex');
return {
  method: 'POST',
  url: msg.webhook,
  headers: {
    'content-type': 'application/json',
    // A contact may be updated more than once: the time tells one update from the next.
    'idempotency-key': [msg.payload.event, msg.payload.key, msg.payload.event === 'update' ? msg.payload.time : ''].join('/'),
    'webhook-timestamp': timestamp,
    'webhook-signature': 'v1=' + signature,
  },
  payload: body,
  attempt: msg.attempt || 1,
  contact: msg.payload,
  webhook: msg.webhook,
};`;

const RETRY = `// 1, 2, 4, 8 seconds, each a little different, so that many senders do not come back at once. The same key again:
// if the first one did arrive, the receiver drops the second.
if (msg.attempt >= 5) { node.error('given up after five attempts', msg); return null; }
return { payload: msg.contact, webhook: msg.webhook, attempt: msg.attempt + 1, delay: 1000 * 2 ** (msg.attempt - 1) * (0.8 + 0.4 * Math.random()) };`;

const VERIFY = `// What a receiver has to do: check the signature over the bytes as they came, refuse what is too old, count each key once.
const key = msg.req.headers['idempotency-key'] || '';
const timestamp = msg.req.headers['webhook-timestamp'] || '';
const given = Buffer.from(msg.req.headers['webhook-signature'] || '');
const body = msg.payload;
const expected = Buffer.from('v1=' + crypto.createHmac('sha256', env.get('WEBHOOK_SECRET')).update(timestamp + '.').update(body).digest('hex'));
const authentic = given.length === expected.length && crypto.timingSafeEqual(given, expected) && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;

// To show the retry, every third delivery finds this receiver busy (no key more than three times: five attempts are
// made), and of the others every fifth is taken while the answer is lost: it comes again, and must not count twice.
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
const status = { forged: 401, busy: 503, duplicate: 200, 'answer lost': 504, taken: 201 }[verdict];
node.status({ fill: status < 300 ? 'green' : 'red', shape: 'dot', text: status + ' ' + verdict });
let content;
try { content = JSON.parse(body.toString()); } catch (error) { content = undefined; }
const answer = { accepted: status < 300, duplicate: verdict === 'duplicate' };
return [
  { ...msg, statusCode: status, payload: answer },
  { payload: { receiver: 'signed', time: Date.now(), status, verdict, key, attempt: known.tries + 1, authentic, body: content } },
];`;

const START = `// What arrived before a deploy. A context store may answer later, hence the callback.
globalThis.received = await new Promise((kept) =>
  flow.get('received', (error, value) => kept(value || { deliveries: [], totals: {} })));`;

const KEEP = `// A page has opened: the answer goes to it alone. What else a page may say is not for this node.
if (msg._session) return [null, msg.payload.opened ? { payload: received, _session: msg._session } : null];
// The last fifty and how many there were of each kind.
const { deliveries, totals } = received;
const { verdict } = msg.payload;
received = { deliveries: [msg.payload, ...deliveries].slice(0, 50), totals: { ...totals, [verdict]: (totals[verdict] || 0) + 1 } };
flow.set('received', received, (error) => error && node.warn('Not kept: ' + error.message));
return [{ payload: received }, null];`;

const FORGE = `// The button of the page: a delivery whose signature is not right, to the mock only.
if (!msg.payload.forge || env.get('WEBHOOK_URL')) return null;
const mock = await new Promise((known) => flow.get('mock', (error, value) => known(value)));
return {
  method: 'POST',
  url: mock + '/signed',
  headers: { 'content-type': 'application/json', 'idempotency-key': 'forged', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1=0000' },
  payload: { event: 'pop', caller: { national: 'somebody' }, agent: { id: 'nobody' } },
};`;

const HUBSPOT = `// POST /crm/v3/objects/calls. What becomes known later (an update) makes no second one.
if (msg.payload.event !== 'pop') return null;
const { caller, dialed, agent, fields, time, key } = msg.payload;
${WHO}
return {
  method: 'POST',
  url: msg.hubspot,
  headers: { 'content-type': 'application/json' },
  payload: {
    properties: {
      hs_timestamp: time,
      hs_call_title: 'Call from ' + who,
      hs_call_body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('\\n'),
      hs_call_direction: 'INBOUND',
      hs_call_from_number: caller.e164 || caller.received,
      hs_call_to_number: dialed,
      hs_call_status: 'RINGING',
      hs_call_external_id: key,
      hs_call_external_account: agent.id,
    },
  },
};`;

const ZENDESK = `// POST /api/v2/tickets. What becomes known later (an update) makes no second one.
if (msg.payload.event !== 'pop') return null;
const { caller, dialed, agent, fields, key } = msg.payload;
${WHO}
return {
  method: 'POST',
  url: msg.zendesk,
  headers: { 'content-type': 'application/json', 'idempotency-key': key },
  payload: {
    ticket: {
      subject: 'Call from ' + who + (dialed ? ' to ' + dialed : ''),
      comment: { body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('\\n') || 'No call data.', public: false },
      requester: { name: 'Caller ' + who, phone: caller.e164 },
      external_id: key,
      tags: ['call', 'agent_' + agent.id],
      via: { channel: 'phone' },
    },
  },
};`;

const CRYPTO = [{ var: 'crypto', module: 'crypto' }];

export function webhooks(): Flow {
  const flow = new Flow(CATALOG.webhooks, DETAILS, {
    WEBHOOK_URL: '',
    WEBHOOK_SECRET: 'change-me',
    HUBSPOT_URL: '',
    ZENDESK_URL: '',
  });
  const session = flow.config('ctios-session', '', { seed: 4 }).id;
  const shown = (name: string, at: readonly [number, number], complete = 'payload') =>
    flow.node('debug', name, at, { complete, tostatus: true, statusVal: 'statusCode', statusType: 'msg' });

  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], {
    session,
    region: 'US',
    fields: [
      { from: 'CallVariable1', to: 'Account' },
      { from: 'CallVariable2', to: 'Reason' },
      { from: 'user.CustomerTier', to: 'Tier' },
    ],
  });
  const receivers = mockServer(
    flow,
    'the receivers’ addresses',
    [1.2, 1],
    [4.6, 12],
    {
      webhook: ['WEBHOOK_URL', '/signed'],
      hubspot: ['HUBSPOT_URL', '/hubspot'],
      zendesk: ['ZENDESK_URL', '/zendesk'],
    },
    ['/signed', '/hubspot', '/zendesk'],
  );
  const sign = flow.node('function', 'sign', [2.4, 1], { func: SIGN, libs: CRYPTO });
  const post = flow.node('http request', 'POST', [3.3, 1]);
  // The request node gives what it could not send to Catch, and what was refused to its output.
  const taken = flow.node('switch', 'taken?', [4.2, 1], {
    property: 'statusCode',
    rules: [{ t: 'lt', v: '300', vt: 'num' }, { t: 'else' }],
    outputs: 2,
  });
  const signed = shown('signed webhook', [5.2, 1]);
  const failed = flow.node('catch', 'not delivered', [3.2, 2], { scope: [post.id] });
  const again = flow.node('function', 'when to try again', [4.2, 2], { func: RETRY });
  const later = flow.node('delay', 'later', [5.2, 2], { pauseType: 'delayv', timeout: '1' });
  for (const output of [0, 1]) flow.wire(pop, output, receivers.addresses);
  flow.chain(receivers.addresses, sign, post, taken, signed);
  flow.wire(taken, 1, again);
  flow.chain(failed, again, later, sign);
  const first = flow.comment(
    '1  Signed, with a key and retry',
    [0.15, 0],
    'Delivery is at least once; the key makes it once for the receiver.',
  );
  flow.group('Any CRM', TEAL, [first, pop, receivers.addresses, sign, post, taken, signed, failed, again, later]);

  const toHubSpot = flow.node('function', 'a call engagement', [2.4, 5], { func: HUBSPOT });
  const hubSpot = flow.node('http request', 'HubSpot', [3.4, 5]);
  const hubSpotSays = shown('HubSpot says', [4.5, 5]);
  const toZendesk = flow.node('function', 'a ticket', [2.4, 6], { func: ZENDESK });
  const zendesk = flow.node('http request', 'Zendesk', [3.4, 6]);
  const zendeskSays = shown('Zendesk says', [4.5, 6]);
  flow.chain(toHubSpot, hubSpot, hubSpotSays);
  flow.chain(toZendesk, zendesk, zendeskSays);
  flow.wire(receivers.addresses, 0, toHubSpot, toZendesk);
  const refused = flow.node('catch', 'refused', [3.4, 7], { scope: [hubSpot.id, zendesk.id] });
  const why = flow.node('debug', 'why', [4.5, 7], { complete: 'error' });
  flow.chain(refused, why);
  const second = flow.comment(
    '2  The bodies that two well-known products want',
    [2.7, 4],
    'For the real ones add their authorization: double-click the request node.',
  );
  flow.group('HubSpot and Zendesk', BLUE, [
    second,
    toHubSpot,
    hubSpot,
    hubSpotSays,
    toZendesk,
    zendesk,
    zendeskSays,
    refused,
    why,
  ]);

  const keep = flow.node('function', 'what arrived', [4.6, 10.7], { func: KEEP, initialize: START, outputs: 2 });
  const answers = (index: number, name: string, func: string, more: Properties = {}) => {
    const work = flow.node('function', `${name} answers`, [3.3, 9.7 + index], { func, outputs: 2, ...more });
    flow.wire(receivers.addresses, index + 1, work);
    flow.wire(work, 0, receivers.answer);
    flow.wire(work, 1, keep);
    return work;
  };
  const third = flow.comment('3  Stand in for the receivers', [3.4, 8.7]);
  flow.group('Mock receivers', GREY, [
    third,
    answers(0, 'signed', VERIFY, { libs: CRYPTO }),
    answers(1, 'HubSpot', answerOf('HubSpot', '{ id: String(Date.now()), properties: body.properties }')),
    answers(2, 'Zendesk', answerOf('Zendesk', '{ ticket: { id: Date.now(), ...body.ticket } }')),
    keep,
    receivers.answer,
  ]);

  const { pages, toPage } = page(flow, 'crm-webhooks', 13.5, 'crm-webhooks.html', '4  Open /crm-webhooks');
  flow.wire(keep, 0, pages);
  flow.wire(keep, 1, toPage);
  const forge = flow.node('function', 'a forged one', [4.4, 16.5], { func: FORGE });
  const send = flow.node('http request', 'send it', [5.5, 16.5]);
  flow.wire(pages, 2, keep, forge);
  flow.chain(forge, send);
  flow.group('The page’s button', AMBER, [forge, send]);
  return flow;
}

/** Takes everything: what the product would answer, and a note of it for the page. */
function answerOf(receiver: string, answer: string): string {
  return `const body = JSON.parse(msg.payload);
msg.statusCode = 201;
msg.payload = ${answer};
return [msg, { payload: { receiver: '${receiver}', time: Date.now(), status: 201, verdict: 'taken', body } }];`;
}
