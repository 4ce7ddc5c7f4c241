/**
 * The names of traces. A trace is named after the journey of its call, which every process derives from the same data:
 * two Node-REDs, or one before and after a restart, take part in the same trace without talking to each other.
 */
import { createHash } from 'node:crypto';

/** The place of a span in a trace, as `traceparent` has it (W3C Trace Context). */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/** @returns undefined if it is not a valid traceparent */
export function parseTraceparent(text: unknown): TraceParent | undefined {
  const match = typeof text === 'string' ? TRACEPARENT.exec(text.trim()) : null;
  if (match === null) return undefined;
  const [, version, traceId, spanId, flags, more] = match;
  // Only a later version may have more fields.
  if (version === '00' && more !== undefined) return undefined;
  return { traceId: traceId!, spanId: spanId!, sampled: (Number.parseInt(flags!, 16) & SAMPLED) === SAMPLED };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceParent): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** Whether the text is the name of a journey, and not, for example, the key of a delivery. */
export function isJourney(text: string): boolean {
  return /^(icm\.|call\.[^.]+\.)[^/]+$/.test(text);
}

/**
 * What the trace of a journey is named after: ICMEnterpriseUniqueID, or the journey of a call without it, but not the digest
 * of the caller's number at its end. Nothing in a trace depends on a number.
 */
export function traceNameOf(journey: string): string {
  return journey.startsWith('call.') ? journey.split('.').slice(0, 4).join('.') : journey;
}

/**
 * The trace of a journey, and the parent of the spans in it that have no other.
 *
 * @param ratio the share of journeys that are traced, from 0 to 1: the same ones in every process
 */
export function traceOfJourney(journey: string, ratio = 1): TraceParent {
  const digest = createHash('sha256')
    .update(`ctios ${traceNameOf(journey)}`)
    .digest('hex');
  const traceId = digest.slice(0, 32);
  const share = Number.parseInt(digest.slice(48, 56), 16) / 2 ** 32;
  return { traceId, spanId: digest.slice(32, 48), sampled: share < ratio };
}
