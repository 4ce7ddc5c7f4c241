/** Recipe 8: what each agent has done today, as a file for a spreadsheet. */
import type { Flow } from '../../flow.js';
import { BLUE, shows, showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { below, recipeFlow, row, section } from '../parts.js';

const TODAY = `return { payload: { from: new Date().setHours(0, 0, 0, 0), to: Date.now(), limit: 10000 } };`;

const ROWS = `const now = new Date();
const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
const rows = new Map();
for (const segment of msg.payload) {
  const { id, name } = segment.agent;
  if (!rows.has(id)) rows.set(id, { agent: id, name: name || '', calls: 0, answered: 0, talk: 0, hold: 0, wrapup: 0, incomplete: 0 });
  const sums = rows.get(id);
  sums.calls++;
  if (segment.answered !== undefined) sums.answered++;
  for (const part of ['talk', 'hold', 'wrapup']) sums[part] += segment[part + 'Seconds'] || 0;
  // Times that were not observed, after an outage for instance, are missing in the sums.
  if (['talk', 'hold', 'wrapup'].some((part) => segment.unknown.includes(part + 'Seconds'))) sums.incomplete++;
}
const payload = [...rows.values()].sort((a, b) => a.agent.localeCompare(b.agent));
for (const each of payload) for (const part of ['talk', 'hold', 'wrapup']) each[part] = Math.round(each[part]);
return { payload, agents: payload.length, filename: path.join(folder, 'report-' + day + '.csv') };`;

const FOLDER = `// Until a folder is set: one that only this user can read.
globalThis.folder = env.get('REPORT_FOLDER') || fs.mkdtempSync(path.join(os.tmpdir(), 'ctios-report-'));`;

const COLUMNS = 'agent,name,calls,answered,talk,hold,wrapup,incomplete';

export function report(): Flow {
  const flow = recipeFlow(COOKBOOK.report, { REPORT_FOLDER: '' });
  const session = flow.session().id;
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, keep: 7 });
  const kept = shows(flow, 'kept', [0, 0], 'payload.key', 'msg');
  flow.wire(contact, 0, kept);
  row(1, [contact, kept]);
  section(flow, 'Records', BLUE, 0, '1  Each record is kept for seven days', [contact, kept]);

  const evening = flow.node('inject', 'every evening', [0, 0], { props: [], crontab: '55 23 * * *' });
  const now = flow.node('inject', 'now', [0, 0], { props: [], once: true, onceDelay: '60' });
  const today = flow.node('function', 'today', [0, 0], { func: TODAY });
  const query = flow.node('ctios-query', 'records', [0, 0], {
    session,
    query: 'contacts',
    filter: [{ key: 'event', op: 'is', value: 'segment', type: 'str' }],
  });
  const sum = flow.node('function', 'a row per agent', [0, 0], {
    func: ROWS,
    initialize: FOLDER,
    libs: ['fs', 'os', 'path'].map((module) => ({ var: module, module })),
  });
  const csv = flow.node('csv', 'as CSV', [0, 0], { temp: COLUMNS, hdrout: 'all', multi: 'mult' });
  const file = flow.node('file', 'the file', [0, 0], {
    ...{ filename: 'filename', filenameType: 'msg', appendNewline: false, overwriteFile: 'true', encoding: 'utf8' },
  });
  const written = showsPart(flow, 'written', [0, 0], 'filename', 'filename');
  flow.chain(evening, today, query, sum, csv, file, written);
  flow.wire(now, 0, today);
  row(4, [evening, today, query, sum]);
  below(5, now, evening);
  row(5, [csv, file, written], today);
  const failed = flow.node('catch', 'failed', [0, 0], { scope: [query.id, file.id] });
  const why = showsPart(flow, 'why', [0, 0], 'error', 'error.message');
  flow.chain(failed, why);
  row(6, [failed, why], today);
  section(flow, 'The report', TEAL, 3, '2  The day of each agent', [
    ...[evening, now, today, query, sum, csv, file, written, failed, why],
  ]);
  return flow;
}
