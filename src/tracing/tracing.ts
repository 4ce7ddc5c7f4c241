/** Spans through the API of OpenTelemetry, which is handed in: this package does not depend on it. */

import { LatestSet } from '../common/latest-set.js';
import { startWithIds } from './journey-ids.js';
import { type Attributes, type OpenTelemetryApi, SPAN_KINDS, type Span, STATUS_ERROR } from './open-telemetry.js';
import { formatTraceparent, type TraceParent } from './trace-ids.js';

export interface TraceSettings {
  /** Keywords of calls whose values become attributes. None by default: they may be personal data. */
  readonly callData: readonly string[];
  /** The share of calls that are traced, from 0 to 1. */
  readonly ratio: number;
}

export interface SpanStart {
  readonly parent: TraceParent;
  /** Milliseconds since the epoch; default now. */
  readonly startTime?: number | undefined;
  readonly attributes?: Attributes;
  readonly kind?: keyof typeof SPAN_KINDS;
}

/** So many are remembered, for calls of the same journey that come later. */
const MAX_ROOTS = 25_000;

export class Tracing {
  /** Traces whose root was started here. */
  readonly #roots = new LatestSet(MAX_ROOTS);
  readonly #tracer: ReturnType<OpenTelemetryApi['trace']['getTracer']>;

  constructor(
    private readonly api: OpenTelemetryApi,
    readonly settings: TraceSettings,
    version: string,
  ) {
    this.#tracer = api.trace.getTracer('@openctios/node-red-ctios', version);
  }

  start(name: string, { parent, startTime, attributes, kind = 'internal' }: SpanStart): Span {
    const { traceId, spanId, sampled } = parent;
    const context = this.api.trace.setSpanContext(this.api.ROOT_CONTEXT, {
      traceId,
      spanId,
      traceFlags: sampled ? 1 : 0,
      isRemote: true,
    });
    return this.#tracer.startSpan(name, { kind: SPAN_KINDS[kind], startTime, attributes }, context);
  }

  /**
   * The span of a call: the parent that is derived from its journey, if the SDK lets us choose ids, and the first time; all
   * others are its children.
   *
   * @param taken another process may have begun it
   */
  startCall(name: string, start: SpanStart, taken: boolean): Span {
    const { parent, startTime, attributes, kind = 'internal' } = start;
    if (taken || !parent.sampled || this.#roots.has(parent.traceId)) return this.start(name, start);
    const options = { kind: SPAN_KINDS[kind], startTime, attributes, root: true };
    const root = startWithIds(parent, () => this.#tracer.startSpan(name, options, this.api.ROOT_CONTEXT));
    // Another SDK is registered than the one that takes its ids from us: a span that never ends is never exported.
    if (root?.spanContext().spanId !== parent.spanId) return this.start(name, start);
    this.#roots.add(parent.traceId);
    return root;
  }

  /** A span that is over at once. @returns its place, for what follows it */
  record(name: string, start: SpanStart): TraceParent {
    const span = this.start(name, start);
    span.end();
    return placeOf(span, start.parent);
  }

  /** What is called in it finds the span as the current one: instrumented HTTP clients, for instance. */
  within<T>(span: Span, run: () => T): T {
    return this.api.context.with(this.api.trace.setSpan(this.api.ROOT_CONTEXT, span), run);
  }
}

/** @param parent taken instead while no SDK is registered: then a span has no place of its own */
export function placeOf(span: Span, parent: TraceParent): TraceParent {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return /^0*$/.test(traceId) ? parent : { traceId, spanId, sampled: (traceFlags & 1) === 1 };
}

export const traceparentOf = (span: Span, parent: TraceParent): string => formatTraceparent(placeOf(span, parent));

/** By its code only: the text of an error may quote a number. */
export function failSpan(span: Span, code: string): void {
  span.setAttribute('error.type', code);
  span.setStatus({ code: STATUS_ERROR, message: code });
}
