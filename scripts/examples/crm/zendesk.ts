/** Example 14: opens the caller's page in Zendesk for the agent, and logs each segment as one call record. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { CUSTOMER, PERSON, PERSON_START, showsPart, TEAL, WHO } from '../parts.js';
import { standIn } from './stand-in.js';

const DETAILS = `* **Screen pop**: the flow looks up the user by the number. For one match, Zendesk itself opens the user's page in the agent's browser. For several or none, the flow shows a list or
  the link to create a user, for a page of your own. The flow creates no users and no tickets; that is left to the agent.
* **Call record**: each segment of the *contact record* becomes one record of the calls API, with the key as \`external_id\`. Calls that agents dial do not
  pop: their records have the number of the customer, and no user.

A stand-in for Zendesk is on this tab. It checks required fields and types, and responds with 404 for an agent who is not logged in. Sometimes it responds with 429 and \`Retry-After\`, responds late, or
drops the response after it has written. To use your Zendesk,
set \`ZENDESK_URL\` to \`https://SUBDOMAIN.zendesk.com\`, \`ZENDESK_APP_ID\` to the number of your (private) app and \`ZENDESK_AGENTS\` to the Zendesk user of each agent,
such as \`{"1001": 9001}\` (double-click the tab). Select *OAuth 2 client credentials* in the webhook nodes: token URL
\`https://SUBDOMAIN.zendesk.com/oauth/tokens\`, scope \`read write\`. Pops and call records require Talk Partner Edition; the token's user must be an agent. Zendesk does not document
whether the calls API drops repeated records: after a lost response, a record may exist twice, with the same \`external_id\`. This example has been tested with the stand-in only.

Reference: https://developer.zendesk.com/api-reference/voice/talk-partner-edition-api/reference`;

const API = '/api/v2';

const FIND = `// Withheld numbers are not looked up. Only digits and the plus sign go into the query.
const { event, customer } = msg.payload;
if (event !== 'pop') return null;
if (!customer.e164) return [null, { pop: msg.payload, zendesk: msg.zendesk, payload: { users: [] } }];
return [{
  pop: msg.payload,
  zendesk: msg.zendesk,
  url: msg.zendesk + '${API}/users/search.json?query=' + encodeURIComponent(customer.e164.replace(/[^+\\d]/g, '')),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// One match: Zendesk opens it. Several: the agent chooses. None: the agent may create one; the flow does not.
const { agent, customer, journey, key } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.users) || []).filter(({ phone }) => last(phone) === last(customer.e164));
const agents = JSON.parse(env.get('ZENDESK_AGENTS') || '{}');
const user = agents[agent.id] || Number(agent.id);
const page = (id) => msg.zendesk + '/agent/users/' + id;
${WHO}
const one = found.length === 1 ? found[0].id : undefined;
return [
  one && { url: msg.zendesk + '${API}/channels/voice/agents/' + user + '/users/' + one + '/display.json', key: 'display ' + key, agent: agent.id, user: one },
  one && { journey, person: one },
  {
    topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
    payload: {
      agent: agent.id,
      caller: who,
      opened: one && page(one),
      choose: found.length > 1 ? found.map(({ id, name }) => ({ name, url: page(id) })) : undefined,
      create: found.length === 0 ? msg.zendesk + '/agent/users/new' : undefined,
    },
  },
].map((each) => each || null);`;

const RECORD = `${PERSON}
if (msg.payload.event !== 'segment') return null;
const { key, journey, agent, direction, caller, ${CUSTOMER}, dialed, began, ended, time, queueSeconds, ringSeconds, talkSeconds, holdSeconds, holds, answered, unknown, wrapupData } = msg.payload;
const agents = JSON.parse(env.get('ZENDESK_AGENTS') || '{}');
const iso = (ms) => new Date(ms).toISOString();
const incoming = direction !== 'outbound';
const [number, line] = [customer.e164 || customer.received || '', (incoming ? dialed : agent.instrument) || ''];
// Values that the session did not observe are omitted, not estimated. Zendesk expects whole seconds.
const spans = Object.entries({ queue_time: queueSeconds, time_to_answer: ringSeconds, talk_time: talkSeconds, hold_time: holdSeconds })
  .filter(([, value]) => value !== undefined)
  .map(([name, value]) => [name, Math.round(value)]);
return {
  url: msg.zendesk + '${API}/calls.json',
  key: 'call ' + key,
  journey,
  payload: {
    call: {
      app_id: Number(env.get('ZENDESK_APP_ID')),
      from_line: incoming ? number : line,
      to_line: incoming ? line : number,
      call_started_at: began === undefined ? time : iso(began),
      ...(ended !== undefined && { call_ended_at: iso(ended) }),
      direction: incoming ? 'inbound' : 'outbound',
      external_id: key,
      agent_id: agents[agent.id] || Number(agent.id),
      ...(person && { end_user_id: person }),
      ...(answered !== undefined || unknown.includes('answered') ? { completion_status: 'completed' } : {}),
      ...(wrapupData && { call_disposition: wrapupData }),
      ...(holds !== undefined && { number_of_holds: holds }),
      ...Object.fromEntries(spans),
    },
  },
};`;

const MOCK_USERS = `// There is one Ada; Bob's number belongs to two users; other callers are unknown.
const number = decodeURIComponent((msg.req.url.split('query=')[1] || ''));
const last = Number(number.slice(-1));
const user = (id, name) => ({ id, name, phone: number });
const users = last < 4 ? [user(101, 'Ada Lovelace')] : last < 7 ? [user(102, 'Bob One'), user(103, 'Bob Two')] : [];
return answer(200, { users, count: users.length, next_page: null });`;

const MOCK_DISPLAY = `// 200 with an empty body: the page is open in the agent's browser. Agents whose number ends in 9 are not logged in.
const [, agent] = msg.req.url.match(/agents[/](\\d+)[/]users[/]\\d+[/]display/) || [];
const known = msg.req.method === 'POST' && agent && !agent.endsWith('9');
return known ? answer(200, {}) : answer(404, { error: 'RecordNotFound', description: 'Not found' });`;

const MOCK_CALLS = `// Required fields, types and enumerations.
globalThis.calls = globalThis.calls || new Map();
const { call = {} } = JSON.parse(msg.payload);
const date = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const text = (value) => typeof value === 'string';
const whole = (value) => Number.isInteger(value) && value >= 0;
const REQUIRED = { app_id: whole, from_line: text, to_line: text, call_started_at: date, direction: (value) => ['inbound', 'outbound'].includes(value) };
const OPTIONAL = { call_ended_at: date, external_id: text, agent_id: whole, end_user_id: whole, completion_status: text, call_disposition: text, number_of_holds: whole, queue_time: whole, time_to_answer: whole, talk_time: whole, hold_time: whole };
const fields = { ...REQUIRED, ...OPTIONAL };
const wrong = [...Object.keys(REQUIRED).filter((name) => !(name in call)), ...Object.keys(call).filter((name) => !fields[name] || !fields[name](call[name]))];
if (msg.req.method !== 'POST' || wrong.length > 0) return answer(422, { error: 'RecordInvalid', description: 'Record validation errors', details: wrong });
calls.set(call.external_id, call);
if (calls.size > 500) calls.delete(calls.keys().next().value);
return answer(201, { call: { id: 7000 + turn, ...call } });`;

const HOLDS =
  '{ calls: globalThis.calls ? calls.size : 0, withUser: globalThis.calls ? [...calls.values()].filter(({ end_user_id }) => end_user_id).length : 0 }';

export function zendesk(): Flow {
  const flow = new Flow(CATALOG.zendesk, DETAILS, { ZENDESK_URL: '', ZENDESK_APP_ID: '1', ZENDESK_AGENTS: '' });
  const session = flow.session().id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], rules);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], rules);
  const crm = standIn(flow, {
    product: 'Zendesk',
    addresses: { zendesk: 'ZENDESK_URL' },
    at: [1.2, 1.5],
    line: 5,
    endpoints: [
      { name: 'users', path: `${API}/users/`, func: MOCK_USERS },
      { name: 'display', path: `${API}/channels/voice/agents/`, func: MOCK_DISPLAY },
      { name: 'calls', path: `${API}/calls`, func: MOCK_CALLS, busy: `{ error: 'TooManyRequests' }`, holds: HOLDS },
    ],
  });
  flow.wire(pop, 0, crm);
  flow.wire(contact, 0, crm);

  const webhook = (name: string, at: readonly [number, number], method: string, body: string, more: object) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
      method,
      body,
      bodyType: body === '' ? 'str' : 'msg',
      key: 'key',
      firstDelay: 1,
      ...more,
    });
  // A pop is only useful for seconds: if it cannot be shown soon, it is not shown.
  const soon = { ordering: 'key', maxDelay: 5, maxAge: 0.01 };
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('users', [3.4, 1], 'GET', '', soon);
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 3 });
  const display = webhook('open for the agent', [5.6, 0.6], 'POST', '', soon);
  const opened = showsPart(flow, 'opened', [6.8, 0.6], 'delivery', 'agent');
  const page = showsPart(flow, 'to the agent', [5.6, 1.6], 'payload', 'topic');
  const record = flow.node('function', 'the call record', [2.4, 2.8], { func: RECORD, initialize: PERSON_START });
  const log = webhook('calls', [3.4, 2.8], 'POST', 'payload', { ordering: 'journey', maxDelay: 300, maxAge: 72 });
  const done = showsPart(flow, 'Zendesk has it', [4.5, 2.8], 'payload', 'statusCode');
  const lost = flow.node('debug', 'given up', [6.8, 2.4], { complete: 'error' });
  flow.wire(crm, 0, find, record);
  flow.chain(find, ask, show);
  flow.wire(find, 1, show);
  flow.wire(show, 0, display);
  flow.wire(show, 1, record);
  flow.wire(show, 2, page);
  flow.wire(display, 0, opened);
  flow.chain(record, log, done);
  for (const node of [ask, display, log]) flow.wire(node, 1, lost);
  flow.group('Screen pop and call record', TEAL, [
    flow.comment('1  Zendesk opens the caller’s page for the agent; the record follows after the wrap-up', [0.6, 0]),
    ...[pop, contact, crm, find, ask, show, display, opened, page, record, log, done, lost],
  ]);

  return flow;
}
