/** Recipe 11: contact rows in PostgreSQL, by its own client: each once, even if the database fails. */
import type { Flow } from '../../flow.js';
import { BLUE, shows, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section } from '../parts.js';

const PERIOD = `// From where the last success ended, and a little more: the key of a row keeps it single.
const until = await new Promise((known) => flow.get('writtenUntil', (error, value) => known(value || 0)));
const now = Date.now();
return { payload: { from: Math.max(until - 5000, now - 7 * 86400000), to: now, limit: 10000 }, until: now };`;

const FOLDER = `// Records are personal data: a folder that only this user can read.
globalThis.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ctios-rows-'));`;

const ROWS = String.raw`const records = msg.payload;
if (records.length === 0) return null;
// The text format of COPY: columns between tabs, and \N for what is not known. With these characters escaped, a value cannot be
// anything but a value.
const ESCAPED = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const column = (value) => value === undefined ? '\\N' : String(value).replace(/\0/g, '').replace(/[\\\t\n\r]/g, (each) => ESCAPED[each]);
const time = (ms) => ms === undefined ? undefined : new Date(ms).toISOString();
const rows = records.map((record) => {
  const { key, journey, agent, direction, caller, dialed, customer = {}, began, answered, ended, reason, wrapupData } = record;
  const { ringSeconds, talkSeconds, holdSeconds, wrapupSeconds } = record;
  const all = JSON.stringify(record).replace(/\\u0000/g, '');
  const who = [key, journey, agent.id, direction, caller.e164 || caller.received, dialed, customer.e164 || customer.received];
  const times = [time(began), time(answered), time(ended), ringSeconds, talkSeconds, holdSeconds, wrapupSeconds];
  return [...who, ...times, reason, wrapupData, all].map(column).join('\t');
});
const columns = 'key, journey, agent, direction, caller, dialed, customer, began, answered, ended, ring_seconds, talk_seconds, hold_seconds, wrapup_seconds, reason, wrapup, record';
const payload = [
  "SET client_encoding = 'UTF8';",
  'SET client_min_messages = warning;',
  'CREATE TABLE IF NOT EXISTS contact_segments (key text PRIMARY KEY, journey text, agent text, direction text, caller text, dialed text, customer text,',
  '  began timestamptz, answered timestamptz, ended timestamptz, ring_seconds numeric, talk_seconds numeric, hold_seconds numeric,',
  '  wrapup_seconds numeric, reason text, wrapup text, record jsonb);',
  // The table may have more columns, or be older than this recipe.
  'ALTER TABLE contact_segments ADD COLUMN IF NOT EXISTS customer text;',
  'CREATE TEMP TABLE arrived ON COMMIT DROP AS SELECT ' + columns + ' FROM contact_segments LIMIT 0;',
  'COPY arrived (' + columns + ') FROM stdin;',
  ...rows,
  '\\.',
  'INSERT INTO contact_segments (' + columns + ') SELECT ' + columns + ' FROM arrived ON CONFLICT (key) DO NOTHING;',
  '',
].join('\n');
// More than were asked for: go on with the last one.
const until = records.length < 10000 ? msg.until : Date.parse(records.at(-1).time);
const filename = path.join(folder, 'rows.sql');
const database = env.get('DATABASE_URL');
const script = { payload, filename, until, topic: rows.length + ' rows', psql: '-f "' + filename + '" -d ' + database };
return database ? [script, null] : [null, script];`;

const DONE = `// The exit code: 0 only if all of it is in the database.
if (msg.payload.code !== 0) return [null, { topic: 'psql ended with ' + msg.payload.code }];
flow.set('writtenUntil', msg.until, (error) => error && node.warn('Not kept: ' + error.message));
return [{ topic: msg.topic }, null];`;

export function postgres(): Flow {
  const flow = recipeFlow(
    COOKBOOK.postgres,
    { DATABASE_URL: '' },
    `The contact node keeps its records on disk for seven days, so the database may be down for as long. Every half minute, those since the last success are copied in one transaction; the
key of a record is the primary key. Values reach the database only through COPY, never as part of a command.`,
  );
  const session = flow.session().id;
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, keep: 7 });
  const kept = shows(flow, 'kept', [0, 0], 'payload.key', 'msg');
  flow.wire(contact, 0, kept);
  row(1, [contact, kept]);
  section(flow, 'Records', BLUE, 0, '1  Kept on disk for seven days', [contact, kept]);

  const every = flow.node('inject', 'every 30 s', [0, 0], { props: [], once: true, onceDelay: '30', repeat: '30' });
  const period = flow.node('function', 'since the last time', [0, 0], { func: PERIOD });
  const query = flow.node('ctios-query', 'records', [0, 0], {
    session,
    query: 'contacts',
    filter: [{ key: 'event', op: 'is', value: 'segment', type: 'str' }],
  });
  const rows = flow.node('function', 'as SQL', [0, 0], {
    func: ROWS,
    initialize: FOLDER,
    finalize: `fs.rmSync(folder, { recursive: true, force: true });`,
    outputs: 2,
    libs: ['fs', 'os', 'path'].map((module) => ({ var: module, module })),
  });
  const file = flow.node('file', 'the script', [0, 0], {
    ...{ filename: 'filename', filenameType: 'msg', appendNewline: false, overwriteFile: 'true', encoding: 'utf8' },
  });
  const run = flow.node('exec', 'run psql', [0, 0], {
    ...{ command: 'psql -X -q -w -1 -v ON_ERROR_STOP=1', addpay: 'psql', useSpawn: 'true', timer: '60' },
  });
  const done = flow.node('function', 'in the database?', [0, 0], { func: DONE, outputs: 2 });
  const written = shows(flow, 'written', [0, 0], 'topic', 'msg');
  const failed = shows(flow, 'next time again', [0, 0], 'topic', 'msg');
  const says = flow.node('debug', 'psql says', [0, 0]);
  const dry = shows(flow, 'no database set', [0, 0], 'topic', 'msg');
  flow.chain(every, period, query, rows, file, run);
  flow.wire(rows, 1, dry);
  flow.wire(run, 1, says);
  flow.wire(run, 2, done);
  flow.wire(done, 0, written);
  flow.wire(done, 1, failed);
  row(4, [every, period, query, rows]);
  row(5, [dry], rows);
  row(6, [file, run]);
  row(6, [done, written], run);
  row(7, [failed], done);
  row(8, [says], run);
  const refused = refusals(flow, [query, file], 9);
  section(flow, 'Rows', TEAL, 3, '2  Copied in one transaction', [
    ...[every, period, query, rows, dry, file, run, done, written, failed, says, ...refused],
  ]);
  return flow;
}
