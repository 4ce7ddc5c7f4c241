/**
 * Ids for an SDK of OpenTelemetry, whose API cannot start a span with a given id: with it, the span of a call is the root of
 * its trace. Without it, that root is missing in every trace.
 *
 * @example new NodeTracerProvider({ idGenerator: new JourneyIds() })
 */
import { randomBytes } from 'node:crypto';

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
}

let inUse = false;
/** Of the span that is being started. */
let next: Ids | undefined;

/** Random ids, but for the spans of calls. */
export class JourneyIds {
  constructor() {
    inUse = true;
  }

  generateTraceId(): string {
    return next?.traceId ?? randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return next?.spanId ?? randomBytes(8).toString('hex');
  }
}

/** Internal. @returns undefined if no SDK takes its ids from here */
export function startWithIds<T>(ids: Ids, start: () => T): T | undefined {
  if (!inUse) return undefined;
  next = ids;
  try {
    return start();
  } finally {
    next = undefined;
  }
}
