/** Traces of calls: one call is one trace. */
export { CallTraces, type CallTracesOptions } from './call-traces.js';
export type { AttributeValue, OpenTelemetryApi, Span } from './open-telemetry.js';
export { formatTraceparent, isJourney, parseTraceparent, type TraceParent, traceOfJourney } from './trace-ids.js';
export {
  failSpan,
  placeOf,
  type SpanStart,
  type TraceSettings,
  Tracing,
  traceparentOf,
} from './tracing.js';
