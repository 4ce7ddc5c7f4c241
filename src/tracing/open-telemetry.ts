/**
 * As much of the API of OpenTelemetry (`@opentelemetry/api`, 1.3 or later) as is used here. It is an optional peer: neither
 * the program nor its types need it to be installed.
 */
export type AttributeValue = string | number | boolean | readonly string[] | readonly number[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  /** Bit 0: recorded. */
  readonly traceFlags: number;
  readonly isRemote?: boolean;
}

export interface Span {
  spanContext(): SpanContext;
  setAttribute(key: string, value: AttributeValue): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  /** @param time milliseconds since the epoch */
  addEvent(name: string, attributes: Attributes, time: number): unknown;
  /** @param time milliseconds since the epoch; default now */
  end(time?: number): void;
}

export interface SpanOptions {
  readonly kind: number;
  readonly startTime?: number | undefined;
  readonly attributes?: Attributes | undefined;
  readonly root?: boolean;
}

/** Opaque: what is current, such as a span. */
export type TraceContext = object;

export interface OpenTelemetryApi {
  readonly trace: {
    getTracer(
      name: string,
      version?: string,
    ): { startSpan(name: string, options: SpanOptions, context: TraceContext): Span };
    setSpanContext(context: TraceContext, spanContext: SpanContext): TraceContext;
    setSpan(context: TraceContext, span: Span): TraceContext;
  };
  readonly context: { with<T>(context: TraceContext, run: () => T): T };
  readonly ROOT_CONTEXT: TraceContext;
}

/** Enumerations of the API, by their numbers. */
export const SPAN_KINDS = { internal: 0, client: 2, consumer: 4 } as const;
export const STATUS_ERROR = 2;
