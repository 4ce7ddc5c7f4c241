/** Example 15: logs calls in Salesforce: voice calls for agents with Salesforce Voice, completed tasks for the others. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { BLUE, CUSTOMER, PERSON, PERSON_START, showsPart, TEAL, WHO } from '../parts.js';
import { standIn } from './stand-in.js';

const DETAILS = `* **Screen pop**: the flow looks up contacts, leads and accounts by the digits of the number. For one match, it shows the link to the record; for several, a list; for none, the
  link to a new contact. The flow creates no contacts; that is left to the agent.
* **Agents with Salesforce Voice**: a voice call is created when the phone rings, routed by an Omni-Channel flow so that it opens for the agent, updated when the agent
  answers, and ended with durations, holds, wrap-up and recording. For each call, one webhook node sends these requests one after the other.
* **Other agents**: each segment becomes one completed task, upserted by an external ID, so that a repeated delivery writes the same task. So does each call that an agent dials, with the
  number of the customer and without a related record: such calls do not pop, and partner telephony cannot create a voice call for them. A colleague who gets such a call, and an agent
  who gets a campaign's call, has a voice call with the initiation method “Transfer”.

A stand-in for Salesforce is on this tab. It checks fields and types. Sometimes it responds with 403 or 429, responds late, or drops the response after it has written. To use your
Salesforce, set \`SALESFORCE_URL\` to \`https://DOMAIN.my.salesforce.com\` and \`SALESFORCE_VOICE_URL\` to \`https://DOMAIN.my.salesforce-scrt.com\` (double-click the tab).

* **Look-up and tasks** require an external client app with the client credentials flow. Select *OAuth 2 client credentials* in the webhook nodes “records” and “tasks”: token URL
  \`https://DOMAIN.my.salesforce.com/services/oauth2/token\`. The app's user needs “API Enabled”, read on contacts, leads and accounts, and create and edit on tasks. Create the text field
  \`CTI_Key__c\` on Activity, as an external ID. Salesforce reports an exceeded request limit with status 403, so the “tasks” node also retries on 403.
* **Voice** requires partner telephony for Salesforce Voice. Select *JWT signed with a private key* in “voice calls” and “open for the agent”. The issuer is the ID of the organization, the subject is the API
  name of the contact center, and the private key must match the public key in the contact center. \`SALESFORCE_CENTER\` is that API name, \`SALESFORCE_PROVIDER\` the name of the provider, \`SALESFORCE_FLOW\` the
  Omni-Channel flow (blank: none), \`SALESFORCE_VOICE_AGENTS\` a pattern for the IDs of the agents with Voice (blank: none), and \`SALESFORCE_AGENTS\` the user name of each agent, such as
  \`{"1001": "ada@example.com"}\`. Whether a second create with the same \`vendorCallKey\` returns the first call depends on the release; after a lost response, check for duplicates.

This example has been tested with the stand-in only.

Reference: https://developer.salesforce.com/docs/atlas.en-us.voice_developer_guide.meta/voice_developer_guide/voice_rest_voicecalls_create.htm and
https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm`;

const API = '/services/data/v67.0';
const VOICE = '/telephony/v1/voiceCalls';

const FIND = `// Digits only, because plus and minus are operators in a search. One query covers three kinds of records.
const { event, customer, trigger } = msg.payload;
if (event !== 'pop' || trigger !== 'delivered') return null;
if (!customer.e164) return [null, { pop: msg.payload, salesforce: msg.salesforce, payload: { searchRecords: [] } }];
const digits = (customer.national || customer.e164).replace(/\\D/g, '');
const fields = '(Id,Name,Phone LIMIT 5)';
const query = 'FIND {' + digits + '} IN PHONE FIELDS RETURNING Contact' + fields + ',Lead' + fields + ',Account' + fields;
return [{
  pop: msg.payload,
  salesforce: msg.salesforce,
  url: msg.salesforce + '${API}/search?q=' + encodeURIComponent(query),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// One match: open it. Several: the agent chooses. None: the agent may create one; the flow does not.
const { agent, customer, journey } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.searchRecords) || []).filter(({ Phone }) => last(Phone) === last(customer.e164));
const site = (msg.salesforce || '').replace('.my.salesforce.com', '.lightning.force.com');
const view = ({ attributes, Id }) => site + '/lightning/r/' + attributes.type + '/' + Id + '/view';
${WHO}
return [{
  topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
  payload: {
    agent: agent.id,
    caller: who,
    open: found.length === 1 ? view(found[0]) : undefined,
    choose: found.length > 1 ? found.map((each) => ({ name: each.Name, url: view(each) })) : undefined,
    create: found.length === 0 ? site + '/lightning/o/Contact/new' : undefined,
  },
},
// The person, for the task of the call.
found.length === 1 ? { journey, person: found[0].Id } : null];`;

/** Which agents have Salesforce Voice. */
const HAS_VOICE = `const voice = env.get('SALESFORCE_VOICE_AGENTS');
// Salesforce does not create voice calls for calls that agents dial: those become tasks.
const isDialed = msg.payload.event === 'segment' && [7, 8, 9].includes(msg.payload.call.type);
const hasVoice = voice !== '' && !isDialed && new RegExp(voice).test(msg.payload.agent ? msg.payload.agent.id : '');`;

const VOICE_CALL = `// Created when the phone rings, updated when the call is answered or its data changes, ended with the record of the segment.
if (!msg.payload.agent) return null;
${HAS_VOICE}
if (!hasVoice) return null;
const { event, trigger, key, time, agent, caller, customer, direction, dialed, fields, began, answered, ended, talkSeconds, holdSeconds, holds, unknown = [], wrapupData, recordings = [] } = msg.payload;
const users = JSON.parse(env.get('SALESFORCE_AGENTS') || '{}');
const iso = (ms) => new Date(ms).toISOString();
const numberOf = (who) => (who && (who.e164 || who.received)) || 'anonymous';
const number = numberOf(customer);
// A call that a colleague or a campaign has made. Salesforce accepts no “Outbound” here: this agent gets the call handed on.
const outgoing = direction === 'outbound';
// Fields of the record, as JSON in a string.
const attributes = (more) => JSON.stringify({ ...fields, ...more });
const send = (method, path, what, payload) => ({
  method, url: msg.voice + '${VOICE}' + path, payload, key: key + ' ' + what, call: key, voice: msg.voice, dialed,
});
// Only letters, digits and a few other characters are allowed in a path.
const vendorCallKey = key.replace(/[^A-Za-z0-9._-]/g, '_');
const at = '/' + vendorCallKey;
if (event === 'pop' && trigger === 'delivered') {
  return send('POST', '', 'create', {
    callCenterApiName: env.get('SALESFORCE_CENTER'),
    vendorCallKey,
    from: outgoing ? numberOf(caller) : number,
    to: outgoing ? number : dialed || 'unknown',
    initiationMethod: outgoing ? 'Transfer' : 'Inbound',
    startTime: time,
    participants: [{ participantKey: number, type: 'END_USER' }],
    callAttributes: attributes(),
  });
}
const user = users[agent.id] || agent.id + '@example.com';
if (event === 'pop') return send('PATCH', at, 'accept', { acceptTime: time, agent: user, isActiveCall: true });
if (event === 'update' && trigger === 'established') return send('PATCH', at, 'update ' + time, { ...(!outgoing && { fromNumber: number }), callAttributes: attributes(), isActiveCall: true });
if (event !== 'segment') return null;
const recording = recordings.find(({ reference }) => reference);
const location = recording && (env.get('RECORDING_URL') || '').replace('{reference}', encodeURIComponent(recording.reference));
// Salesforce expects whole seconds. Values that the session did not observe are omitted, not estimated. They are sent once, because a later change would overwrite them.
return send('PATCH', at, 'end', {
  ...(began !== undefined && { startTime: iso(began) }),
  ...(answered !== undefined && { acceptTime: iso(answered), agent: user }),
  endTime: ended === undefined ? time : iso(ended),
  isActiveCall: false,
  ...(talkSeconds !== undefined && { agentInteractionDuration: Math.round(talkSeconds) }),
  ...(holdSeconds !== undefined && { totalHoldDuration: Math.round(holdSeconds) }),
  ...(holds !== undefined && { numberOfHolds: holds }),
  ...(location && { recordingLocation: location }),
  callAttributes: attributes(wrapupData && { CallDisposition: wrapupData }),
});`;

const ROUTE = `// The call now has an ID: the Omni-Channel flow opens it on the agent's screen.
const { voiceCallId } = msg.payload || {};
const flowName = env.get('SALESFORCE_FLOW');
if (msg.method !== 'POST' || !voiceCallId || !flowName) return null;
return { method: 'PATCH', url: msg.voice + '${VOICE}/' + voiceCallId + '/omniFlow', key: msg.call + ' route', payload: { flowName, ...(msg.dialed && { dialedNumber: msg.dialed }) } };`;

const TASK = `${PERSON}
if (msg.payload.event !== 'segment') return null;
${HAS_VOICE}
if (hasVoice) return null;
const { key, journey, agent, direction, caller, ${CUSTOMER}, began, answered, talkSeconds, holdSeconds, reason, unknown, wrapupData, fields, recordings, time } = msg.payload;
${WHO}
const spoken = talkSeconds === undefined || holdSeconds === undefined ? undefined : talkSeconds + holdSeconds;
const outgoing = direction === 'outbound';
const recording = recordings.find(({ reference }) => reference);
const recordingUrl = recording && (env.get('RECORDING_URL') || '').replace('{reference}', encodeURIComponent(recording.reference));
const notes = ['Agent ' + (agent.name || agent.id), reason, ...Object.entries(fields).map(([name, value]) => name + ': ' + value), recordingUrl && 'Recording: ' + recordingUrl];
if (unknown.length > 0) notes.push('Not known: ' + unknown.join(', '));
return {
  // Only letters, digits and a few other characters are allowed in a path.
  url: msg.salesforce + '${API}/sobjects/Task/CTI_Key__c/' + key.replace(/[^A-Za-z0-9._-]/g, '_'),
  key: 'task ' + key,
  journey,
  payload: {
    Subject: ((outgoing ? 'Call to ' : 'Call from ') + who).slice(0, 255),
    Description: notes.filter(Boolean).join('\\n').slice(0, 32000),
    Status: 'Completed',
    Priority: 'Normal',
    ActivityDate: (began === undefined ? time : new Date(began).toISOString()).slice(0, 10),
    TaskSubtype: 'Call',
    CallType: direction === 'internal' ? 'Internal' : outgoing ? 'Outbound' : 'Inbound',
    CallObject: key.slice(0, 255),
    ...(spoken !== undefined && { CallDurationInSeconds: Math.round(spoken) }),
    CallDisposition: (wrapupData || (answered !== undefined || unknown.includes('answered') ? 'Answered' : 'Not answered')).slice(0, 255),
    // Contacts and leads are people (WhoId); an account is the subject of the call (WhatId).
    ...(person && { [person.startsWith('001') ? 'WhatId' : 'WhoId']: person }),
  },
};`;

const MOCK_SEARCH = `// There is one Ada; Bob's number belongs to a contact and a lead; other callers are unknown.
const query = new URL(msg.req.url, 'http://mock').searchParams.get('q') || '';
const digits = (query.match(/^FIND [{](\\d+)[}] IN PHONE FIELDS RETURNING /) || [])[1];
if (!digits) return answer(400, [{ errorCode: 'MALFORMED_SEARCH', message: 'No search term found: ' + query }]);
const last = Number(digits.slice(-1));
const record = (type, Id, Name) => ({ attributes: { type, url: '${API}/sobjects/' + type + '/' + Id }, Id, Name, Phone: digits });
const searchRecords = last < 4 ? [record('Contact', '003000000000101AAA', 'Ada Lovelace')] : last < 7 ? [record('Contact', '003000000000102AAA', 'Bob One'), record('Lead', '00Q000000000103AAA', 'Bob Two')] : [];
return answer(200, { searchRecords });`;

const MOCK_TASK = `// Checks fields, types and lengths. An upsert: one task for each external ID.
const text = (most) => (value) => typeof value === 'string' && value.length <= most;
const oneOf = (...words) => (value) => words.includes(value);
const id = (...prefixes) => (value) => text(18)(value) && value.length === 18 && prefixes.some((prefix) => value.startsWith(prefix));
const FIELDS = {
  Subject: text(255), Description: text(32000), Status: oneOf('Not Started', 'In Progress', 'Completed'), Priority: oneOf('High', 'Normal', 'Low'),
  ActivityDate: (value) => /^\\d{4}-\\d\\d-\\d\\d$/.test(value), TaskSubtype: oneOf('Task', 'Call', 'Email'), CallType: oneOf('Inbound', 'Outbound', 'Internal'),
  CallObject: text(255), CallDisposition: text(255), CallDurationInSeconds: (value) => Number.isInteger(value) && value >= 0, WhoId: id('003', '00Q'), WhatId: id('001', '006', '500'),
};
globalThis.tasks = globalThis.tasks || new Map();
const key = decodeURIComponent((msg.req.url.match(/[/]Task[/]CTI_Key__c[/]([^/?]+)$/) || [])[1] || '');
if (msg.req.method !== 'PATCH' || !key) return answer(404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
const body = JSON.parse(msg.payload);
const wrong = Object.keys(body).find((name) => !FIELDS[name] || !FIELDS[name](body[name]));
if (wrong) return answer(400, [{ errorCode: FIELDS[wrong] ? 'JSON_PARSER_ERROR' : 'INVALID_FIELD', message: 'Value or name of ' + wrong, fields: [wrong] }]);
const known = tasks.get(key);
const Id = known ? known.Id : '00T' + String(1e12 + turn).slice(1) + 'AAA';
tasks.set(key, { ...known, ...body, Id });
if (tasks.size > 500) tasks.delete(tasks.keys().next().value);
return answer(known ? 200 : 201, { id: Id, success: true, errors: [], created: !known });`;

const MOCK_VOICE = `// Create with all required fields, update by ID or key, route. A known key creates no new call.
globalThis.calls = globalThis.calls || new Map();
const invalid = (message) => answer(400, [{ errorCode: 'INVALID_INPUT', message }]);
if (!msg.req.headers['telephony-provider-name']) return invalid('Telephony-Provider-Name is missing');
const [, id, what] = decodeURIComponent(msg.req.url).match(/voiceCalls(?:[/]([^/]+))?(?:[/]([^/]+))?$/) || [];
const body = JSON.parse(msg.payload);
const date = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const whole = (value) => Number.isInteger(value) && value >= 0;
const text = (value) => typeof value === 'string' && value !== '';
const json = (value) => { try { return typeof JSON.parse(value) === 'object'; } catch (error) { return false; } };
const check = (fields, required = []) => [...required.filter((name) => !(name in body)), ...Object.keys(body).filter((name) => !fields[name] || !fields[name](body[name]))].join();
const find = () => calls.get(id) || [...calls.values()].find(({ voiceCallId }) => voiceCallId === id);
if (msg.req.method === 'POST' && !id) {
  const wrong = check({
    callCenterApiName: text, vendorCallKey: text, from: text, to: text, startTime: date, callAttributes: json, initiationMethod: (value) => ['Inbound', 'Transfer'].includes(value),
    participants: (value) => Array.isArray(value) && value.length > 0 && value.every((each) => text(each.participantKey) && each.type === 'END_USER'),
  }, ['callCenterApiName', 'vendorCallKey', 'from', 'to', 'initiationMethod', 'startTime', 'participants']);
  if (wrong) return invalid('Wrong or missing: ' + wrong);
  const call = calls.get(body.vendorCallKey) || { voiceCallId: '0LQ' + String(1e12 + turn).slice(1) + 'AAA', active: true };
  calls.set(body.vendorCallKey, { ...call, ...body });
  if (calls.size > 500) calls.delete(calls.keys().next().value);
  return answer(201, { voiceCallId: call.voiceCallId, errors: [] });
}
if (msg.req.method !== 'PATCH' || !id) return answer(404, [{ errorCode: 'NOT_FOUND', message: 'No such resource' }]);
if (what === 'omniFlow') {
  const wrong = check({ flowName: text, dialedNumber: text, fallbackQueue: text });
  if (wrong || !find()) return wrong ? invalid('Wrong: ' + wrong) : answer(404, [{ errorCode: 'NOT_FOUND', message: 'No such call' }]);
  return answer(200, { status: 'OK' });
}
const wrong = check({
  startTime: date, endTime: date, acceptTime: date, enqueueTime: date, agent: text, queue: text, fromNumber: text, recordingLocation: text, callAttributes: json, isActiveCall: (value) => typeof value === 'boolean',
  agentInteractionDuration: whole, totalHoldDuration: whole, longestHoldDuration: whole, numberOfHolds: whole, totalRecordingDuration: whole,
});
if (wrong) return invalid('Wrong: ' + wrong);
const known = find();
const key = known && known.vendorCallKey ? known.vendorCallKey : id;
calls.set(key, { voiceCallId: '0LQ' + String(1e12 + turn).slice(1) + 'AAA', vendorCallKey: key, ...known, ...body, active: body.isActiveCall === true });
return answer(200, { status: 'pending' });`;

export function salesforce(): Flow {
  const flow = new Flow(CATALOG.salesforce, DETAILS, {
    SALESFORCE_URL: '',
    SALESFORCE_VOICE_URL: '',
    SALESFORCE_VOICE_AGENTS: '[02468]$',
    SALESFORCE_CENTER: 'CTI_Center',
    SALESFORCE_PROVIDER: 'CTI',
    SALESFORCE_FLOW: 'Route_to_agent',
    SALESFORCE_AGENTS: '',
    RECORDING_URL: '',
  });
  const session = flow.session().id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], rules);
  const answered = flow.node('ctios-screen-pop', 'the agent answers', [0, 2], { ...rules, trigger: 'established' });
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 3], rules);
  const crm = standIn(flow, {
    product: 'Salesforce',
    addresses: { salesforce: 'SALESFORCE_URL', voice: 'SALESFORCE_VOICE_URL' },
    at: [1.2, 1.5],
    line: 8,
    endpoints: [
      { name: 'search', path: `${API}/search`, func: MOCK_SEARCH },
      {
        name: 'tasks',
        path: `${API}/sobjects/Task`,
        func: MOCK_TASK,
        busy: `[{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]`,
        busyStatus: 403,
        holds: '{ tasks: globalThis.tasks ? tasks.size : 0 }',
      },
      {
        name: 'voice calls',
        path: VOICE,
        func: MOCK_VOICE,
        busy: `[{ errorCode: 'TOO_MANY_REQUESTS', message: 'Calls per second exceeded.' }]`,
        holds:
          '{ voiceCalls: globalThis.calls ? calls.size : 0, ended: globalThis.calls ? [...calls.values()].filter(({ active }) => !active).length : 0 }',
      },
    ],
  });
  for (const source of [pop, answered, contact]) flow.wire(source, 0, crm);

  const webhook = (name: string, at: readonly [number, number], more: object) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
      key: 'key',
      firstDelay: 1,
      maxDelay: 300,
      ...more,
    });
  const soon = { ordering: 'key', maxDelay: 5, maxAge: 0.01 };
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('records', [3.4, 1], { method: 'GET', body: '', bodyType: 'str', ...soon });
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = showsPart(flow, 'to the agent', [5.6, 1], 'payload', 'topic');
  const task = flow.node('function', 'the task', [2.4, 2.5], { func: TASK, initialize: PERSON_START });
  const log = webhook('tasks', [3.4, 2.5], {
    method: 'PATCH',
    ordering: 'journey',
    retryOn: '403, 408, 425, 429, 500-599',
  });
  const written = showsPart(flow, 'Salesforce has the task', [4.5, 2.5], 'payload', 'statusCode');
  const lost = flow.node('debug', 'given up', [6.7, 3], { complete: 'error' });
  flow.wire(crm, 0, find, task);
  flow.chain(find, ask, show, page);
  flow.wire(find, 1, show);
  flow.wire(show, 1, task);
  flow.chain(task, log, written);
  flow.group('Screen pop, and tasks for agents without Salesforce Voice', TEAL, [
    flow.comment('1  An immediate screen pop; one completed task for each segment', [0.3, 0]),
    ...[pop, answered, contact, crm, find, ask, show, page, task, log, written, lost],
  ]);

  const provider = [{ key: 'Telephony-Provider-Name', value: 'SALESFORCE_PROVIDER', type: 'env' }];
  const call = flow.node('function', 'the voice call', [2.4, 6], { func: VOICE_CALL });
  const calls = webhook('voice calls', [3.4, 6], { method: '', ordering: 'call', headers: provider });
  const route = flow.node('function', 'its ID', [4.5, 6], { func: ROUTE });
  const open = webhook('open for the agent', [5.6, 6], { method: 'PATCH', headers: provider, ...soon });
  const opened = showsPart(flow, 'opened', [6.8, 6], 'delivery', 'statusCode');
  flow.wire(crm, 0, call);
  flow.chain(call, calls, route, open, opened);
  for (const node of [ask, log, calls, open]) flow.wire(node, 1, lost);
  flow.group('Voice calls for agents with Salesforce Voice', BLUE, [
    flow.comment(
      '2  Created when the phone rings, routed to the agent, updated at the answer, ended after wrap-up',
      [3, 5],
    ),
    ...[call, calls, route, open, opened],
  ]);
  return flow;
}
