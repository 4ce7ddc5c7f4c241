/** Determines when an attempt is repeated. Pure. */
import type { Random } from '../common/random.js';

export interface RetrySettings {
  /** The delay before the second attempt; doubled for each further one. */
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** The age at which a delivery is given up. 0: only one attempt, however fast it fails. */
  readonly maxAgeMs: number;
  readonly success: StatusRanges;
  readonly retry: StatusRanges;
}

/** Status codes as users write them: "200-299, 409". */
export type StatusRanges = readonly (readonly [from: number, to: number])[];

/** @throws RangeError naming the part that cannot be parsed */
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

/** Longer requested delays are limited to this. */
const MAX_RETRY_AFTER_MS = 24 * 3600_000;

/**
 * Parses `Retry-After`, in seconds or as a date.
 * @param date the `Date` header of the response, because the receiver's clock may differ from the system clock
 * @returns milliseconds from now, or undefined if it cannot be parsed
 */
export function retryAfter(header: string | undefined, now: number, date?: string): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  const there = dateOf(date?.trim() ?? '');
  const since = Number.isNaN(there) ? now : there;
  const ms = SECONDS.test(text) ? secondsOf(text, since) * 1000 : dateOf(text) - since;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}

/** A proxy may have joined several headers: the longest delay counts. Some servers write the unit. */
const SECONDS = /^\d+(\.\d+)?s?(\s*,\s*\d+(\.\d+)?s?)*$/;
/** More seconds, thirty years, are a point in time (Unix time), which some servers send. */
const MIN_UNIX_TIME = 1e9;

function secondsOf(text: string, since: number): number {
  const longest = Math.max(...text.split(',').map((each) => Number.parseFloat(each)));
  return longest < MIN_UNIX_TIME ? longest : longest - since / 1000;
}

/**
 * Only HTTP dates, which are in GMT even if they do not name a time zone, and those of ISO 8601 with one: `Date.parse`
 * accepts almost anything.
 */
function dateOf(text: string): number {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return Date.parse(text);
  if (!/^[a-z]{3,9},? .*\d{2}:\d{2}:\d{2}/i.test(text)) return Number.NaN;
  return Date.parse(/(GMT|UTC?|Z|[+-]\d{4})$/i.test(text) ? text : `${text} GMT`);
}

/**
 * The delay before the next attempt: exponential, with jitter in its upper half, and never less than the receiver
 * requested.
 * @param attempts the number of attempts so far
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
