/** Example 13: looks up callers in Dynamics 365, and logs each segment as one phone call activity. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { CUSTOMER, PERSON, PERSON_START, showsPart, TEAL, WHO } from '../parts.js';
import { standIn } from './stand-in.js';

const DETAILS = `* **Screen pop**: the flow looks up contacts by the number. For one match, it shows the link to the contact's form; for several, a list; for none, or a withheld
  number, the link to a new form. The flow creates no contacts; that is left to the agent.
* **Call log**: each segment of the *contact record* becomes one phone call activity, with an ID derived from the record's key, so that a repeated delivery
  writes the same row. The activity is closed last, because closed activities are read-only. Calls that agents dial do not pop: they are logged with the
  number of the customer, without a contact.

A stand-in for Dataverse is on this tab. Like Dataverse, it checks columns, types and lengths, and refuses changes to closed rows. Sometimes it responds with 429 and
\`Retry-After\`, responds late, or drops the response after it has written. To use your Dynamics 365, set \`DYNAMICS_URL\` to \`https://ORG.crm.dynamics.com\` (double-click
the tab) and select *OAuth 2 client credentials* in the three webhook nodes: token URL
\`https://login.microsoftonline.com/TENANT/oauth2/v2.0/token\`, scope \`https://ORG.crm.dynamics.com/.default\`. The app must be an application user with a
security role: read on contact; create, write, append on phone call; append to on contact. Dataverse stores durations in whole minutes; the flow rounds up. This
example has been tested with the stand-in only.

Reference: https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/phonecall`;

const API = '/api/data/v9.2';

const FIND = `// Contacts contain numbers as people typed them; the numbers in the response are compared digit by digit in the next node.
const { event, customer } = msg.payload;
if (event !== 'pop') return null;
if (!customer.e164) return [null, { pop: msg.payload, dynamics: msg.dynamics, payload: { value: [] } }];
// Only digits and the plus sign go into the filter.
const number = customer.e164.replace(/[^+\\d]/g, '');
const national = (customer.national || '').replace(/'/g, '');
const either = ['telephone1', 'mobilephone'].flatMap((column) => [number, national].map((value) => column + " eq '" + value + "'"));
return [{
  pop: msg.payload,
  dynamics: msg.dynamics,
  url: msg.dynamics + '${API}/contacts?$select=contactid,fullname,telephone1,mobilephone&$top=5&$filter=' + encodeURIComponent(either.join(' or ')),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// One match: open it. Several: the agent chooses. None: the agent may create one; the flow does not.
const { agent, customer, journey } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.value) || []).filter(({ telephone1, mobilephone }) => [telephone1, mobilephone].some((text) => last(text) === last(customer.e164)));
const form = (id) => (msg.dynamics || '') + '/main.aspx?pagetype=entityrecord&etn=contact' + (id ? '&id=' + id : '');
${WHO}
return [{
  topic: ['none', 'one', 'several'][Math.min(found.length, 2)],
  payload: {
    agent: agent.id,
    caller: who,
    open: found.length === 1 ? form(found[0].contactid) : undefined,
    choose: found.length > 1 ? found.map(({ contactid, fullname }) => ({ name: fullname, url: form(contactid) })) : undefined,
    create: found.length === 0 ? form() : undefined,
  },
},
// The person, for the record of the call that follows.
found.length === 1 ? { journey, person: found[0].contactid } : null];`;

const RECORD = `${PERSON}
if (msg.payload.event !== 'segment') return null;
const { key, journey, agent, direction, caller, ${CUSTOMER}, began, answered, ended, talkSeconds, holdSeconds, reason, wrapupData, unknown, fields } = msg.payload;
${WHO}
// A name-based UUID (version 5) of the key: a record goes to the same row, however often it is sent.
const hash = crypto.createHash('sha1').update(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')).update('ctios:' + key).digest();
hash[6] = (hash[6] & 0x0f) | 0x50;
hash[8] = (hash[8] & 0x3f) | 0x80;
const id = hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const incoming = direction !== 'outbound';
const spoken = talkSeconds === undefined || holdSeconds === undefined ? undefined : talkSeconds + holdSeconds;
const notes = ['Agent ' + (agent.name || agent.id), reason, wrapupData, ...Object.entries(fields).map(([name, value]) => name + ': ' + value)];
if (unknown.length > 0) notes.push('Not known: ' + unknown.join(', '));
return {
  dynamics: msg.dynamics,
  url: msg.dynamics + '${API}/phonecalls(' + id + ')',
  row: id,
  answered: answered !== undefined || unknown.includes('answered'),
  incoming,
  key: 'log ' + key,
  journey,
  payload: {
    subject: ((incoming ? 'Call from ' : 'Call to ') + who).slice(0, 200),
    description: notes.filter(Boolean).join('\\n').slice(0, 2000),
    phonenumber: (customer.e164 || customer.received || '').slice(0, 200),
    directioncode: !incoming,
    ...(spoken !== undefined && { actualdurationminutes: Math.ceil(spoken / 60) }),
    ...(began !== undefined && { actualstart: new Date(began).toISOString() }),
    ...(ended !== undefined && { actualend: new Date(ended).toISOString() }),
    ...(person && {
      'regardingobjectid_contact_phonecall@odata.bind': '/contacts(' + person + ')',
      phonecall_activity_parties: [{ 'partyid_contact@odata.bind': '/contacts(' + person + ')', participationtypemask: incoming ? 1 : 2 }],
    }),
  },
};`;

const CLOSE = `// State and status must be set together: 2 made, 4 received, 3 canceled (not answered).
const { answered, incoming, url, key, journey, row, dynamics } = msg;
const status = incoming ? 4 : 2;
return { url, row, dynamics, journey, key: key.replace('log', 'close'), payload: answered ? { statecode: 1, statuscode: status } : { statecode: 2, statuscode: 3 } };`;

const MOCK_CONTACTS = `// There is one Ada; Bob's number belongs to two contacts; other callers are unknown.
const filter = decodeURIComponent(msg.req.url.split('$filter=')[1] || '');
const number = (filter.match(/eq '(\\+\\d+)'/) || [])[1];
if (msg.req.method !== 'GET' || !number) return answer(400, { error: { code: '0x80060888', message: 'The filter cannot be read: ' + filter } });
const last = Number(number.slice(-1));
const contact = (n, fullname) => ({ contactid: '00000000-0000-0000-0000-00000000010' + n, fullname, telephone1: number, mobilephone: null });
return answer(200, { value: last < 4 ? [contact(1, 'Ada Lovelace')] : last < 7 ? [contact(2, 'Bob One'), contact(3, 'Bob Two')] : [] });`;

const MOCK_CALLS = `// The checks of Dataverse: columns, types, lengths, closed rows.
const text = (most) => (value) => typeof value === 'string' && value.length <= most;
const date = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const COLUMNS = {
  subject: text(200), description: text(2000), phonenumber: text(200), directioncode: (value) => typeof value === 'boolean',
  actualdurationminutes: (value) => Number.isInteger(value) && value >= 0, actualstart: date, actualend: date,
  statecode: Number.isInteger, statuscode: Number.isInteger,
  'regardingobjectid_contact_phonecall@odata.bind': text(100),
  phonecall_activity_parties: (value) => Array.isArray(value) && value.every((party) => [1, 2].includes(party.participationtypemask)),
};
globalThis.rows = globalThis.rows || new Map();
const refuse = (statusCode, code, message) => answer(statusCode, { error: { code, message } });
const id = (msg.req.url.match(/phonecalls\\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\)/) || [])[1];
if (!id) return refuse(400, '0x80060888', 'The key is not a GUID.');
const row = rows.get(id);
if (msg.req.method === 'GET') return row ? answer(200, { statecode: row.statecode, statuscode: row.statuscode }) : refuse(404, '0x80040217', 'phonecall With Id = ' + id + ' Does Not Exist');
const body = JSON.parse(msg.payload);
const wrong = Object.entries(body).find(([name, value]) => !COLUMNS[name] || !COLUMNS[name](value));
if (msg.req.method !== 'PATCH' || wrong) return refuse(400, '0x80048d19', 'Error identified in Payload: ' + (wrong ? wrong[0] : msg.req.method));
if (!row && 'statecode' in body) return refuse(400, '0x80040203', 'statecode is not valid on create');
if (row && row.statecode !== 0) return refuse(400, '0x80040265', 'The activity is closed and read-only.');
rows.set(id, { statecode: 0, statuscode: 1, ...row, ...body });
if (rows.size > 500) rows.delete(rows.keys().next().value);
return answer(204, undefined);`;

const CHECK = `// If closing was refused because the row is already closed, an earlier attempt succeeded and its response was lost.
if (!String(msg.key).startsWith('close') || msg.statusCode !== 400) return [null, msg];
return [{ url: msg.url + '?$select=statecode,statuscode', key: 'check ' + msg.key, refused: { key: msg.key } }, null];`;

const CLOSED = `// State 0 is open.
return msg.payload && msg.payload.statecode > 0 ? [msg, null] : [null, msg];`;

const BUSY = `{ error: { code: '0x80072322', message: 'Number of requests exceeded the limit of 6000.' } }`;
const HOLDS =
  '{ calls: globalThis.rows ? rows.size : 0, closed: globalThis.rows ? [...rows.values()].filter(({ statecode }) => statecode !== 0).length : 0 }';

export function dynamics(): Flow {
  const flow = new Flow(CATALOG.dynamics, DETAILS, { DYNAMICS_URL: '' });
  const session = flow.session().id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], rules);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], rules);
  const crm = standIn(flow, {
    product: 'Dynamics',
    addresses: { dynamics: 'DYNAMICS_URL' },
    at: [1.2, 1.5],
    line: 6,
    endpoints: [
      { name: 'contacts', path: `${API}/contacts`, func: MOCK_CONTACTS },
      { name: 'phone calls', path: `${API}/phonecalls`, func: MOCK_CALLS, busy: BUSY, holds: HOLDS },
    ],
  });
  flow.wire(pop, 0, crm);
  flow.wire(contact, 0, crm);

  const webhook = (name: string, at: readonly [number, number], method: string) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
      method,
      body: method === 'GET' ? '' : 'payload',
      bodyType: method === 'GET' ? 'str' : 'msg',
      key: 'key',
      // Look-ups do not wait for one another.
      ordering: method === 'GET' ? 'key' : 'journey',
      firstDelay: 1,
      maxDelay: 300,
      maxAge: method === 'GET' ? 1 : 72,
    });
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('contacts', [3.4, 1], 'GET');
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = showsPart(flow, 'to the agent', [5.6, 1], 'payload', 'topic');
  const record = flow.node('function', 'the phone call', [2.4, 2.5], {
    func: RECORD,
    initialize: PERSON_START,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const log = webhook('write', [3.4, 2.5], 'PATCH');
  const close = flow.node('function', 'close it', [4.5, 2.5], { func: CLOSE });
  const closing = webhook('close', [5.6, 2.5], 'PATCH');
  const done = showsPart(flow, 'Dynamics response', [6.7, 2], 'delivery', 'statusCode');
  const check = flow.node('function', 'refused?', [3.4, 4], { func: CHECK, outputs: 2 });
  const look = webhook('read the row', [4.5, 4], 'GET');
  const closed = flow.node('function', 'closed already?', [5.6, 4], { func: CLOSED, outputs: 2 });
  const lost = flow.node('debug', 'given up', [6.7, 4.5], { complete: 'error' });
  flow.wire(crm, 0, find, record);
  flow.chain(find, ask, show, page);
  flow.wire(find, 1, show);
  flow.wire(ask, 1, lost);
  flow.wire(show, 1, record);
  flow.chain(record, log, close, closing, done);
  flow.wire(log, 1, lost);
  flow.wire(closing, 1, check);
  flow.wire(check, 0, look);
  flow.wire(check, 1, lost);
  flow.wire(look, 0, closed);
  flow.wire(look, 1, lost);
  flow.wire(closed, 0, done);
  flow.wire(closed, 1, lost);
  flow.group('Screen pop and call log', TEAL, [
    flow.comment('1  An immediate screen pop, and one activity for each segment', [0.5, 0]),
    ...[pop, contact, crm, find, ask, show, page, record, log, close, closing, done, check, look, closed, lost],
  ]);

  return flow;
}
