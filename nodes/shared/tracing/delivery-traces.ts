/** The attempts of a webhook node as spans, and the header that lets the receiver continue the trace. */
import type { Node, NodeAPI } from 'node-red';
import type { AttemptResult, Delivery, EndedDelivery } from '../../../src/delivery/index.js';
import { isRecord, type Message } from '../message/input-rules.js';
import { putTraceparent, traceparentIn } from '../message/traceparent.js';
import { ofNode } from './node-traces.js';
import { type LoadedTracing, tracingOf } from './tracing-of.js';

export function deliveryTraces(RED: NodeAPI, node: Node): DeliveryTraces | undefined {
  const loaded = tracingOf(RED);
  return loaded && new DeliveryTraces(loaded, node);
}

export class DeliveryTraces {
  /** The last attempt of each delivery. */
  readonly #last = new WeakMap<Delivery, string>();

  constructor(
    private readonly loaded: LoadedTracing,
    private readonly node: Node,
  ) {}

  /**
   * A delivery that names its journey, in its body or as its ordering key, belongs to the trace of that journey, wherever
   * the message has been.
   */
  placeOf(msg: Message, order: string): string | undefined {
    const known = traceparentIn(msg);
    if (known !== undefined) return known;
    const { lib, tracing } = this.loaded;
    const place = (journey: string) => lib.formatTraceparent(lib.traceOfJourney(journey, tracing.settings.ratio));
    const journey = isRecord(msg.payload) ? msg.payload.journey : undefined;
    if (typeof journey === 'string' && journey !== '') return place(journey);
    return lib.isJourney(order) ? place(order) : undefined;
  }

  async attempt(delivery: Delivery, run: (traced: Delivery) => Promise<AttemptResult>): Promise<AttemptResult> {
    const { lib, tracing } = this.loaded;
    const parent = lib.parseTraceparent(delivery.headers.traceparent);
    if (parent === undefined) return run(delivery);
    const { hostname, port, protocol } = new URL(delivery.url);
    const span = tracing.start(`${this.node.type} ${delivery.method}`, {
      parent,
      kind: 'client',
      attributes: {
        ...ofNode(this.node),
        'http.request.method': delivery.method,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        ...(delivery.attempts === 0 ? {} : { 'http.request.resend_count': delivery.attempts }),
      },
    });
    const traceparent = lib.traceparentOf(span, parent);
    this.#last.set(delivery, traceparent);
    try {
      const headers = { ...delivery.headers, traceparent };
      const result = await tracing.within(span, () => run({ ...delivery, headers }));
      if (result.answer !== undefined) span.setAttribute('http.response.status_code', result.answer.status);
      if (result.outcome !== 'delivered') lib.failSpan(span, result.code);
      return result;
    } finally {
      span.end();
    }
  }

  /** What the flow does with the answer follows the attempt. */
  ended({ delivery }: EndedDelivery, message: Message): void {
    const last = this.#last.get(delivery);
    if (last !== undefined) putTraceparent(message, last);
  }
}
