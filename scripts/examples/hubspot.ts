/** Example 12: calls in HubSpot: a call object per contact and agent, made once, updated at its end, associated with the caller. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { BLUE, GREY, TEAL } from './parts.js';

const DETAILS = `* **Pop**: the contact is looked up by the national number. One match: the link of its record. Several: the list, and no
  record is chosen. None: the link to create one. Nothing is created without the agent.
* **Call log**: begun with the pop, completed by the *contact record*. The *webhook* nodes deliver it, also when HubSpot is busy, the answer is lost or Node-RED is restarted. The call
  object is upserted by a unique property (\`cti_key\`), so a repeated delivery does not create a second one.

The stand-in for HubSpot is on this tab. It answers 429 with \`Retry-After\`, loses answers after it has written, and refuses what
HubSpot refuses. For the real one set \`HUBSPOT_URL\` to \`https://api.hubapi.com\` (double-click the tab), choose *Bearer token* in both
webhook nodes and in the request node, enter a service key with the scopes \`crm.objects.contacts.read\` and
\`crm.objects.contacts.write\`, and create the property \`cti_key\` of calls with *unique value*. Tried against the stand-in only.

Reference: https://developers.hubspot.com/docs/api-reference/latest/crm/activities/calls/guide`;

const SELF = `const hubspot = env.get('HUBSPOT_URL') || 'http://127.0.0.1:' + (env.get('PORT') || 1880) + '/mock-hubspot';`;

const SEARCH = `// HubSpot keeps what people typed, and searches by the national number. A withheld number is not looked up.
${SELF}
const { caller } = msg.payload;
if (!caller.e164) return [null, { pop: msg.payload, payload: { results: [] } }];
const national = (caller.national || '').replace(/\\D/g, '');
const equals = (propertyName, value) => ({ filters: [{ propertyName, operator: 'EQ', value }] });
return [{
  pop: msg.payload,
  method: 'POST',
  url: hubspot + '/crm/objects/2026-09/contacts/search',
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
// Who it is, for the record of the call that follows.
if (found.length === 1) flow.set('contact:' + journey.replace(/\\W/g, '_'), found[0].id);
return {
  topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
  payload: {
    agent: agent.id,
    caller: caller.national || 'withheld',
    open: found.length === 1 ? link(found[0].id) : undefined,
    choose: found.length > 1 ? found.map(({ id, properties }) => ({ name: properties.firstname + ' ' + properties.lastname, url: link(id) })) : undefined,
    create: found.length === 0 ? 'https://app.hubspot.com/contacts/' + portal + '/objects/0-1' : undefined,
  },
};`;

const RECORD = `// One body for the beginning and, with the wrap-up done, the end: an upsert, by our own key. HubSpot takes strings, and milliseconds.
${SELF}
const { event, key, time, began, answered, unknown, caller, dialed, fields, talkSeconds, holdSeconds, journey } = msg.payload;
const spoken = talkSeconds === undefined || holdSeconds === undefined ? undefined : talkSeconds + holdSeconds;
const properties = event === 'pop'
  ? {
      hs_timestamp: time,
      hs_call_title: 'Call from ' + (caller.national || 'a withheld number'),
      hs_call_body: Object.entries(fields).map(([name, value]) => name + ': ' + value).join('<br>'),
      hs_call_direction: 'INBOUND',
      hs_call_status: 'RINGING',
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
  url: hubspot + '/crm/objects/2026-09/calls/batch/upsert',
  payload: { inputs: [{ idProperty: 'cti_key', id: key, properties }] },
  key: key + ' ' + event,
  journey,
};`;

const ASSOCIATE = `// The answer has the id of the call; whom it belongs to is known from the pop. An upsert cannot say it itself.
${SELF}
const call = msg.payload && msg.payload.results && msg.payload.results[0];
const contact = flow.get('contact:' + msg.journey.replace(/\\W/g, '_'));
if (!call || !contact) return null;
return {
  url: hubspot + '/crm/objects/2026-09/calls/' + call.id + '/associations/default/contacts/' + contact,
  key: 'associate ' + call.id + ' ' + contact,
  journey: msg.journey,
};`;

const MOCK_SEARCH = `// Ada is there once, Bob's number belongs to two, most callers are not known.
const values = msg.payload.filterGroups.flatMap((group) => group.filters.map((filter) => filter.value));
const last = Number((values[0] || '0').slice(-1));
const person = (id, firstname, lastname) => ({ id, properties: { firstname, lastname, phone: values[0] }, archived: false });
const results = last < 4 ? [person('101', 'Ada', 'Lovelace')] : last < 7 ? [person('102', 'Bob', 'One'), person('103', 'Bob', 'Two')] : [];
msg.payload = { total: results.length, results };
return msg;`;

const MOCK_UPSERT = `// What HubSpot checks: known properties, strings, one record for a unique value. And what it does on a bad day.
const KNOWN = ['hs_timestamp', 'hs_call_title', 'hs_call_body', 'hs_call_direction', 'hs_call_status', 'hs_call_duration', 'hs_call_from_number', 'hs_call_to_number'];
const turn = (context.get('turn') || 0) + 1;
context.set('turn', turn);
const answer = (statusCode, payload, headers = {}) => ({ ...msg, statusCode, payload, headers: { 'content-type': 'application/json', ...headers } });
if (turn % 7 === 3) return answer(429, { status: 'error', category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' }, { 'retry-after': '1' });
const calls = flow.get('calls') || {};
const results = [];
for (const { idProperty, id, properties } of msg.payload.inputs) {
  const wrong = Object.entries(properties).find(([name, value]) => !KNOWN.includes(name) || typeof value !== 'string');
  if (idProperty !== 'cti_key' || wrong || !properties.hs_timestamp) return answer(400, { status: 'error', category: 'VALIDATION_ERROR', message: String(wrong || idProperty) });
  const known = calls[id];
  calls[id] = { id: known ? known.id : String(500 + Object.keys(calls).length), properties: { ...(known ? known.properties : {}), ...properties }, writes: known ? known.writes + 1 : 1 };
  results.push({ id: calls[id].id, new: !known, properties: calls[id].properties });
}
flow.set('calls', Object.fromEntries(Object.entries(calls).slice(-500)));
// Written, and the answer is lost: it comes again, and must not be a second call.
if (turn % 7 === 5) { msg.req.socket.destroy(); return null; }
return answer(200, { status: 'COMPLETE', results });`;

const MOCK_ASSOCIATE = `msg.statusCode = 200;
msg.payload = { status: 'COMPLETE', from: msg.req.params.call, to: msg.req.params.contact };
return msg;`;

export function hubSpot(): Flow {
  const flow = new Flow(CATALOG.hubSpot, DETAILS, { HUBSPOT_URL: '', HUBSPOT_PORTAL: '12345' });
  const session = flow.config('ctios-session', '', { seed: 12 }).id;
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], { session, region: 'US' });

  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], { session, region: 'US' });
  const search = flow.node('function', 'by number', [1.2, 1], { func: SEARCH, outputs: 2 });
  const ask = flow.node('http request', 'contacts', [2.2, 1]);
  const show = flow.node('function', 'none, one, several', [3.3, 1], { func: SHOW });
  const page = flow.node('debug', 'to the agent', [4.4, 1], {
    complete: 'payload',
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  flow.wire(pop, 0, search);
  flow.chain(search, ask, show, page);
  flow.wire(search, 1, show);

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
  const record = flow.node('function', 'the call object', [1.2, 2.5], { func: RECORD });
  const log = webhook('upsert', [2.2, 2.5], 'POST', 'payload');
  const associate = flow.node('function', 'its contact', [3.3, 2.3], { func: ASSOCIATE });
  const associated = webhook('associate', [4.4, 2.3], 'PUT', 'nothing');
  const done = flow.node('debug', 'HubSpot says', [5.5, 2], {
    complete: 'delivery',
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const lost = flow.node('debug', 'given up', [5.5, 3], { complete: 'error' });
  flow.wire(pop, 0, record);
  flow.wire(contact, 0, record);
  flow.chain(record, log, associate, associated, done);
  flow.wire(log, 1, lost);
  flow.wire(associated, 1, lost);
  flow.group('Pop and call log', TEAL, [
    flow.comment('1  A pop at once, and a record that arrives in any case', [0.4, 0]),
    ...[pop, contact, search, ask, show, page, record, log, associate, associated, done, lost],
  ]);

  const mock = (line: number, name: string, method: string, url: string, func: string) => {
    const hook = flow.node('http in', name, [0, line], { url, method });
    const work = flow.node('function', `${name} answers`, [1.3, line], { func });
    const response = flow.node('http response', `to ${name}`, [2.6, line]);
    flow.chain(hook, work, response);
    return [hook, work, response];
  };
  const base = '/mock-hubspot/crm/objects/2026-09';
  flow.group('A stand-in for HubSpot', GREY, [
    flow.comment('2  Busy now and then, strict always', [0.2, 5]),
    ...mock(6, 'search', 'post', `${base}/contacts/search`, MOCK_SEARCH),
    ...mock(7, 'calls', 'post', `${base}/calls/batch/upsert`, MOCK_UPSERT),
    ...mock(8, 'association', 'put', `${base}/calls/:call/associations/default/contacts/:contact`, MOCK_ASSOCIATE),
  ]);
  const every = flow.node('inject', 'every 10 s', [0, 10.5], { repeat: '10', once: true, onceDelay: '8' });
  const compare = flow.node('function', 'calls and writes', [1.3, 10.5], {
    func: `const calls = Object.values(flow.get('calls') || {});
return { payload: { calls: calls.length, completed: calls.filter(({ properties }) => properties.hs_call_duration !== undefined).length } };`,
  });
  const seen = flow.node('debug', 'in HubSpot', [2.6, 10.5], { tostatus: true });
  flow.chain(every, compare, seen);
  flow.group('What HubSpot has', BLUE, [
    flow.comment('3  One call object for each contact and agent', [0.3, 9.5]),
    every,
    compare,
    seen,
  ]);
  return flow;
}
