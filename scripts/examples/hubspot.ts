/** Example 12: calls in HubSpot: a call object per contact and agent, made once, updated at its end, associated with the caller. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { mockServer } from './mock-server.js';
import { GREY, TEAL, WHO } from './parts.js';

const DETAILS = `* **Pop**: the contact is looked up by the national number. One match: the link of its record. Several: the list, and no
  record is chosen. None: the link to create one. Nothing is created without the agent.
* **Call log**: begun with the pop, completed by the *contact record*. The *webhook* nodes deliver it, also when HubSpot is busy, the answer is lost or Node-RED is restarted. The call
  object is upserted by a unique property (\`cti_key\`), so a repeated delivery does not create a second one.

The stand-in for HubSpot is on this tab. It answers 429 with \`Retry-After\`, loses answers after it has written, and refuses what
HubSpot refuses. For the real one set \`HUBSPOT_URL\` to \`https://api.hubapi.com\` (double-click the tab), choose *Bearer token* in both
webhook nodes and in the request node, enter a service key with the scopes \`crm.objects.contacts.read\` and
\`crm.objects.contacts.write\`, and create the property \`cti_key\` of calls with *unique value*. Tried against the stand-in only.

Reference: https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide`;

const SEARCH = `// HubSpot keeps what people typed, and searches by the national number. A withheld number is not looked up.
const { event, caller } = msg.payload;
if (event !== 'pop' && event !== 'update') return null;
if (!caller.e164) return [null, { pop: msg.payload, payload: { results: [] } }];
const national = (caller.national || '').replace(/\\D/g, '');
const equals = (propertyName, value) => ({ filters: [{ propertyName, operator: 'EQ', value }] });
return [{
  pop: msg.payload,
  method: 'POST',
  url: msg.hubspot + '/crm/objects/2026-09/contacts/search',
  headers: { 'content-type': 'application/json' },
  payload: {
    filterGroups: [
      equals('hs_searchable_calculated_phone_number', national),
      equals('hs_searchable_calculated_mobile_number', national),
      equals('phone', caller.e164),
    ],
    properties: ['firstname', 'lastname', 'phone', 'mobilephone'],
    sorts: [],
    after: '0',
    limit: 5,
  },
}, null];`;

const SHOW = `// One: open it. Several: the agent chooses. None: the agent may create one; the flow does not.
const found = (msg.payload && msg.payload.results) || [];
const portal = env.get('HUBSPOT_PORTAL');
const link = (id) => 'https://app.hubspot.com/contacts/' + portal + '/record/0-1/' + id;
const { agent, caller, journey } = msg.pop;
${WHO}
return [{
  topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
  payload: {
    agent: agent.id,
    caller: who,
    open: found.length === 1 ? link(found[0].id) : undefined,
    choose: found.length > 1 ? found.map(({ id, properties }) => ({ name: properties.firstname + ' ' + properties.lastname, url: link(id) })) : undefined,
    create: found.length === 0 ? 'https://app.hubspot.com/contacts/' + portal + '/objects/0-1' : undefined,
  },
},
// Who it is, for the record of the call that follows.
found.length === 1 ? { journey, contact: found[0].id } : null];`;

const RECORD = `// One body for the beginning, what becomes known later and, with the wrap-up done, the end: an upsert, by our own key.
// HubSpot takes strings, and milliseconds.
const { event, key, time, began, answered, unknown, caller = {}, dialed, fields, talkSeconds, holdSeconds, journey } = msg.payload;
${WHO}
const spoken = talkSeconds === undefined || holdSeconds === undefined ? undefined : talkSeconds + holdSeconds;
const properties = event === 'pop' || event === 'update'
  ? {
      hs_timestamp: time,
      hs_call_title: 'Call from ' + who,
      hs_call_body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('<br>'),
      hs_call_direction: 'INBOUND',
      ...(event === 'pop' && { hs_call_status: 'RINGING' }),
      hs_call_from_number: caller.e164 || '',
      hs_call_to_number: dialed || '',
    }
  : {
      hs_timestamp: began === undefined ? time : String(began),
      hs_call_status: answered === undefined && !unknown.includes('answered') ? 'NO_ANSWER' : 'COMPLETED',
      // What the link did not see is not estimated.
      ...(spoken === undefined ? {} : { hs_call_duration: String(Math.round(spoken * 1000)) }),
    };
return {
  url: msg.hubspot + '/crm/objects/2026-09/calls/batch/upsert',
  payload: { inputs: [{ idProperty: 'cti_key', id: key, properties }] },
  // A contact may be updated more than once: the time tells one update from the next.
  key: [key, event, event === 'update' ? time : ''].join(' '),
  journey,
  hubspot: msg.hubspot,
};`;

const START = `// The contacts of the last journeys, kept for deliveries that come after a restart. A context store may answer later.
globalThis.contacts = new Map(await new Promise((kept) => flow.get('contacts', (error, value) => kept(value || []))));`;

const ASSOCIATE = `// Whom a journey belongs to is known from the pop.
if (msg.contact) {
  contacts.set(msg.journey, msg.contact);
  if (contacts.size > 500) contacts.delete(contacts.keys().next().value);
  flow.set('contacts', [...contacts], (error) => error && node.warn('Not kept: ' + error.message));
  return null;
}
// The answer has the id of the call. An upsert cannot say itself whom it belongs to.
const call = msg.payload && msg.payload.results && msg.payload.results[0];
const contact = contacts.get(msg.journey);
if (!call || !contact) return null;
return {
  url: msg.hubspot + '/crm/objects/2026-09/calls/' + call.id + '/associations/default/contacts/' + contact,
  key: 'associate ' + call.id + ' ' + contact,
  journey: msg.journey,
};`;

const MOCK_SEARCH = `// Ada is there once, Bob's number belongs to two, most callers are not known.
const values = JSON.parse(msg.payload).filterGroups.flatMap((group) => group.filters.map((filter) => filter.value));
const last = Number((values[0] || '0').slice(-1));
const person = (id, firstname, lastname) => ({ id, properties: { firstname, lastname, phone: values[0] }, archived: false });
const results = last < 4 ? [person('101', 'Ada', 'Lovelace')] : last < 7 ? [person('102', 'Bob', 'One'), person('103', 'Bob', 'Two')] : [];
msg.payload = { total: results.length, results };
return msg;`;

const MOCK_UPSERT = `// What HubSpot checks: known properties, strings, one record for a unique value. And what it does on a bad day.
const KNOWN = ['hs_timestamp', 'hs_call_title', 'hs_call_body', 'hs_call_direction', 'hs_call_status', 'hs_call_duration', 'hs_call_from_number', 'hs_call_to_number'];
globalThis.turn = (globalThis.turn || 0) + 1;
globalThis.calls = globalThis.calls || new Map();
// Asked from time to time: how many calls there are.
if (!msg.req) return [null, { payload: { calls: calls.size, completed: [...calls.values()].filter(({ properties }) => properties.hs_call_duration !== undefined).length } }];
const answer = (statusCode, payload, headers = {}) => [{ ...msg, statusCode, payload, headers }, null];
if (turn % 7 === 3) return answer(429, { status: 'error', category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' }, { 'retry-after': '1' });
const results = [];
for (const { idProperty, id, properties } of JSON.parse(msg.payload).inputs) {
  const wrong = Object.entries(properties).find(([name, value]) => !KNOWN.includes(name) || typeof value !== 'string');
  if (idProperty !== 'cti_key' || wrong || !properties.hs_timestamp) return answer(400, { status: 'error', category: 'VALIDATION_ERROR', message: String(wrong || idProperty) });
  const known = calls.get(id);
  const call = { id: known ? known.id : String(500 + turn), properties: { ...(known && known.properties), ...properties } };
  calls.set(id, call);
  if (calls.size > 500) calls.delete(calls.keys().next().value);
  results.push({ id: call.id, new: !known, properties: call.properties });
}
// Written, and the answer is lost: it comes again, and must not be a second call.
if (turn % 7 === 5) { msg.req.socket.destroy(); return null; }
return answer(200, { status: 'COMPLETE', results });`;

const MOCK_ASSOCIATE = `msg.statusCode = 200;
const [, from, to] = msg.req.url.match(/calls[/]([^/]+)[/].*[/]([^/]+)$/) || [];
msg.payload = { status: 'COMPLETE', from, to };
return msg;`;

export function hubSpot(): Flow {
  const flow = new Flow(CATALOG.hubSpot, DETAILS, { HUBSPOT_URL: '', HUBSPOT_PORTAL: '12345' });
  const session = flow.config('ctios-session', '', { seed: 12 }).id;
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], { session, region: 'US' });
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], { session, region: 'US' });
  const base = '/crm/objects/2026-09';
  const routes = [`${base}/contacts/search`, `${base}/calls/batch/upsert`, `${base}/calls/`];
  const hubspot = mockServer(flow, 'HubSpot’s address', [1.2, 1.5], [4.7, 7], { hubspot: ['HUBSPOT_URL', ''] }, routes);

  const search = flow.node('function', 'by number', [2.4, 1], { func: SEARCH, outputs: 2 });
  const ask = flow.node('http request', 'contacts', [3.4, 1]);
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = flow.node('debug', 'to the agent', [5.6, 1], {
    complete: 'payload',
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  flow.wire(pop, 0, hubspot.addresses);
  flow.wire(contact, 0, hubspot.addresses);

  const webhook = (name: string, at: readonly [number, number], method: string, body: string) =>
    flow.node('ctios-webhook', name, at, {
      method,
      body,
      bodyType: body === '' ? 'str' : 'msg',
      key: 'key',
      ordering: 'journey',
      firstDelay: 1,
      maxDelay: 300,
    });
  const record = flow.node('function', 'the call object', [2.4, 2.5], { func: RECORD });
  const log = webhook('upsert', [3.4, 2.5], 'POST', 'payload');
  const associate = flow.node('function', 'its contact', [4.5, 2.5], { func: ASSOCIATE, initialize: START });
  const associated = webhook('associate', [5.6, 2.5], 'PUT', 'nothing');
  const done = flow.node('debug', 'HubSpot says', [6.7, 2], {
    complete: 'delivery',
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const lost = flow.node('debug', 'given up', [6.7, 3], { complete: 'error' });
  flow.wire(hubspot.addresses, 0, search, record);
  flow.chain(search, ask, show, page);
  flow.wire(search, 1, show);
  flow.wire(show, 1, associate);
  flow.chain(record, log, associate, associated, done);
  flow.wire(log, 1, lost);
  flow.wire(associated, 1, lost);
  flow.group('Pop and call log', TEAL, [
    flow.comment('1  A pop at once, and a record that arrives in any case', [0.4, 0]),
    ...[pop, contact, hubspot.addresses, search, ask, show, page, record, log, associate, associated, done, lost],
  ]);

  const answers = [MOCK_SEARCH, MOCK_UPSERT, MOCK_ASSOCIATE].map((func, index) => {
    const name = ['search', 'calls', 'association'][index]!;
    const outputs = func === MOCK_UPSERT ? 2 : 1;
    const work = flow.node('function', `${name} answers`, [3.4, 6 + index], { func, outputs });
    flow.wire(hubspot.addresses, index + 1, work);
    flow.wire(work, 0, hubspot.answer);
    return work;
  });
  const every = flow.node('inject', 'every 10 s', [1.2, 7], { props: [], repeat: '10', once: true, onceDelay: '8' });
  const seen = flow.node('debug', 'in HubSpot', [4.7, 8], { tostatus: true });
  flow.wire(every, 0, answers[1]!);
  flow.wire(answers[1]!, 1, seen);
  flow.group('A stand-in for HubSpot', GREY, [
    flow.comment('2  Busy now and then, strict always. One call object for each contact and agent', [1.9, 5]),
    ...answers,
    hubspot.answer,
    every,
    seen,
  ]);
  return flow;
}
