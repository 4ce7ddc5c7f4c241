/** Recipe 15: a caller's number may match no person, one, or several. */
import type { Flow } from '../../flow.js';
import { shows, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section, standIn } from '../parts.js';

const ASK = `// Updates of a contact on the screen are not looked up again, and withheld numbers not at all.
const { event, agent, customer } = msg.payload;
if (event !== 'pop') return null;
if (!customer.e164) return [null, { agent, customer, payload: { contacts: [] } }];
return [{ agent, customer, url: msg.crm + '/contacts?phone=' + encodeURIComponent(customer.national) }, null];`;

const SORT = `// Searches find numbers that are similar. They are compared as digits, however people have typed them.
const { agent, customer } = msg;
const digitsOf = (text) => String(text || '').replace(/\\D/g, '').replace(/^0+/, '');
const wanted = [digitsOf(customer.e164), digitsOf(customer.national)];
const contacts = (msg.payload && msg.payload.contacts) || [];
const found = contacts.filter(({ phone }) => customer.e164 && wanted.includes(digitsOf(phone)));
const about = { agent: agent.id, caller: customer.national || customer.kind };
if (found.length === 0) return [{ payload: { ...about, create: customer.e164 } }, null, null];
if (found.length === 1) return [null, { payload: { ...about, open: found[0].id } }, null];
return [null, null, { payload: { ...about, choose: found.map(({ id, name }) => ({ id, name })) } }];`;

const MOCK = `// One Ada, two at Bob's number, and a number that only looks like that of the customer.
const phone = new URL(msg.req.url, 'http://crm').searchParams.get('phone');
const last = Number(phone.slice(-1));
const contact = (id, name, number) => ({ id, name, phone: number });
const similar = contact('9', 'Eve', phone.slice(0, -1) + (last + 1) % 10);
if (last < 4) return answer(200, { contacts: [contact('1', 'Ada', '+1 ' + phone), similar] });
if (last < 7) return answer(200, { contacts: [contact('2', 'Bob', phone), contact('3', 'Bea', phone.replace(/\\D/g, ''))] });
return answer(200, { contacts: [similar] });`;

export function matches(): Flow {
  const flow = recipeFlow(COOKBOOK.matches, { CRM_URL: '' });
  const session = flow.session().id;
  const pop = flow.node('ctios-screen-pop', 'it rings', [0, 0], { session });
  const crm = standIn(flow, {
    ...{ name: 'CRM', setting: 'CRM_URL', property: 'crm', path: '/contacts', func: MOCK, line: 6 },
  });
  const ask = flow.node('function', 'by number', [0, 0], { func: ASK, outputs: 2 });
  const request = flow.node('http request', 'contacts', [0, 0], { method: 'GET' });
  const sort = flow.node('function', 'how many?', [0, 0], { func: SORT, outputs: 3 });
  const none = shows(flow, 'none: a link to create', [0, 0], 'payload.create', 'msg');
  const one = shows(flow, 'one: open', [0, 0], 'payload.open', 'msg');
  const several = shows(flow, 'several: choose', [0, 0], '$join(payload.choose.name, ", ")');
  flow.chain(pop, crm, ask, request, sort, none);
  flow.wire(ask, 1, sort);
  flow.wire(sort, 1, one);
  flow.wire(sort, 2, several);
  row(2, [pop, crm, ask, request, sort, one]);
  row(1, [none], sort);
  row(3, [several], sort);
  const refused = refusals(flow, [request], 4);
  section(flow, 'The caller', TEAL, 0, '1  None, one, several', [
    ...[pop, crm, ask, request, sort, none, one, several, ...refused],
  ]);
  return flow;
}
