/** Recipe 14: sends the CRM the calls that it is missing. */
import type { Flow } from '../../flow.js';
import { BLUE, shows, showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section, standIn } from '../parts.js';

const CALL = `const { key, agent, customer = {}, ended, talkSeconds, holdSeconds } = msg.payload;
// Times that were not observed are left out, not estimated.
const seconds = talkSeconds === undefined || holdSeconds === undefined ? undefined : Math.round(talkSeconds + holdSeconds);
return { url: msg.crm + '/calls', payload: { key, agent: agent.id, customer: customer.e164 || customer.received, ended, seconds } };`;

const PERIOD = `// In the night, yesterday; by the button, today so far. Calls of the last moments may not be searchable yet.
const midnight = new Date().setHours(0, 0, 0, 0);
const nightly = new Date().getHours() < 4;
const from = nightly ? new Date(midnight - 3600000).setHours(0, 0, 0, 0) : midnight;
const to = nightly ? midnight : Date.now() - Number(env.get('LAG_SECONDS')) * 1000;
return { payload: { from, to, limit: 10000 }, from, to, crm: msg.crm };`;

const ASK = `return { records: msg.payload, url: msg.crm + '/calls?from=' + msg.from + '&to=' + msg.to, crm: msg.crm };`;

const COMPARE = `if (msg.statusCode !== 200) return [null, { topic: 'The CRM answered ' + msg.statusCode }];
const seconds = new Map(msg.payload.calls.map((call) => [call.key, call.seconds]));
const missing = msg.records.filter((record) => !seconds.has(record.key));
const different = msg.records.filter((record) => {
  const known = seconds.get(record.key);
  const own = record.talkSeconds + record.holdSeconds;
  return known !== undefined && !Number.isNaN(own) && Math.abs(known - own) > 1;
});
const keysOf = (list) => list.map((record) => record.key);
return [
  missing.map((record) => ({ payload: record, crm: msg.crm })),
  { topic: missing.length + ' missing, ' + different.length + ' different', payload: { missing: keysOf(missing), different: keysOf(different) } },
];`;

const MOCK = `// Every third call that arrives is lost, although the answer says otherwise; a key that is there is overwritten.
globalThis.calls = globalThis.calls || new Map();
globalThis.arrived = globalThis.arrived || new Set();
if (msg.req.method === 'GET') return answer(200, { calls: [...calls.values()] });
const call = JSON.parse(msg.payload);
const again = arrived.has(call.key);
arrived.add(call.key);
if (again || arrived.size % 3 !== 0) calls.set(call.key, call);
return answer(201, { key: call.key });`;

export function reconciliation(): Flow {
  const flow = recipeFlow(COOKBOOK.reconciliation, { CRM_URL: '', LAG_SECONDS: '5' });
  const session = flow.session().id;
  const crm = standIn(flow, {
    ...{ name: 'CRM', setting: 'CRM_URL', property: 'crm', path: '/calls', func: MOCK, line: 11 },
  });
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, keep: 7 });
  const isRecord = flow.node('switch', 'record or question?', [0, 0], {
    property: 'topic',
    rules: [{ t: 'eq', v: 'segment', vt: 'str' }, { t: 'else' }],
    checkall: 'false',
    outputs: 2,
  });
  const call = flow.node('function', 'the call', [0, 0], { func: CALL });
  const post = flow.node('ctios-webhook', 'post', [0, 0], {
    ...{ firstDelay: 1, maxDelay: 300 },
  });
  const posted = showsPart(flow, 'in the CRM', [0, 0], 'sent', 'sent.key');
  const lost = flow.node('debug', 'given up', [0, 0], { complete: 'error' });
  flow.chain(contact, crm, isRecord, call, post, posted);
  flow.wire(post, 1, lost);
  row(1, [contact, crm, isRecord, call]);
  row(2, [post, posted], crm);
  row(3, [lost], post);
  section(flow, 'The calls', BLUE, 0, '1  Each record goes to the CRM when it is complete', [
    ...[contact, crm, isRecord, call, post, posted, lost],
  ]);

  const night = flow.node('inject', 'every night', [0, 0], { props: [], crontab: '00 01 * * *' });
  const now = flow.node('inject', 'now', [0, 0], { props: [], once: true, onceDelay: '60' });
  const period = flow.node('function', 'which period?', [0, 0], { func: PERIOD });
  const records = flow.node('ctios-query', 'records', [0, 0], {
    session,
    query: 'contacts',
    filter: [{ key: 'event', op: 'is', value: 'segment', type: 'str' }],
  });
  const ask = flow.node('function', 'the same period', [0, 0], { func: ASK });
  const request = flow.node('http request', 'calls of the CRM', [0, 0], { method: 'GET' });
  const compare = flow.node('function', 'compare', [0, 0], { func: COMPARE, outputs: 2 });
  const result = shows(flow, 'result', [0, 0], 'topic', 'msg');
  flow.wire(night, 0, crm);
  flow.wire(now, 0, crm);
  flow.wire(isRecord, 1, period);
  flow.chain(period, records, ask, request, compare);
  flow.wire(compare, 0, call);
  flow.wire(compare, 1, result);
  row(6, [night, period, records, ask]);
  row(7, [now]);
  row(7, [request, compare, result], period);
  const refused = refusals(flow, [records, request], 8);
  section(flow, 'The comparison', TEAL, 5, '2  What is missing is sent again', [
    ...[night, now, period, records, ask, request, compare, result, ...refused],
  ]);
  return flow;
}
