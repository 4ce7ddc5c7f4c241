/** Example 16: opens a ServiceNow interaction with a phone log for the agent, and closes it after the wrap-up. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { BLUE, TEAL, WHO } from '../parts.js';
import { standIn } from './stand-in.js';

const DETAILS = `* **Screen pop**: when the phone rings, the flow creates an interaction and assigns it to the agent; the workspace opens it. If exactly one person is found, the interaction gets that
  record as a related record. For several or none, the flow shows a list or the link to a new record. The flow creates no people; that is left to the agent.
* **Interaction record**: the contact record closes the interaction and adds times, wrap-up and recording. Calls that agents dial do not pop for them, so they have no interaction;
  a colleague who gets one has, with the direction “outbound”.
* **No duplicates**: ServiceNow has no idempotency key. Each interaction has a phone log with the key as its \`call_id\`. The flow looks for that log before it creates an interaction, and again when a
  response was lost. The node “create” makes only one attempt (*Give up after* 0). There can be two interactions only if
  Node-RED is killed while it is creating one.

A stand-in for ServiceNow is on this tab. It checks required fields and formats. Sometimes it responds with 429 and \`Retry-After\`, responds late, or drops the response after it has written. To use your
ServiceNow, set \`SERVICENOW_URL\` to \`https://INSTANCE.service-now.com\` (double-click the tab) and \`SERVICENOW_AGENTS\` to the sys_id of each agent's user, such as
\`{"1001": "a8f98bb0eb32010045e1a5115206fe3a"}\`. In the webhook nodes, select *User and password*, or *OAuth 2 client credentials* with the token URL \`https://INSTANCE.service-now.com/oauth_token.do\`.
The instance needs the plugin \`com.sn_openframe_store\`; the user needs the role \`sn_openframe_api_user\`, and read on \`sys_user\` and \`sn_openframe_phone_log\`. The interaction opens automatically if interaction
controls are enabled in the OpenFrame configuration and the agent is in its group. ServiceNow stores numbers as people typed them, so consider adding a normalized column. This example has been tested with the stand-in only.

Reference: https://www.servicenow.com/docs/r/api-reference/rest-apis/openframe-api.html`;

const TABLES = '/api/now/table';
const API = '/api/now/openframe/voice-interaction';

const FIND = `// ^ separates the terms of a query, so only digits and the plus sign go into it. Withheld numbers are not looked up.
const { event, customer } = msg.payload;
if (event !== 'pop') return null;
const more = { pop: msg.payload, servicenow: msg.servicenow };
if (!customer.e164) return [null, { ...more, payload: { result: [] } }];
const number = customer.e164.replace(/[^+\\d]/g, '');
const last = number.slice(-4);
const query = ['phone', 'mobile_phone'].flatMap((column) => [column + '=' + number, column + 'ENDSWITH' + last]).join('^OR');
return [{
  ...more,
  url: msg.servicenow + '${TABLES}/sys_user?sysparm_fields=sys_id,name,phone,mobile_phone&sysparm_limit=50&sysparm_query=' + encodeURIComponent(query),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// The query returns too many records; keep those with the same number. One match: relate it to the interaction. Several: the agent chooses. None: the agent may create one.
const { agent, customer } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.result) || []).filter(({ phone, mobile_phone }) => [phone, mobile_phone].some((text) => last(text) === last(customer.e164)));
const record = (id) => msg.servicenow + '/now/cwf/agent/record/sys_user/' + id;
${WHO}
const one = found.length === 1 ? found[0].sys_id : undefined;
return [
  { pop: msg.pop, servicenow: msg.servicenow, related: one },
  {
    topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
    payload: {
      agent: agent.id,
      caller: who,
      open: one && record(one),
      choose: found.length > 1 ? found.map(({ sys_id, name }) => ({ name, url: record(sys_id) })) : undefined,
      create: found.length === 0 ? record('-1') : undefined,
    },
  },
];`;

const LOOK = `// Look for an existing interaction. After a lost response, this decides whether to create one.
const { key } = msg.pop;
return {
  pop: msg.pop, servicenow: msg.servicenow, related: msg.related,
  url: msg.servicenow + '${TABLES}/sn_openframe_phone_log?sysparm_fields=sys_id,call_id,interaction&sysparm_limit=1&sysparm_query=' + encodeURIComponent('call_id=' + key),
  // Each look-up is a separate delivery.
  key: ['look', key, Date.now()].join(' '),
  call: key,
};`;

const CREATE = `// If the interaction exists, use its sys_id. Otherwise create it, with a single attempt.
const found = msg.payload && msg.payload.result && msg.payload.result[0];
const { key, time, agent, customer, direction, dialed, fields } = msg.pop;
if (found) return [null, { call: key, servicenow: msg.servicenow, sysId: found.interaction && (found.interaction.value || found.interaction) }];
${WHO}
// A colleague may get a call that an agent has dialed.
const outgoing = direction === 'outbound';
const users = JSON.parse(env.get('SERVICENOW_AGENTS') || '{}');
const user = users[agent.id] || agent.id;
const notes = Object.entries(fields).map(([name, value]) => name + ': ' + value);
return [{
  pop: msg.pop, servicenow: msg.servicenow, related: msg.related,
  url: msg.servicenow + '${API}',
  key: 'create ' + key,
  call: key,
  payload: {
    interaction: {
      userPhoneNumber: customer.e164 || customer.received || 'anonymous',
      clientSessionId: key,
      additionalParams: { direction: outgoing ? 'outbound' : 'inbound', assigned_to: user, short_description: [(outgoing ? 'Call to ' : 'Call from ') + who, ...notes].join(', ').slice(0, 160) },
    },
    interactionContext: { devicetype: 'Cisco', ...(dialed && { dialed }) },
    // The log belongs to the agent, not to the user of this flow.
    phoneLogs: [{ call_id: key, agent: user, start_time: time.slice(0, 19).replace('T', ' ') }],
    ...(msg.related && { relatedRecords: [{ documentTable: 'sys_user', documentId: msg.related }] }),
  },
}, null];`;

const CREATED = `// Status 200 alone does not mean success.
const { status, sysId } = (msg.payload && msg.payload.result) || {};
if (status !== 'SUCCESS') { node.error('ServiceNow has not created the interaction: ' + JSON.stringify(msg.payload), msg); return null; }
return { call: msg.call, servicenow: msg.servicenow, sysId };`;

const AGAIN = `// A refusal needs a person. After any other failure, such as a lost response, check first whether the interaction exists.
const { statusCode, error } = msg;
if (statusCode !== undefined && statusCode < 500 && statusCode !== 429 && statusCode !== 408) return [null, msg];
node.status({ fill: 'yellow', shape: 'ring', text: error.message.slice(0, 40) });
return [{ pop: msg.pop, servicenow: msg.servicenow, related: msg.related }, null];`;

const START = `// Interactions by the key of their call, and ends that arrived before the interaction was known. A context store may be asynchronous.
const kept = await new Promise((done) => flow.get('interactions', (error, value) => done(value || {})));
globalThis.known = new Map(kept.known || []);
globalThis.ended = new Map(kept.ended || []);`;

const END = `// Wait until both the interaction and its end are known, in either order.
const { payload } = msg;
let key = msg.call;
// Calls that the agent dialed have no interaction, because they do not pop.
if (payload && payload.event === 'segment' && [7, 8, 9].includes(payload.call.type)) return null;
if (msg.sysId) known.set(key, msg.sysId);
else if (payload && payload.event === 'segment') { key = payload.key; ended.set(key, payload); }
else return null;
for (const each of [known, ended]) if (each.size > 500) each.delete(each.keys().next().value);
const sysId = known.get(key);
const record = ended.get(key);
if (sysId && record) { known.delete(key); ended.delete(key); }
flow.set('interactions', { known: [...known], ended: [...ended] }, (error) => error && node.warn('Not kept: ' + error.message));
if (!sysId || !record) return null;
const { direction, ended: end, time, answered, talkSeconds, holdSeconds, reason, unknown, wrapupData, recordings } = record;
const taken = answered !== undefined || unknown.includes('answered');
const recording = recordings.find(({ reference }) => reference);
const recordingUrl = recording && (env.get('RECORDING_URL') || '').replace('{reference}', encodeURIComponent(recording.reference));
const seconds = (name, value) => value !== undefined && name + ' ' + Math.round(value) + ' s';
const notes = [wrapupData, reason, seconds('talked', talkSeconds), seconds('held', holdSeconds), recordingUrl && 'recording ' + recordingUrl, unknown.length > 0 && 'not known: ' + unknown.join(', ')];
return {
  url: msg.servicenow + '${API}/' + sysId,
  key: 'close ' + key,
  payload: {
    interaction: {
      additionalParams: {
        // It may have become known after the pop.
        direction: direction === 'outbound' ? 'outbound' : 'inbound',
        state: taken ? 'closed_complete' : 'closed_abandoned',
        closed_at: (end === undefined ? time : new Date(end).toISOString()).slice(0, 19).replace('T', ' '),
        work_notes: notes.filter(Boolean).join(', '),
      },
    },
  },
};`;

const MOCK_TABLES = `// There is one Ada; Bob's number belongs to two people. Numbers are written as people write them.
const query = new URL(msg.req.url, 'http://mock').searchParams.get('sysparm_query') || '';
if (msg.req.method !== 'GET') return answer(400, { error: { message: 'Bad request', detail: null }, status: 'failure' });
const number = (query.match(/^phone=([+]\\d+)/) || [])[1] || '';
const last = Number(number.slice(-1));
const user = (sys_id, name) => ({ sys_id, name, phone: number.replace(/^[+]1(\\d{3})(\\d{3})/, '+1 $1 $2 '), mobile_phone: '' });
const users = last < 4 ? [user('62826bf03710200044e0bfc8bcbe5d01', 'Ada Lovelace')] : last < 7 ? [user('62826bf03710200044e0bfc8bcbe5d02', 'Bob One'), user('62826bf03710200044e0bfc8bcbe5d03', 'Bob Two')] : [];
return answer(200, { result: number ? users : [] });`;

const MOCK_INTERACTIONS = `// Checks required fields, formats and sys_ids. Two creates make two interactions, because there is no idempotency key.
globalThis.interactions = globalThis.interactions || new Map();
const failed = (message) => answer(400, { error: { message, detail: null }, status: 'failure' });
const url = new URL(msg.req.url, 'http://mock');
if (url.pathname.endsWith('/sn_openframe_phone_log')) {
  const key = (url.searchParams.get('sysparm_query') || '').replace('call_id=', '');
  const [sysId, found] = [...interactions].find(([, each]) => each.log.call_id === key) || [];
  return answer(200, { result: found ? [{ sys_id: 'log' + sysId, call_id: key, interaction: { value: sysId } }] : [] });
}
const id = (url.pathname.match(/voice-interaction[/]([^/]+)$/) || [])[1];
const body = JSON.parse(msg.payload);
const text = (value) => typeof value === 'string' && value !== '';
const date = (value) => /^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$/.test(value);
const map = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const INTERACTION = { userPhoneNumber: text, callbackPhoneNumber: text, clientSessionId: text, inboundId: text, additionalParams: map };
const BODY = {
  interaction: (value) => map(value) && Object.keys(value).every((name) => INTERACTION[name] && INTERACTION[name](value[name])),
  interactionContext: (value) => map(value) && Object.values(value).every(text),
  phoneLogs: (value) => Array.isArray(value) && value.every((each) => text(each.call_id) && text(each.agent) && date(each.start_time)),
  relatedRecords: (value) => Array.isArray(value) && value.every((each) => text(each.documentTable) && /^[0-9a-f]{32}$/.test(each.documentId)),
};
const wrong = Object.keys(body).find((name) => !BODY[name] || !BODY[name](body[name]));
if (wrong || !body.interaction) return failed('Wrong or missing: ' + (wrong || 'interaction'));
if (msg.req.method === 'POST' && !id) {
  if (!body.interaction.userPhoneNumber || !body.phoneLogs) return failed('userPhoneNumber is required');
  const sysId = crypto.createHash('md5').update(body.interaction.clientSessionId + turn).digest('hex');
  interactions.set(sysId, { ...body.interaction.additionalParams, log: body.phoneLogs[0] });
  if (interactions.size > 500) interactions.delete(interactions.keys().next().value);
  return answer(200, { result: { status: 'SUCCESS', sysId, number: 'IMS' + String(1e7 + turn).slice(1) } });
}
if (msg.req.method !== 'PATCH' || !interactions.has(id)) return answer(200, { result: { status: 'FAILURE' } });
interactions.set(id, { ...interactions.get(id), ...body.interaction.additionalParams });
return answer(200, { result: { status: 'SUCCESS' } });`;

const BUSY = `{ error: { message: 'Rate limit exceeded', detail: null }, status: 'failure' }`;
const HOLDS = `{ interactions: globalThis.interactions ? interactions.size : 0, closed: globalThis.interactions ? [...interactions.values()].filter(({ state }) => state).length : 0, doubled: globalThis.interactions ? interactions.size - new Set([...interactions.values()].map(({ log }) => log.call_id)).size : 0 }`;

export function serviceNow(): Flow {
  const flow = new Flow(CATALOG.serviceNow, DETAILS, {
    SERVICENOW_URL: '',
    SERVICENOW_AGENTS: '',
    RECORDING_URL: '',
  });
  const session = flow.session().id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1], rules);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], rules);
  const crm = standIn(flow, {
    product: 'ServiceNow',
    addresses: { servicenow: 'SERVICENOW_URL' },
    at: [1.2, 1.5],
    line: 9,
    endpoints: [
      { name: 'people', path: `${TABLES}/sys_user`, func: MOCK_TABLES },
      {
        name: 'interactions',
        path: '/api/now/',
        func: MOCK_INTERACTIONS,
        busy: BUSY,
        holds: HOLDS,
        libs: [{ var: 'crypto', module: 'crypto' }],
      },
    ],
  });
  for (const source of [pop, contact]) flow.wire(source, 0, crm);

  const webhook = (name: string, at: readonly [number, number], method: string, more: object) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
      method,
      ...(method === 'GET' ? { body: '', bodyType: 'str' } : {}),
      key: 'key',
      ordering: 'key',
      firstDelay: 1,
      maxDelay: 300,
      ...more,
    });
  const shown = (name: string, at: readonly [number, number], complete: string, statusVal: string) =>
    flow.node('debug', name, at, { complete, tostatus: true, statusVal, statusType: 'msg' });
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('people', [3.4, 1], 'GET', { maxDelay: 5, maxAge: 0.01 });
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = shown('to the agent', [5.6, 1], 'payload', 'topic');
  const end = flow.node('function', 'the end', [2.4, 2.8], { func: END, initialize: START });
  const close = webhook('close', [3.4, 2.8], 'PATCH', {});
  const done = shown('closed', [4.5, 2.8], 'payload', 'statusCode');
  const lost = flow.node('debug', 'given up', [6.8, 2.4], { complete: 'error' });
  flow.wire(crm, 0, find, end);
  flow.chain(find, ask, show);
  flow.wire(find, 1, show);
  flow.wire(show, 1, page);
  flow.chain(end, close, done);
  flow.group('Caller, and end of the contact', TEAL, [
    flow.comment('1  The interaction opens for the agent, and is closed after the wrap-up', [0.6, 0]),
    ...[pop, contact, crm, find, ask, show, page, end, close, done, lost],
  ]);

  const look = flow.node('function', 'its phone log', [1.2, 5.5], { func: LOOK });
  const looking = webhook('does it exist?', [2.3, 5.5], 'GET', {});
  const create = flow.node('function', 'the interaction', [3.4, 5.5], { func: CREATE, outputs: 2 });
  const creating = webhook('create', [4.5, 5.5], 'POST', { maxAge: 0 });
  const created = flow.node('function', 'its sys_id', [5.6, 5.5], { func: CREATED });
  const popped = shown('ServiceNow has it', [6.8, 5], 'sysId', 'call');
  const again = flow.node('function', 'retry?', [4.5, 6.5], { func: AGAIN, outputs: 2 });
  flow.wire(show, 0, look);
  flow.chain(look, looking, create, creating, created, popped);
  flow.wire(create, 1, end);
  flow.wire(created, 0, end);
  flow.wire(creating, 1, again);
  flow.wire(again, 0, look);
  flow.wire(again, 1, lost);
  for (const node of [ask, close, looking]) flow.wire(node, 1, lost);
  flow.group('Exactly one interaction', BLUE, [
    flow.comment('2  Look up, create once, and look up again if the response was lost', [1.7, 4.5]),
    ...[look, looking, create, creating, created, popped, again],
  ]);
  return flow;
}
