/** Recipe 2: callers who abandoned, until an agent has talked to them. */
import type { Flow } from '../../flow.js';
import { AMBER, shows, TEAL, text, typed } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section } from '../parts.js';

const START = `// A context store may be asynchronous.
globalThis.list = await new Promise((known) => flow.get('callBacks', (error, value) => known(value || [])));`;

const LIST = `// A page asks for the list.
if (msg.req) return [null, { ...msg, payload: list, headers: { 'cache-control': 'no-store' } }];
const { customer = {}, dialed, direction, ended, outcome, talkSeconds } = msg.payload;
const digitsOf = (text) => String(text || '').replace(/\\D/g, '');
// A call-back: an agent has dialed the number, perhaps with a prefix that is no setting of the contact node.
const outbound = direction === 'outbound';
const entry = list.find((each) => each.number === customer.e164 || (outbound && digitsOf(dialed).endsWith(each.digits)));
let topic;
if (talkSeconds > 0) {
  if (!entry) return null;
  topic = 'done';
  list = list.filter((each) => each !== entry);
} else if (outcome === 'abandoned' && !outbound && customer.e164) {
  // Without a number, nobody can be called back.
  topic = entry ? 'again' : 'added';
  if (entry) Object.assign(entry, { calls: entry.calls + 1, last: ended });
  else list.push({ number: customer.e164, digits: digitsOf(customer.national), dialed, calls: 1, last: ended });
} else return null;
flow.set('callBacks', list, (error) => error && node.warn('Not kept: ' + error.message));
return [{ topic, payload: (entry || list.at(-1)).number, waiting: list.length }, null];`;

export function callBacks(): Flow {
  const flow = recipeFlow(COOKBOOK.callBacks);
  const session = flow.session({ traffic: 'off' }).id;
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, when: 'ended', keep: 0 });
  const list = flow.node('function', 'the list', [0, 0], { func: LIST, initialize: START, outputs: 2 });
  const changed = shows(flow, 'changed', [0, 0], 'topic & " " & payload & ", waiting: " & waiting');
  const get = flow.node('http in', 'a page', [0, 0], { url: '/cookbook/call-backs' });
  const answer = flow.node('http response', 'the page', [0, 0]);
  flow.wire(contact, 1, list);
  flow.wire(get, 0, list);
  flow.wire(list, 0, changed);
  flow.wire(list, 1, answer);
  row(1, [contact, list, changed]);
  row(2, [get]);
  row(2, [answer], list);
  section(flow, 'The list', TEAL, 0, '1  GET /cookbook/call-backs', [contact, list, changed, get, answer]);

  const call = (name: string, patience: string) =>
    flow.node('ctios-simulate', name, [0, 0], {
      session,
      command: 'placeCall',
      args: [text('from', '2065550140'), text('to', '8001'), typed('patience', patience, 'num')],
    });
  const every = flow.node('inject', 'every minute', [0, 0], { props: [], once: true, onceDelay: '4', repeat: '60' });
  const gives = call('gives up', '1');
  const later = flow.node('delay', 'half a minute', [0, 0], { timeout: '30' });
  const empty = flow.node('change', 'clear payload', [0, 0], { rules: [{ t: 'delete', p: 'payload', pt: 'msg' }] });
  const waits = call('is patient', '60');
  flow.chain(every, gives, later, empty, waits);
  row(5, [every, gives, later, empty, waits]);
  section(flow, 'Simulation', AMBER, 4, '2  A caller hangs up after a second, and calls again', [
    ...[every, gives, later, empty, waits],
  ]);
  return flow;
}
