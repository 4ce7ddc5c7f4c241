/** Example 4: calls as webhooks: a signed generic one with retry, and the bodies that HubSpot and Zendesk want. */
import { Flow } from './flow.js';

const INFO = `Every pop and every end goes out as a webhook in three forms.

* **Signed**: the pop's body as it is, with a timestamp, an idempotency key and an HMAC-SHA-256 signature over timestamp and
  body, so that the receiver knows who sent it, when, and whether it has it already. What fails is sent again, later and
  later, five times.
* **HubSpot**: a call engagement. **Zendesk**: a ticket with the caller as requester.

The receivers are on this tab, too; the first one refuses every third delivery, to show the retry. Set \`WEBHOOK_URL\`,
\`HUBSPOT_URL\`, \`ZENDESK_URL\` and \`WEBHOOK_SECRET\` (double-click the tab) to send to real ones.`;

const SELF = `const self = 'http://127.0.0.1:' + (env.get('PORT') || 1880);`;

const SIGN = `// Receiver: recompute the HMAC over "<timestamp>.<body>" with the shared secret and compare; refuse old timestamps.
${SELF}
const body = JSON.stringify(msg.payload);
const timestamp = String(Math.floor(Date.now() / 1000));
const signature = crypto.createHmac('sha256', env.get('WEBHOOK_SECRET')).update(timestamp + '.' + body).digest('hex');
return {
  method: 'POST',
  url: env.get('WEBHOOK_URL') || self + '/mock-webhooks/signed',
  headers: {
    'content-type': 'application/json',
    'idempotency-key': msg.payload.event + '/' + msg.payload.key,
    'webhook-timestamp': timestamp,
    'webhook-signature': 'v1=' + signature,
  },
  payload: body,
  attempt: msg.attempt || 1,
  contact: msg.payload,
};`;

const RETRY = `// 1, 2, 4, 8 seconds, each a little different, so that many senders do not come back at once. The same key again:
// if the first one did arrive, the receiver drops the second.
if (msg.attempt >= 5) { node.error('given up after five attempts', msg); return null; }
return { payload: msg.contact, attempt: msg.attempt + 1, delay: 1000 * 2 ** (msg.attempt - 1) * (0.8 + 0.4 * Math.random()) };`;

const VERIFY = `const [timestamp, given] = [msg.req.get('webhook-timestamp'), msg.req.get('webhook-signature')];
const body = JSON.stringify(msg.payload);
const expected = 'v1=' + crypto.createHmac('sha256', env.get('WEBHOOK_SECRET')).update(timestamp + '.' + body).digest('hex');
const count = (context.get('count') || 0) + 1;
context.set('count', count);
const authentic = given === expected && Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
const seen = context.get('seen') || [];
const key = msg.req.get('idempotency-key');
if (!authentic) msg.statusCode = 401;
else if (count % 3 === 0) msg.statusCode = 503;
else {
  msg.statusCode = seen.includes(key) ? 200 : 201;
  context.set('seen', [key, ...seen].slice(0, 200));
}
node.status({ fill: msg.statusCode < 300 ? 'green' : 'red', shape: 'dot', text: String(msg.statusCode) });
msg.payload = { authentic, accepted: msg.statusCode < 300 };
return msg;`;

const HUBSPOT = `// POST /crm/v3/objects/calls
${SELF}
const { caller, dialed, agent, fields, time, key } = msg.payload;
return {
  method: 'POST',
  url: env.get('HUBSPOT_URL') || self + '/mock-webhooks/hubspot',
  headers: { 'content-type': 'application/json' },
  payload: {
    properties: {
      hs_timestamp: time,
      hs_call_title: 'Call from ' + (caller.national || 'a withheld number'),
      hs_call_body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('\\n'),
      hs_call_direction: 'INBOUND',
      hs_call_from_number: caller.e164 || '',
      hs_call_to_number: dialed,
      hs_call_status: 'RINGING',
      hs_call_external_id: key,
      hs_call_external_account: agent.id,
    },
  },
};`;

const ZENDESK = `// POST /api/v2/tickets
${SELF}
const { caller, dialed, agent, fields, key } = msg.payload;
return {
  method: 'POST',
  url: env.get('ZENDESK_URL') || self + '/mock-webhooks/zendesk',
  headers: { 'content-type': 'application/json', 'idempotency-key': key },
  payload: {
    ticket: {
      subject: 'Call from ' + (caller.national || 'a withheld number') + ' to ' + dialed,
      comment: { body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('\\n') || 'No call data.', public: false },
      requester: { name: caller.national || 'Caller with a withheld number', phone: caller.e164 },
      external_id: key,
      tags: ['call', 'agent_' + agent.id],
      via: { channel: 'phone' },
    },
  },
};`;

const CRYPTO = [{ var: 'crypto', module: 'crypto' }];

export function webhooks(): Flow {
  const flow = new Flow('4 CRM webhooks', INFO, {
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
  const sign = flow.node('function', 'sign', [1.3, 1], { func: SIGN, libs: CRYPTO });
  const post = flow.node('http request', 'POST', [2.3, 1]);
  // The request node gives what it could not send to Catch, and what was refused to its output.
  const taken = flow.node('switch', 'taken?', [3.2, 1], {
    property: 'statusCode',
    rules: [{ t: 'lt', v: '300', vt: 'num' }, { t: 'else' }],
    outputs: 2,
  });
  const signed = shown('signed webhook', [4.2, 1]);
  const failed = flow.node('catch', 'not delivered', [2.2, 2], { scope: [post.id] });
  const again = flow.node('function', 'when to try again', [3.2, 2], { func: RETRY });
  const later = flow.node('delay', 'later', [4.2, 2], { pauseType: 'delayv', timeout: '1' });
  flow.chain(pop, sign, post, taken, signed);
  flow.wire(taken, 1, again);
  flow.chain(failed, again, later, sign);
  flow.wire(pop, 1, sign);
  const first = flow.comment(
    '1  Signed, with a key and retry',
    [0.15, 0],
    'Delivery is at least once; the key makes it once for the receiver.',
  );
  flow.group('Any CRM', '#0f766e', [first, pop, sign, post, taken, signed, failed, again, later]);

  const toHubSpot = flow.node('function', 'a call engagement', [1.3, 5], { func: HUBSPOT });
  const hubSpot = flow.node('http request', 'HubSpot', [2.3, 5]);
  const hubSpotSays = shown('HubSpot says', [3.4, 5]);
  const toZendesk = flow.node('function', 'a ticket', [1.3, 6], { func: ZENDESK });
  const zendesk = flow.node('http request', 'Zendesk', [2.3, 6]);
  const zendeskSays = shown('Zendesk says', [3.4, 6]);
  flow.chain(toHubSpot, hubSpot, hubSpotSays);
  flow.chain(toZendesk, zendesk, zendeskSays);
  flow.wire(pop, 0, toHubSpot, toZendesk);
  const refused = flow.node('catch', 'refused', [2.3, 7], { scope: [hubSpot.id, zendesk.id] });
  const why = flow.node('debug', 'why', [3.4, 7], { complete: 'error' });
  flow.chain(refused, why);
  const second = flow.comment(
    '2  The bodies that two well-known products want',
    [1.6, 4],
    'For the real ones add their authorization: double-click the request node.',
  );
  flow.group('HubSpot and Zendesk', '#4338ca', [
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

  const answers = (line: number, url: string, name: string, func: string, libs: object[] = []) => {
    const hook = flow.node('http in', name, [0, line], { url, method: 'post' });
    const work = flow.node('function', `${name} answers`, [1.3, line], { func, libs });
    const response = flow.node('http response', `to ${name}`, [2.6, line]);
    flow.chain(hook, work, response);
    return [hook, work, response];
  };
  const third = flow.comment('3  Stand in for the receivers', [0.1, 9.5]);
  flow.group('Mock receivers', '#6b7280', [
    third,
    ...answers(10.5, '/mock-webhooks/signed', 'signed', VERIFY, CRYPTO),
    ...answers(
      11.5,
      '/mock-webhooks/hubspot',
      'HubSpot',
      `msg.statusCode = 201;
msg.payload = { id: String(Date.now()), properties: msg.payload.properties };
return msg;`,
    ),
    ...answers(
      12.5,
      '/mock-webhooks/zendesk',
      'Zendesk',
      `msg.statusCode = 201;
msg.payload = { ticket: { id: Date.now(), ...msg.payload.ticket } };
return msg;`,
    ),
  ]);
  return flow;
}
