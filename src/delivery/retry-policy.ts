/** When an attempt is repeated, and when it is not: pure. */
import type { Random } from '../common/random.js';

export interface RetrySettings {
  /** Wait before the second attempt; doubled for each further one. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** How old a delivery may become before it is given up. */
  readonly maxAgeMs: number;
  readonly success: StatusRanges;
  readonly retry: StatusRanges;
}

/** Status codes as a person writes them: "200-299, 409". */
export type StatusRanges = readonly (readonly [from: number, to: number])[];

/** @throws RangeError with the part that cannot be read */
export function parseStatusRanges(text: string): StatusRanges {
  return text
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(\d{3})(?:-(\d{3}))?$/.exec(part);
      const from = Number(match?.[1]);
      const to = Number(match?.[2] ?? match?.[1]);
      if (match === null || from < 100 || to > 599 || from > to) {
        throw new RangeError(`"${part}" is not a status code (100 to 599) or a range of them, such as 500-599.`);
      }
      return [from, to] as const;
    });
}

export const within = (ranges: StatusRanges, status: number): boolean =>
  ranges.some(([from, to]) => status >= from && status <= to);

/** A receiver that asks for more than this is not believed. */
const MAX_RETRY_AFTER_MS = 24 * 3600_000;

/** `Retry-After`, in seconds or as a date. @returns milliseconds from now, or undefined where it cannot be read */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : dateOf(text) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}

/** Only dates of HTTP: `Date.parse` takes nearly anything. */
const dateOf = (text: string): number =>
  /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;

/**
 * How long to wait before the next attempt: exponential, with jitter over its upper half, and never less than the
 * receiver asked for.
 * @param attempts how many were made
 */
export function retryDelay(
  { firstDelayMs, maxDelayMs }: Pick<RetrySettings, 'firstDelayMs' | 'maxDelayMs'>,
  attempts: number,
  asked: number | undefined,
  random: Random,
): number {
  const full = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(attempts - 1, 40));
  return Math.round(Math.max(asked ?? 0, full / 2 + (full / 2) * random.next()));
}
