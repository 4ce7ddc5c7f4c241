/** Numbers in a dialog are text, possibly blank, possibly from an environment variable. */

/** Seconds in a dialog as milliseconds, between 0 and `max`; `fallback` if blank or not a number. */
export function seconds(value: unknown, fallback: number, max: number): number {
  return Math.round(number(value, fallback, 0, max) * 1000);
}

/** A number in a dialog within its limits; `fallback` if blank or not a number. */
export function number(value: unknown, fallback: number, min: number, max: number): number {
  const written = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  const given = typeof value === 'number' ? value : written;
  return Number.isFinite(given) ? Math.min(max, Math.max(min, given)) : fallback;
}
