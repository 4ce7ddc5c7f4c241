/** Parts shared by several examples: arguments, debug nodes, error handling. */
import type { Flow, FlowNode, Place } from './flow.js';

/** Colors of the frames around groups of nodes. */
export const TEAL = '#0f766e';
export const BLUE = '#4338ca';
export const AMBER = '#b45309';
export const GREY = '#6b7280';

export const text = (key: string, value: string) => ({ key, value, type: 'str' });
export const typed = (key: string, value: string, type: string) => ({ key, value, type });

/** A debug node that also shows the last value in its status. */
export function shows(flow: Flow, name: string, at: Place, says: string, type = 'jsonata'): FlowNode {
  return flow.node('debug', name, at, { tostatus: true, statusVal: says, statusType: type });
}

/** A debug node for one part of the message, with a property of the message in its status. */
export function showsPart(flow: Flow, name: string, at: Place, part: string, says: string): FlowNode {
  return flow.node('debug', name, at, { complete: part, tostatus: true, statusVal: says, statusType: 'msg' });
}

/** Shows refused requests and the reason, in every example that sends requests. */
export function catches(flow: Flow, at: Place, of: readonly FlowNode[]): FlowNode[] {
  const caught = flow.node('catch', 'refused', at, { scope: of.map((node) => node.id) });
  const why = showsPart(flow, 'why', [at[0] + 1.1, at[1]], 'error', 'error.code');
  flow.wire(caught, 0, why);
  return [caught, why];
}

/** In a function node: sets `who` to the caller's number in national format, or as the switch sent it. */
export const WHO = `const who = customer.national || (customer.kind === 'withheld' ? 'a withheld number' : customer.received || 'an unknown number');`;

/** In a function node, in the destructuring of a contact record: its customer, or the colleague who called. */
export const CUSTOMER = `customer = direction === 'internal' ? caller : {}`;

/** Start code of a function node that stores people. */
export const PERSON_START = `// The people of recent journeys, kept for records that arrive after a restart. A context store may be asynchronous.
globalThis.people = new Map(await new Promise((kept) => flow.get('people', (error, value) => kept(value || []))));`;

/** In a function node: sets `person` to the person whom the screen pop found for the journey of the message. */
export const PERSON = `// The screen pop found the person of the journey.
if (msg.person) {
  people.set(msg.journey, msg.person);
  if (people.size > 500) people.delete(people.keys().next().value);
  flow.set('people', [...people], (error) => error && node.warn('Not kept: ' + error.message));
  return null;
}
const person = people.get(msg.journey || msg.payload.journey);`;

/** A setting of a tab: a secret in the format of Standard Webhooks, created at each start and used by both ends on the tab. */
export const NEW_SECRET = {
  jsonata:
    '"whsec_" & $join([1..32].$substring("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", $floor($random() * 64), 1))',
};

/** Statistics of the skill groups arrive once they are enabled. Draws the group at the top of the canvas. */
export function enableStatistics(flow: Flow): void {
  const once = flow.node('inject', 'once', [0, 1], { props: [], once: true, onceDelay: '3' });
  const enable = flow.node('ctios-agent', 'enable statistics', [1, 1], {
    session: flow.sessionId,
    request: 'EnableSkillGroupStatistics',
  });
  const asked = flow.node('debug', 'enabled', [2.1, 1], {
    tostatus: true,
    statusVal: '"every 10 s"',
    statusType: 'jsonata',
  });
  flow.chain(once, enable, asked);
  const refused = flow.node('catch', 'refused', [1, 2], { scope: [enable.id] });
  const why = flow.node('debug', 'why', [2.1, 2], { complete: 'error' });
  // While the session starts, the skill groups are not known yet.
  const again = flow.node('delay', 'five seconds', [0, 2], { timeout: '5' });
  flow.chain(refused, why);
  flow.chain(refused, again, enable);
  const first = flow.comment('1  Statistics must be enabled', [0.3, 0]);
  flow.group('Statistics', GREY, [first, once, enable, asked, refused, why, again]);
}
