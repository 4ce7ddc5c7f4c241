/** An OpenTelemetry SDK that keeps its spans in memory. It is loaded here, and only here. */
import type { OpenTelemetryApi } from '../../src/tracing/index.js';

interface Place {
  readonly traceId: string;
  readonly spanId: string;
}

/** A span that has ended. */
export interface ReadableSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes?: object }[];
  readonly status: object;
  readonly links: readonly object[];
  readonly resource: { readonly attributes: object };
  readonly parentSpanContext?: Place;
  readonly startTime: readonly [seconds: number, nanoseconds: number];
  readonly endTime: readonly [seconds: number, nanoseconds: number];
  spanContext(): Place;
}

interface Exporter {
  getFinishedSpans(): readonly ReadableSpan[];
  reset(): void;
}
interface Provider {
  getTracer(name: string): ReturnType<OpenTelemetryApi['trace']['getTracer']>;
  register(): void;
}
interface Sdk {
  readonly InMemorySpanExporter: new () => Exporter;
  readonly SimpleSpanProcessor: new (exporter: Exporter) => object;
  readonly NodeTracerProvider: new (options: { spanProcessors: object[]; idGenerator?: object }) => Provider;
}
type Disabled = Readonly<Record<'trace' | 'context' | 'propagation', { disable(): void }>>;

export const api = require('@opentelemetry/api') as OpenTelemetryApi & Disabled;
const sdk = require('@opentelemetry/sdk-trace-node') as Sdk;

export class SpanMemory {
  readonly #exporter = new sdk.InMemorySpanExporter();
  readonly provider: Provider;

  /** @param options of the SDK */
  constructor(options: { idGenerator?: object } = {}) {
    this.provider = new sdk.NodeTracerProvider({
      spanProcessors: [new sdk.SimpleSpanProcessor(this.#exporter)],
      ...options,
    });
  }

  /** For everything in this process, as an SDK in settings.js is. */
  register(): void {
    this.provider.register();
  }

  unregister(): void {
    api.trace.disable();
    api.context.disable();
    api.propagation.disable();
  }

  reset(): void {
    this.#exporter.reset();
  }

  get spans(): readonly ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  named(name: string): ReadableSpan {
    const found = this.spans.find((span) => span.name === name);
    if (found === undefined) throw new Error(`no span ${name} among ${this.spans.map((span) => span.name).join(', ')}`);
    return found;
  }

  /** Everything that would leave the process. */
  get text(): string {
    return JSON.stringify(
      this.spans.map(({ name, attributes, events, status, resource, links }) => ({
        ...{ name, attributes, status, links },
        // Without their times, which could hold any digits.
        events: events.map((event) => [event.name, event.attributes]),
        resource: resource.attributes,
      })),
    );
  }
}
