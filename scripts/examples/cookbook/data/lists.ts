/** Recipe 13: wrap-up texts come from a pick list of the CRM. */
import type { Flow } from '../../flow.js';
import { showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section, standIn } from '../parts.js';

const ASK = `return { url: msg.crm + '/api/v2/ticket_fields/' + env.get('FIELD') + '.json' };`;

const TEXTS = `// A CRM that fails must not empty the list.
const options = msg.statusCode === 200 && msg.payload.ticket_field && msg.payload.ticket_field.custom_field_options;
if (!options || options.length === 0) return [null, { payload: 'No texts, status ' + msg.statusCode }];
// A list that is left out stays as it is.
return [{ payload: { wrapup: options.map((option) => option.name) } }, null];`;

const MOCK = `const names = ['Order', 'Complaint', 'Question answered', 'To be called back'];
return answer(200, { ticket_field: { id: 1, custom_field_options: names.map((name, id) => ({ id, name, value: name.toLowerCase() })) } });`;

export function lists(): Flow {
  const flow = recipeFlow(COOKBOOK.lists, { CRM_URL: '', FIELD: '1' });
  const session = flow.session().id;
  const start = flow.node('inject', 'at the start', [0, 0], { props: [], once: true, onceDelay: '5' });
  const morning = flow.node('inject', 'every morning', [0, 0], { props: [], crontab: '00 06 * * *' });
  const crm = standIn(flow, {
    ...{ name: 'CRM', setting: 'CRM_URL', property: 'crm', path: '/api/v2/', func: MOCK, line: 6 },
  });
  const ask = flow.node('function', 'the field', [0, 0], { func: ASK });
  const request = flow.node('http request', 'the pick list', [0, 0], { method: 'GET' });
  const texts = flow.node('function', 'the texts', [0, 0], { func: TEXTS, outputs: 2 });
  const set = flow.node('ctios-request', 'set the lists', [0, 0], { session, request: 'SetOwnLists', linkWait: 20 });
  const done = showsPart(flow, 'in effect', [0, 0], 'payload', 'topic');
  const none = flow.node('debug', 'unchanged', [0, 0], { tostatus: true });
  flow.chain(start, crm, ask, request, texts, set, done);
  flow.wire(morning, 0, crm);
  flow.wire(texts, 1, none);
  row(1, [start, crm, ask, request]);
  row(2, [morning]);
  row(2, [texts, set, done], crm);
  row(3, [none], texts);
  const refused = refusals(flow, [request, set], 4);
  section(flow, 'Lists', TEAL, 0, '1  The texts of a pick list', [
    ...[start, morning, crm, ask, request, texts, set, done, none, ...refused],
  ]);
  return flow;
}
