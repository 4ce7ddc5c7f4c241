/** Example 14: calls in Zendesk: the caller's page opens at the agent, and each segment becomes one call record. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { mockServer } from './mock-server.js';
import { GREY, TEAL, WHO } from './parts.js';

const DETAILS = `* **Pop**: the user is looked up by the number. One match: Zendesk itself opens the user's page in the agent's browser. Several, or none: the list, or the
  link to create one, for a page of yours. Nothing is created without the agent, and no ticket per pop.
* **Call record**: each segment of the *contact record* becomes one record of the calls API, with the key as \`external_id\`.

The stand-in for Zendesk is on this tab. It checks required fields and types, answers 429 with \`Retry-After\`, and 404 for an agent who is not logged in. For the real one
set \`ZENDESK_URL\` to \`https://SUBDOMAIN.zendesk.com\`, \`ZENDESK_APP_ID\` to the number of your (private) app and \`ZENDESK_AGENTS\` to the Zendesk user of each agent,
such as \`{"1001": 9001}\` (double-click the tab). Choose *OAuth 2 client credentials* in the webhook nodes: token URL
\`https://SUBDOMAIN.zendesk.com/oauth/tokens\`, scope \`read write\`. Pops and call records need Talk Partner Edition; the token's user must be an agent. Whether
the calls API drops a repeated record is not documented: after a lost answer a record may be there twice, with the same \`external_id\`. Tried against the stand-in only.

Reference: https://developer.zendesk.com/api-reference/voice/talk-partner-edition-api/reference`;

const API = '/api/v2';

const FIND = `// A withheld number is not looked up. Only digits and the plus sign come into the query.
const { event, caller } = msg.payload;
if (event !== 'pop') return null;
if (!caller.e164) return [null, { pop: msg.payload, zendesk: msg.zendesk, payload: { users: [] } }];
return [{
  pop: msg.payload,
  zendesk: msg.zendesk,
  url: msg.zendesk + '${API}/users/search.json?query=' + encodeURIComponent(caller.e164.replace(/[^+\\d]/g, '')),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// One: Zendesk opens it. Several: the agent chooses. None: the agent may create one; the flow does not.
const { agent, caller, journey, key } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.users) || []).filter(({ phone }) => last(phone) === last(caller.e164));
const agents = JSON.parse(env.get('ZENDESK_AGENTS') || '{}');
const user = agents[agent.id] || Number(agent.id);
const page = (id) => msg.zendesk + '/agent/users/' + id;
${WHO}
const one = found.length === 1 ? found[0].id : undefined;
return [
  one && { url: msg.zendesk + '${API}/channels/voice/agents/' + user + '/users/' + one + '/display.json', key: 'display ' + key, agent: agent.id, user: one },
  one && { journey, user: one },
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

const START = `// The users of the last journeys, kept for records that come after a restart. A context store may answer later.
globalThis.users = new Map(await new Promise((kept) => flow.get('users', (error, value) => kept(value || []))));`;

const RECORD = `// Who a journey belongs to is known from the pop.
if (msg.user) {
  users.set(msg.journey, msg.user);
  if (users.size > 500) users.delete(users.keys().next().value);
  flow.set('users', [...users], (error) => error && node.warn('Not kept: ' + error.message));
  return null;
}
if (msg.payload.event !== 'segment') return null;
const { key, journey, agent, caller, dialed, direction, began, ended, time, queueSeconds, ringSeconds, talkSeconds, holdSeconds, holds, answered, unknown, wrapupData } = msg.payload;
const agents = JSON.parse(env.get('ZENDESK_AGENTS') || '{}');
const iso = (ms) => new Date(ms).toISOString();
const incoming = direction !== 'outbound';
const [customer, line] = [caller.e164 || caller.received, dialed || ''];
const user = users.get(journey);
// What the link did not see is left out, not estimated. Whole seconds.
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
      from_line: incoming ? customer : line,
      to_line: incoming ? line : customer,
      call_started_at: began === undefined ? time : iso(began),
      ...(ended !== undefined && { call_ended_at: iso(ended) }),
      direction: incoming ? 'inbound' : 'outbound',
      external_id: key,
      agent_id: agents[agent.id] || Number(agent.id),
      ...(user && { end_user_id: user }),
      ...(answered !== undefined || unknown.includes('answered') ? { completion_status: 'completed' } : {}),
      ...(wrapupData && { call_disposition: wrapupData }),
      ...(holds !== undefined && { number_of_holds: holds }),
      ...Object.fromEntries(spans),
    },
  },
};`;

const MOCK_USERS = `// Ada is there once, Bob's number belongs to two, most callers are not known.
const number = decodeURIComponent((msg.req.url.split('query=')[1] || ''));
const last = Number(number.slice(-1));
const person = (id, name) => ({ id, name, phone: number });
const users = last < 4 ? [person(101, 'Ada Lovelace')] : last < 7 ? [person(102, 'Bob One'), person(103, 'Bob Two')] : [];
return { ...msg, payload: { users, count: users.length, next_page: null } };`;

const MOCK_DISPLAY = `// 200 with nothing in it: the page is open in the agent's browser. Agents whose number ends in 9 are not logged in.
const [, agent] = msg.req.url.match(/agents[/](\\d+)[/]users[/]\\d+[/]display/) || [];
const known = msg.req.method === 'POST' && agent && !agent.endsWith('9');
return { ...msg, statusCode: known ? 200 : 404, payload: known ? {} : { error: 'RecordNotFound', description: 'Not found' } };`;

const MOCK_CALLS = `// Required fields, types and enumerations. And busy now and then.
globalThis.turn = (globalThis.turn || 0) + 1;
globalThis.calls = globalThis.calls || new Map();
// Asked from time to time: how many records there are.
if (!msg.req) return [null, { payload: { calls: calls.size, withUser: [...calls.values()].filter(({ end_user_id }) => end_user_id).length } }];
const answer = (statusCode, payload, headers = {}) => [{ ...msg, statusCode, payload, headers }, null];
if (turn % 5 === 3) return answer(429, { error: 'TooManyRequests' }, { 'retry-after': '1' });
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

export function zendesk(): Flow {
  const flow = new Flow(CATALOG.zendesk, DETAILS, { ZENDESK_URL: '', ZENDESK_APP_ID: '1', ZENDESK_AGENTS: '' });
  const session = flow.config('ctios-session', '', { seed: 14 }).id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], rules);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], rules);
  const routes = [`${API}/users/`, `${API}/channels/voice/agents/`, `${API}/calls`];
  const crm = mockServer(
    flow,
    'the address of Zendesk',
    [1.2, 1.5],
    [4.7, 7],
    { zendesk: ['ZENDESK_URL', ''] },
    routes,
  );
  flow.wire(pop, 0, crm.addresses);
  flow.wire(contact, 0, crm.addresses);

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
  // A pop is worth seconds, not hours: what cannot be shown soon is not shown.
  const soon = { ordering: 'key', maxDelay: 5, maxAge: 0.01 };
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('users', [3.4, 1], 'GET', '', soon);
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 3 });
  const display = webhook('open at the agent', [5.6, 0.6], 'POST', '', soon);
  const opened = flow.node('debug', 'opened', [6.8, 0.6], {
    complete: 'delivery',
    tostatus: true,
    statusVal: 'agent',
    statusType: 'msg',
  });
  const page = flow.node('debug', 'to the agent', [5.6, 1.6], {
    complete: 'payload',
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  const record = flow.node('function', 'the call record', [2.4, 2.8], { func: RECORD, initialize: START });
  const log = webhook('calls', [3.4, 2.8], 'POST', 'payload', { ordering: 'journey', maxDelay: 300, maxAge: 72 });
  const done = flow.node('debug', 'Zendesk has it', [4.5, 2.8], {
    complete: 'payload',
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const lost = flow.node('debug', 'given up', [6.8, 2.4], { complete: 'error' });
  flow.wire(crm.addresses, 0, find, record);
  flow.chain(find, ask, show);
  flow.wire(find, 1, show);
  flow.wire(show, 0, display);
  flow.wire(show, 1, record);
  flow.wire(show, 2, page);
  flow.wire(display, 0, opened);
  flow.chain(record, log, done);
  for (const node of [ask, display, log]) flow.wire(node, 1, lost);
  flow.group('Pop and call record', TEAL, [
    flow.comment('1  Zendesk opens the caller’s page at the agent; the record follows with the wrap-up', [0.6, 0]),
    ...[pop, contact, crm.addresses, find, ask, show, display, opened, page, record, log, done, lost],
  ]);

  const answers = [MOCK_USERS, MOCK_DISPLAY, MOCK_CALLS].map((func, index) => {
    const name = ['users', 'display', 'calls'][index]!;
    const work = flow.node('function', `${name} answers`, [3.4, 6 + index], {
      func,
      outputs: func === MOCK_CALLS ? 2 : 1,
    });
    flow.wire(crm.addresses, index + 1, work);
    flow.wire(work, 0, crm.answer);
    return work;
  });
  const every = flow.node('inject', 'every 10 s', [1.2, 8], { props: [], repeat: '10', once: true, onceDelay: '8' });
  const seen = flow.node('debug', 'in Zendesk', [4.7, 8.3], { tostatus: true });
  flow.wire(every, 0, answers[2]!);
  flow.wire(answers[2]!, 1, seen);
  flow.group('A stand-in for Zendesk', GREY, [
    flow.comment('2  Busy now and then, strict always', [1.5, 5]),
    ...answers,
    crm.answer,
    every,
    seen,
  ]);
  return flow;
}
