/**
 * A stand-in for a CRM, on the tab of its example. It is always strict, and sometimes busy or slow, or drops a response after
 * it has written, so that the example shows how the flow copes with a real CRM.
 */
import type { Flow, FlowNode, Place } from '../flow.js';
import { mockServer } from '../mock-server.js';
import { GREY } from '../parts.js';

export interface Endpoint {
  readonly name: string;
  /** Beginning of the path. */
  readonly path: string;
  /** Body of a function node: ends with `return answer(statusCode, payload, headers)`. */
  readonly func: string;
  /** If set, the endpoint is sometimes busy; the expression is the body of that response. */
  readonly busy?: string;
  /** Status of that response, 429 by default. */
  readonly busyStatus?: number;
  /** Expression for the stored records, shown under a node every ten seconds. */
  readonly holds?: string;
  /** Modules of Node.js that the function uses. */
  readonly libs?: readonly { readonly var: string; readonly module: string }[];
}

export interface StandIn {
  /** "HubSpot" */
  readonly product: string;
  /** Properties of the message that receive an address, and the tab's setting with the address of the real CRM. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly at: Place;
  /** Line of the grid where its group begins. */
  readonly line: number;
  readonly endpoints: readonly Endpoint[];
}

/** @returns the node that adds the address to messages, on its first output */
export function standIn(flow: Flow, { product, addresses: settings, at, line, endpoints }: StandIn): FlowNode {
  const { addresses, answer } = mockServer(
    flow,
    `${product} URL`,
    at,
    [4.7, line + 1],
    Object.fromEntries(Object.entries(settings).map(([property, setting]) => [property, [setting, ''] as const])),
    endpoints.map(({ path }) => path),
  );
  const drawn: FlowNode[] = [];
  const several = endpoints.filter(({ holds }) => holds !== undefined).length > 1;
  for (const [index, endpoint] of endpoints.entries()) {
    const { name, holds } = endpoint;
    const work = flow.node('function', `mock ${name}`, [3.4, line + 1 + index], {
      func: answering(endpoint),
      outputs: holds === undefined ? 1 : 2,
      libs: endpoint.libs ?? [],
    });
    flow.wire(addresses, index + 1, work);
    flow.wire(work, 0, answer);
    drawn.push(work);
    if (holds === undefined) continue;
    const which = several ? `: ${name}` : '';
    const every = flow.node('inject', `every 10 s${which}`, [1.2, line + 1 + index], {
      props: [],
      repeat: '10',
      once: true,
      onceDelay: '8',
    });
    const seen = flow.node('debug', `in ${product}${which}`, [4.7, line + 2 + index], { tostatus: true });
    flow.chain(every, work);
    flow.wire(work, 1, seen);
    drawn.push(every, seen);
  }
  flow.group(`A stand-in for ${product}`, GREY, [
    flow.comment('Always strict; sometimes busy, slow or disconnected', [1.5, line]),
    ...drawn,
    answer,
  ]);
  return addresses;
}

/** The function of the endpoint, preceded by the simulation of its faults. */
function answering({ func, busy, busyStatus = 429, holds }: Endpoint): string {
  const counted = holds !== undefined;
  const message = (fields: string) => (counted ? `[{ ...msg, ${fields} }, null]` : `({ ...msg, ${fields} })`);
  const asked = counted
    ? `// The timer reports the number of records.
if (!msg.req) return [null, { payload: ${holds} }];
`
    : '';
  if (busy === undefined)
    return `const answer = (statusCode, payload, headers = {}) => ${message('statusCode, payload, headers')};
${asked}${func}`;
  return `globalThis.turn = globalThis.turn || 0;
${asked}turn++;
// Of nine requests, one is answered late, one is rejected as busy, one fails, and for one the response is lost after writing.
const late = turn % 9 === 2 ? 1500 : 0;
const answer = (statusCode, payload, headers = {}) => ${message('statusCode, payload, headers, late, lost: statusCode < 300 && turn % 9 === 6')};
if (turn % 9 === 4) return answer(${busyStatus}, ${busy}, { 'retry-after': '1' });
if (turn % 9 === 8) return answer(503, ${busy});
${func}`;
}
