/** Recipe 6: the CRM's data about the caller becomes data of the call. */
import type { Flow } from '../../flow.js';
import { showsPart, TEAL, typed } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, refusals, row, section, standIn } from '../parts.js';

const ASK = `// Withheld numbers are not looked up; a call that has its tier already keeps it.
const { event, customer } = msg.payload;
if (event !== 'pop' || !customer.e164 || msg.call.CallVariable5) return null;
return { call: msg.call, url: msg.crm + '/customers?phone=' + encodeURIComponent(customer.e164) };`;

const TIER = `// Not found: nothing is written.
const tier = msg.statusCode === 200 && msg.payload.tier;
return tier ? { call: msg.call, tier } : null;`;

const MOCK = `// Three customers are gold, three are silver, and the others are unknown.
const last = Number(msg.req.url.slice(-1));
if (last > 0 && last < 7) return answer(200, { tier: last < 4 ? 'gold' : 'silver' });
return answer(404, { error: 'unknown' });`;

export function vip(): Flow {
  const flow = recipeFlow(COOKBOOK.vip, { CRM_URL: '' });
  const session = flow.session().id;
  const pop = flow.node('ctios-screen-pop', 'it rings', [0, 0], { session });
  const crm = standIn(flow, {
    ...{ name: 'CRM', setting: 'CRM_URL', property: 'crm', path: '/customers', func: MOCK, line: 5 },
  });
  const ask = flow.node('function', 'by number', [0, 0], { func: ASK });
  const request = flow.node('http request', 'the customer', [0, 0], { method: 'GET' });
  const known = flow.node('function', 'the tier', [0, 0], { func: TIER });
  const write = flow.node('ctios-call', 'write the tier', [0, 0], {
    session,
    request: 'SetCallData',
    args: [typed('CallVariable5', 'tier', 'msg')],
    complete: 'OnCallDataUpdate',
  });
  const written = showsPart(flow, 'written', [0, 0], 'tier', 'tier');
  flow.chain(pop, crm, ask, request, known, write, written);
  row(1, [pop, crm, ask, request]);
  row(2, [known, write, written], crm);
  const refused = refusals(flow, [request, write], 3);
  section(flow, 'The tier of the caller', TEAL, 0, '1  Looked up when it rings, written to the call', [
    ...[pop, crm, ask, request, known, write, written, ...refused],
  ]);
  return flow;
}
