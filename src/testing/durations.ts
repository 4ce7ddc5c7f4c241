/** Parses durations in tests, and formats them for logs. */
import type { Duration } from './options.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws TypeError for anything that is not a duration */
export function milliseconds(duration: Duration): number {
  if (typeof duration === 'number' && duration >= 0 && Number.isFinite(duration)) return duration;
  const [, amount, unit = 'ms'] = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)?\s*$/.exec(String(duration)) ?? [];
  if (amount === undefined)
    throw new TypeError(`"${duration}" is no duration: give milliseconds, or a number with ms, s, min, h or d`);
  return Number(amount) * UNITS[unit]!;
}

/** Time since the start of the test: "+90.000 s" */
export function sinceStart(ms: number): string {
  return `+${(ms / 1_000).toFixed(3)} s`;
}
