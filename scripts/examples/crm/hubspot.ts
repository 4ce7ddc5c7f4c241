/** Example 12: logs calls in HubSpot: one call object per contact and agent, created at the answer, completed at the end, associated with the caller. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { PERSON, PERSON_START, showsPart, TEAL, WHO } from '../parts.js';
import { standIn } from './stand-in.js';

const DETAILS = `* **Screen pop**: the flow looks up the contact by the national number. For one match, it shows the link to the record; for several, a list without
  a selection; for none, the link to create a contact. The flow creates no contacts; that is left to the agent.
* **Call log**: the call object is created when the agent answers, completed by the *contact record* with duration, outcome and recording, and associated with the contact.
  Calls that agents dial do not pop: they are logged at their end, with the number of the customer, without an association.
  The *webhook* nodes deliver it even if HubSpot is busy, the response is lost or Node-RED is restarted. The call
  object is upserted by a unique property (\`cti_key\`), so that a repeated delivery does not create a second one.

A stand-in for HubSpot is on this tab. It makes the same checks as HubSpot. Sometimes it responds with 429 and \`Retry-After\`, responds late, or drops the response after it
has written. To use your HubSpot, set \`HUBSPOT_URL\` to \`https://api.hubapi.com\` (double-click the tab), select *Bearer token* in both
webhook nodes and in the request node, enter a service key with the scopes \`crm.objects.contacts.read\` and
\`crm.objects.contacts.write\`, and create the property \`cti_key\` for calls with *unique value*. \`HUBSPOT_OUTCOMES\` maps each wrap-up text to the ID of an
outcome; read the IDs from your account. \`RECORDING_URL\` is the address of a recording, with \`{reference}\` as the placeholder for the recorder's reference;
HubSpot plays \`.mp3\` and \`.wav\` over HTTPS. This example has been tested with the stand-in only.

Reference: https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide`;

const BASE = '/crm/objects/2026-09';

/** Outcomes that every account has. */
const OUTCOMES = {
  answered: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  unanswered: '73a0d17f-1163-4015-bdd5-ec830791da20',
  'Wrong number': '17b47fee-58de-441e-a44c-c6300d46f273',
};

const SEARCH = `// HubSpot stores numbers as people typed them, and searches by the national number. Withheld numbers are not looked up.
const { event, customer, trigger } = msg.payload;
if (trigger !== 'delivered' || (event !== 'pop' && event !== 'update')) return null;
if (!customer.e164) return [null, { pop: msg.payload, payload: { results: [] } }];
const national = (customer.national || '').replace(/\\D/g, '');
const equals = (propertyName, value) => ({ filters: [{ propertyName, operator: 'EQ', value }] });
return [{
  pop: msg.payload,
  method: 'POST',
  url: msg.hubspot + '${BASE}/contacts/search',
  headers: { 'content-type': 'application/json' },
  payload: {
    filterGroups: [
      equals('hs_searchable_calculated_phone_number', national),
      equals('hs_searchable_calculated_mobile_number', national),
      equals('phone', customer.e164),
    ],
    properties: ['firstname', 'lastname', 'phone', 'mobilephone'],
    sorts: [],
    after: '0',
    limit: 5,
  },
}, null];`;

const SHOW = `// One match: open it. Several: the agent chooses. None: the agent may create one; the flow does not.
const found = (msg.payload && msg.payload.results) || [];
const portal = env.get('HUBSPOT_PORTAL');
// HubSpot has null for what nobody has entered.
const nameOf = ({ firstname, lastname, phone }) => [firstname, lastname].filter(Boolean).join(' ') || phone || 'no name';
const link = (id) => 'https://app.hubspot.com/contacts/' + portal + '/record/0-1/' + id;
const { agent, customer, journey } = msg.pop;
${WHO}
return [{
  topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
  payload: {
    agent: agent.id,
    caller: who,
    open: found.length === 1 ? link(found[0].id) : undefined,
    choose: found.length > 1 ? found.map(({ id, properties }) => ({ name: nameOf(properties), url: link(id) })) : undefined,
    create: found.length === 0 ? 'https://app.hubspot.com/contacts/' + portal + '/objects/0-1' : undefined,
  },
},
// The person, for the record of the call that follows.
found.length === 1 ? { journey, person: found[0].id } : null];`;

const RECORD = `// The same upsert, by the flow's own key, for the answer, for later updates, and for the end after wrap-up.
// HubSpot expects strings, and durations in milliseconds.
const { event, trigger, key, time, began, answered, unknown = [], agent, direction, caller, dialed, fields, talkSeconds, holdSeconds, wrapupData, recordings = [], journey } = msg.payload;
// Of a call that an agent dialed, the caller is the agent.
const { customer = direction === 'outbound' ? {} : caller } = msg.payload;
const isEnd = event === 'segment';
if (!isEnd && trigger !== 'established') return null;
${WHO}
const outgoing = direction === 'outbound';
const [number, line] = [customer.e164 || customer.received || '', (outgoing ? agent.instrument : dialed) || ''];
const taken = !isEnd || answered !== undefined || unknown.includes('answered');
const outcomes = JSON.parse(env.get('HUBSPOT_OUTCOMES') || '{}');
const outcome = outcomes[wrapupData] || outcomes[taken ? 'answered' : 'unanswered'];
const recording = recordings.find(({ reference }) => reference);
const recordingUrl = recording && (env.get('RECORDING_URL') || '').replace('{reference}', encodeURIComponent(recording.reference));
// Values that the session did not observe are omitted, not estimated.
const spoken = talkSeconds === undefined || holdSeconds === undefined ? undefined : talkSeconds + holdSeconds;
const properties = {
  hs_timestamp: began === undefined ? time : String(began),
  hs_call_title: (outgoing ? 'Call to ' : 'Call from ') + who,
  hs_call_body: [wrapupData, ...Object.entries(fields).map(([name, value]) => name + ': ' + value)].filter(Boolean).join('<br>'),
  hs_call_direction: outgoing ? 'OUTBOUND' : 'INBOUND',
  hs_call_status: isEnd ? (taken ? 'COMPLETED' : 'NO_ANSWER') : 'IN_PROGRESS',
  hs_call_from_number: outgoing ? line : number,
  hs_call_to_number: outgoing ? number : line,
  ...(isEnd && spoken !== undefined && { hs_call_duration: String(Math.round(spoken * 1000)) }),
  ...(isEnd && outcome && { hs_call_disposition: outcome }),
  ...(isEnd && recordingUrl && { hs_call_recording_url: recordingUrl }),
};
return {
  url: msg.hubspot + '${BASE}/calls/batch/upsert',
  payload: { inputs: [{ idProperty: 'cti_key', id: key, properties }] },
  // A contact may be updated more than once; the time distinguishes the updates.
  key: [key, event, event === 'update' ? time : ''].join(' '),
  journey,
  hubspot: msg.hubspot,
};`;

const ASSOCIATE = `${PERSON}
// The response has the ID of the call. An upsert cannot set the association itself.
const call = msg.payload && msg.payload.results && msg.payload.results[0];
if (!call || !person) return null;
return {
  url: msg.hubspot + '${BASE}/calls/' + call.id + '/associations/default/contacts/' + person,
  key: 'associate ' + call.id + ' ' + person,
  journey: msg.journey,
};`;

const MOCK_SEARCH = `// There is one Ada; Bob's number belongs to two contacts; other callers are unknown.
const values = JSON.parse(msg.payload).filterGroups.flatMap((group) => group.filters.map((filter) => filter.value));
const last = Number((values[0] || '0').slice(-1));
const contact = (id, firstname, lastname) => ({ id, properties: { firstname, lastname, phone: values[0] }, archived: false });
const results = last < 4 ? [contact('101', 'Ada', 'Lovelace')] : last < 7 ? [contact('102', 'Bob', 'One'), contact('103', 'Bob', 'Two')] : [];
return answer(200, { total: results.length, results });`;

const MOCK_UPSERT = `// The checks of HubSpot: known properties, strings, enumerations, one record for a unique value.
const oneOf = (...words) => (value) => words.includes(value);
const text = (value) => typeof value === 'string';
const KNOWN = {
  hs_timestamp: (value) => text(value) && !Number.isNaN(Date.parse(value) || Number(value)),
  hs_call_direction: oneOf('INBOUND', 'OUTBOUND'),
  hs_call_status: oneOf('BUSY', 'CALLING_CRM_USER', 'CANCELED', 'COMPLETED', 'CONNECTING', 'FAILED', 'IN_PROGRESS', 'NO_ANSWER', 'QUEUED', 'RINGING'),
  hs_call_duration: (value) => text(value) && /^\\d+$/.test(value),
  hs_call_disposition: (value) => text(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  hs_call_recording_url: (value) => text(value) && value.startsWith('https://'),
  hs_call_title: text, hs_call_body: text, hs_call_from_number: text, hs_call_to_number: text,
};
const { inputs } = JSON.parse(msg.payload);
globalThis.calls = globalThis.calls || new Map();
const invalid = (message) => answer(400, { status: 'error', category: 'VALIDATION_ERROR', message });
if (!Array.isArray(inputs) || inputs.length > 100) return invalid('inputs must be a list of at most 100');
const results = [];
for (const { idProperty, id, properties } of inputs) {
  const wrong = Object.entries(properties).find(([name, value]) => !KNOWN[name] || !KNOWN[name](value));
  if (idProperty !== 'cti_key' || wrong || !properties.hs_timestamp) return invalid('Property values were not valid: ' + (wrong ? wrong[0] : idProperty));
  const known = calls.get(id);
  const call = { id: known ? known.id : String(500 + turn), properties: { ...(known && known.properties), ...properties } };
  calls.set(id, call);
  if (calls.size > 500) calls.delete(calls.keys().next().value);
  results.push({ id: call.id, new: !known, properties: call.properties });
}
return answer(200, { status: 'COMPLETE', results });`;

const MOCK_ASSOCIATE = `const [, from, to] = msg.req.url.match(/calls[/]([^/]+)[/].*[/]([^/]+)$/) || [];
if (msg.req.method !== 'PUT' || !to) return answer(404, { status: 'error', category: 'OBJECT_NOT_FOUND' });
return answer(200, { status: 'COMPLETE', from, to });`;

const BUSY = `{ status: 'error', category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' }`;
const HOLDS = `{ calls: globalThis.calls ? calls.size : 0, completed: globalThis.calls ? [...calls.values()].filter(({ properties }) => properties.hs_call_duration !== undefined).length : 0 }`;

export function hubSpot(): Flow {
  const flow = new Flow(CATALOG.hubSpot, DETAILS, {
    HUBSPOT_URL: '',
    HUBSPOT_PORTAL: '12345',
    HUBSPOT_OUTCOMES: JSON.stringify(OUTCOMES),
    RECORDING_URL: '',
  });
  const session = flow.session().id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], rules);
  const answered = flow.node('ctios-screen-pop', 'the agent answers', [0, 2], { ...rules, trigger: 'established' });
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 3], rules);
  const hubspot = standIn(flow, {
    product: 'HubSpot',
    addresses: { hubspot: 'HUBSPOT_URL' },
    at: [1.2, 1.5],
    line: 5,
    endpoints: [
      { name: 'search', path: `${BASE}/contacts/search`, func: MOCK_SEARCH },
      { name: 'calls', path: `${BASE}/calls/batch/upsert`, func: MOCK_UPSERT, busy: BUSY, holds: HOLDS },
      { name: 'association', path: `${BASE}/calls/`, func: MOCK_ASSOCIATE },
    ],
  });
  for (const source of [pop, answered, contact]) flow.wire(source, 0, hubspot);

  const search = flow.node('function', 'by number', [2.4, 1], { func: SEARCH, outputs: 2 });
  const ask = flow.node('http request', 'contacts', [3.4, 1]);
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = showsPart(flow, 'to the agent', [5.6, 1], 'payload', 'topic');
  const webhook = (name: string, at: readonly [number, number], method: string, body: string) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
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
  const associate = flow.node('function', 'its contact', [4.5, 2.5], { func: ASSOCIATE, initialize: PERSON_START });
  const associated = webhook('associate', [5.6, 2.5], 'PUT', '');
  const done = showsPart(flow, 'HubSpot response', [6.7, 2], 'delivery', 'statusCode');
  const lost = flow.node('debug', 'given up', [6.7, 3], { complete: 'error' });
  flow.wire(hubspot, 0, search, record);
  flow.chain(search, ask, show, page);
  flow.wire(search, 1, show);
  flow.wire(show, 1, associate);
  flow.chain(record, log, associate, associated, done);
  flow.wire(log, 1, lost);
  flow.wire(associated, 1, lost);
  flow.group('Screen pop and call log', TEAL, [
    flow.comment('1  An immediate screen pop, and a durable call record', [0.4, 0]),
    ...[pop, answered, contact, hubspot, search, ask, show, page, record, log, associate, associated, done, lost],
  ]);
  return flow;
}
