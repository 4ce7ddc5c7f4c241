/** Example 13: calls in Dynamics 365: the caller is looked up, and each segment becomes one phone call activity. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { mockServer } from './mock-server.js';
import { GREY, TEAL, WHO } from './parts.js';

const DETAILS = `* **Pop**: contacts are looked up by the number. One match: the link of its form. Several: the list. None, or a withheld number: the
  link of a new form. Nothing is created without the agent.
* **Call log**: each segment of the *contact record* becomes one phone call activity, under an ID made of the record's key, so a repeated delivery
  writes the same row. It is closed last, because a closed activity is read-only.

The stand-in for Dataverse is on this tab. It checks columns, types and lengths as Dataverse does, answers 429 with \`Retry-After\`, loses answers
after it has written, and refuses changes of closed rows. For the real one set \`DYNAMICS_URL\` to \`https://ORG.crm.dynamics.com\` (double-click
the tab) and choose *OAuth 2 client credentials* in the three webhook nodes: token URL
\`https://login.microsoftonline.com/TENANT/oauth2/v2.0/token\`, scope \`https://ORG.crm.dynamics.com/.default\`. The app must be an application user with a
security role: read on contact; create, write, append on phone call; append to on contact. Durations are whole minutes there, rounded up. Tried against the
stand-in only.

Reference: https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/phonecall`;

const API = '/api/data/v9.2';

const FIND = `// Contacts hold what people typed; the numbers of the answer are compared digit by digit below.
const { event, caller } = msg.payload;
if (event !== 'pop') return null;
if (!caller.e164) return [null, { pop: msg.payload, payload: { value: [] } }];
// Only digits and the plus sign come into the filter.
const number = caller.e164.replace(/[^+\\d]/g, '');
const national = (caller.national || '').replace(/'/g, '');
const either = ['telephone1', 'mobilephone'].flatMap((column) => [number, national].map((value) => column + " eq '" + value + "'"));
return [{
  pop: msg.payload,
  dynamics: msg.dynamics,
  url: msg.dynamics + '${API}/contacts?$select=contactid,fullname,telephone1,mobilephone&$top=5&$filter=' + encodeURIComponent(either.join(' or ')),
  key: 'find ' + msg.payload.key,
}, null];`;

const SHOW = `// One: open it. Several: the agent chooses. None: the agent may create one; the flow does not.
const { agent, caller, journey } = msg.pop;
const last = (text) => String(text || '').replace(/\\D/g, '').slice(-10);
const found = ((msg.payload && msg.payload.value) || []).filter(({ telephone1, mobilephone }) => [telephone1, mobilephone].some((text) => last(text) === last(caller.e164)));
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
// Who it is, for the record of the call that follows.
found.length === 1 ? { journey, contact: found[0].contactid } : null];`;

const START = `// The contacts of the last journeys, kept for records that come after a restart. A context store may answer later.
globalThis.contacts = new Map(await new Promise((kept) => flow.get('contacts', (error, value) => kept(value || []))));`;

const RECORD = `// Whom a journey belongs to is known from the pop.
if (msg.contact) {
  contacts.set(msg.journey, msg.contact);
  if (contacts.size > 500) contacts.delete(contacts.keys().next().value);
  flow.set('contacts', [...contacts], (error) => error && node.warn('Not kept: ' + error.message));
  return null;
}
if (msg.payload.event !== 'segment') return null;
const { key, journey, agent, caller, direction, began, answered, ended, talkSeconds, holdSeconds, reason, wrapupData, unknown, fields } = msg.payload;
${WHO}
// A name-based UUID (version 5) of the key: the same record has the same row, however often it is sent.
const hash = crypto.createHash('sha1').update(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')).update('ctios:' + key).digest();
hash[6] = (hash[6] & 0x0f) | 0x50;
hash[8] = (hash[8] & 0x3f) | 0x80;
const id = hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const contact = contacts.get(journey);
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
    phonenumber: (caller.e164 || caller.received).slice(0, 200),
    directioncode: !incoming,
    ...(spoken !== undefined && { actualdurationminutes: Math.ceil(spoken / 60) }),
    ...(began !== undefined && { actualstart: new Date(began).toISOString() }),
    ...(ended !== undefined && { actualend: new Date(ended).toISOString() }),
    ...(contact && {
      'regardingobjectid_contact_phonecall@odata.bind': '/contacts(' + contact + ')',
      phonecall_activity_parties: [{ 'partyid_contact@odata.bind': '/contacts(' + contact + ')', participationtypemask: incoming ? 1 : 2 }],
    }),
  },
};`;

const CLOSE = `// State and status together: 2 made, 4 received, 3 canceled (nobody answered).
const { answered, incoming, url, key, journey, row, dynamics } = msg;
const status = incoming ? 4 : 2;
return { url, row, dynamics, journey, key: key.replace('log', 'close'), payload: answered ? { statecode: 1, statuscode: status } : { statecode: 2, statuscode: 3 } };`;

const MOCK_CONTACTS = `// Ada is there once, Bob's number belongs to two, most callers are not known.
const filter = decodeURIComponent(msg.req.url.split('$filter=')[1] || '');
const number = (filter.match(/eq '(\\+\\d+)'/) || [])[1];
const answer = (statusCode, payload) => ({ ...msg, statusCode, payload });
if (msg.req.method !== 'GET' || !number) return answer(400, { error: { code: '0x80060888', message: 'The filter cannot be read: ' + filter } });
const last = Number(number.slice(-1));
const person = (n, fullname) => ({ contactid: '00000000-0000-0000-0000-00000000010' + n, fullname, telephone1: number, mobilephone: null });
return answer(200, { value: last < 4 ? [person(1, 'Ada Lovelace')] : last < 7 ? [person(2, 'Bob One'), person(3, 'Bob Two')] : [] });`;

const MOCK_CALLS = `// What Dataverse checks: columns, types, lengths, rows that are closed. And what it does on a bad day.
const text = (most) => (value) => typeof value === 'string' && value.length <= most;
const date = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const COLUMNS = {
  subject: text(200), description: text(2000), phonenumber: text(200), directioncode: (value) => typeof value === 'boolean',
  actualdurationminutes: (value) => Number.isInteger(value) && value >= 0, actualstart: date, actualend: date,
  statecode: Number.isInteger, statuscode: Number.isInteger,
  'regardingobjectid_contact_phonecall@odata.bind': text(100),
  phonecall_activity_parties: (value) => Array.isArray(value) && value.every((party) => [1, 2].includes(party.participationtypemask)),
};
globalThis.turn = (globalThis.turn || 0) + 1;
globalThis.rows = globalThis.rows || new Map();
// Asked from time to time: how many activities there are.
if (!msg.req) return [null, { payload: { calls: rows.size, closed: [...rows.values()].filter(({ statecode }) => statecode !== 0).length } }];
const answer = (statusCode, payload, headers = {}) => [{ ...msg, statusCode, payload, headers }, null];
const refuse = (statusCode, code, message) => answer(statusCode, { error: { code, message } });
const id = (msg.req.url.match(/phonecalls\\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\)/) || [])[1];
if (!id) return refuse(400, '0x80060888', 'The key is no GUID.');
const row = rows.get(id);
if (turn % 7 === 3) return answer(429, { error: { code: '0x80072322', message: 'Number of requests exceeded the limit of 6000.' } }, { 'retry-after': '1' });
if (msg.req.method === 'GET') return row ? answer(200, { statecode: row.statecode, statuscode: row.statuscode }) : refuse(404, '0x80040217', 'phonecall With Id = ' + id + ' Does Not Exist');
const body = JSON.parse(msg.payload);
const wrong = Object.entries(body).find(([name, value]) => !COLUMNS[name] || !COLUMNS[name](value));
if (msg.req.method !== 'PATCH' || wrong) return refuse(400, '0x80048d19', 'Error identified in Payload: ' + (wrong ? wrong[0] : msg.req.method));
if (!row && 'statecode' in body) return refuse(400, '0x80040203', 'statecode is not valid on create');
if (row && row.statecode !== 0) return refuse(400, '0x80040265', 'The activity is closed and read-only.');
rows.set(id, { statecode: 0, statuscode: 1, ...row, ...body });
if (rows.size > 500) rows.delete(rows.keys().next().value);
// Written, and the answer is lost: it comes again, and must not be a second row.
if (turn % 7 === 5) { msg.req.socket.destroy(); return null; }
return answer(204, undefined);`;

const CHECK = `// Refused because it is closed: by this delivery, whose answer was lost? Then all is well.
if (!String(msg.key).startsWith('close') || msg.statusCode !== 400) return [null, msg];
return [{ url: msg.url + '?$select=statecode,statuscode', key: 'check ' + msg.key, refused: { key: msg.key } }, null];`;

const CLOSED = `// 0 is open.
return msg.payload && msg.payload.statecode > 0 ? [msg, null] : [null, msg];`;

export function dynamics(): Flow {
  const flow = new Flow(CATALOG.dynamics, DETAILS, { DYNAMICS_URL: '' });
  const session = flow.config('ctios-session', '', { seed: 13 }).id;
  const rules = { session, region: 'US' };
  const pop = flow.node('ctios-screen-pop', 'a call reaches an agent', [0, 1.5], rules);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 2.8], rules);
  const routes = [`${API}/contacts`, `${API}/phonecalls`];
  const crm = mockServer(
    flow,
    'the address of Dynamics',
    [1.2, 1.5],
    [4.7, 7.5],
    { dynamics: ['DYNAMICS_URL', ''] },
    routes,
  );
  flow.wire(pop, 0, crm.addresses);
  flow.wire(contact, 0, crm.addresses);

  const webhook = (name: string, at: readonly [number, number], method: string) =>
    flow.node('ctios-webhook', name, at, {
      url: 'url',
      urlType: 'msg',
      method,
      body: method === 'GET' ? '' : 'payload',
      bodyType: method === 'GET' ? 'str' : 'msg',
      key: 'key',
      // A look-up waits for none before it.
      ordering: method === 'GET' ? 'key' : 'journey',
      firstDelay: 1,
      maxDelay: 300,
      maxAge: method === 'GET' ? 1 : 72,
    });
  const find = flow.node('function', 'by number', [2.4, 1], { func: FIND, outputs: 2 });
  const ask = webhook('contacts', [3.4, 1], 'GET');
  const show = flow.node('function', 'none, one, several', [4.5, 1], { func: SHOW, outputs: 2 });
  const page = flow.node('debug', 'to the agent', [5.6, 1], {
    complete: 'payload',
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  const record = flow.node('function', 'the phone call', [2.4, 2.5], {
    func: RECORD,
    initialize: START,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const log = webhook('write', [3.4, 2.5], 'PATCH');
  const close = flow.node('function', 'close it', [4.5, 2.5], { func: CLOSE });
  const closing = webhook('close', [5.6, 2.5], 'PATCH');
  const done = flow.node('debug', 'Dynamics says', [6.7, 2], {
    complete: 'delivery',
    tostatus: true,
    statusVal: 'statusCode',
    statusType: 'msg',
  });
  const check = flow.node('function', 'refused?', [3.4, 4], { func: CHECK, outputs: 2 });
  const look = webhook('read the row', [4.5, 4], 'GET');
  const closed = flow.node('function', 'closed already?', [5.6, 4], { func: CLOSED, outputs: 2 });
  const lost = flow.node('debug', 'given up', [6.7, 4.5], { complete: 'error' });
  flow.wire(crm.addresses, 0, find, record);
  flow.chain(find, ask, show, page);
  flow.wire(find, 1, show);
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
  flow.group('Pop and call log', TEAL, [
    flow.comment('1  A pop at once, and one activity for each segment, closed last', [0.5, 0]),
    ...[
      pop,
      contact,
      crm.addresses,
      find,
      ask,
      show,
      page,
      record,
      log,
      close,
      closing,
      done,
      check,
      look,
      closed,
      lost,
    ],
  ]);

  const answers = [MOCK_CONTACTS, MOCK_CALLS].map((func, index) => {
    const outputs = func === MOCK_CALLS ? 2 : 1;
    const name = ['contacts', 'phone calls'][index]!;
    const work = flow.node('function', `${name} answer`, [3.4, 7 + index], { func, outputs });
    flow.wire(crm.addresses, index + 1, work);
    flow.wire(work, 0, crm.answer);
    return work;
  });
  const every = flow.node('inject', 'every 10 s', [1.2, 8], { props: [], repeat: '10', once: true, onceDelay: '8' });
  const seen = flow.node('debug', 'in Dynamics', [4.7, 8.5], { tostatus: true });
  flow.wire(every, 0, answers[1]!);
  flow.wire(answers[1]!, 1, seen);
  flow.group('A stand-in for Dataverse', GREY, [
    flow.comment('2  Busy now and then, strict always', [1.5, 6]),
    ...answers,
    crm.answer,
    every,
    seen,
  ]);
  return flow;
}
