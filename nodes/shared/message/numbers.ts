/** Numbers of a dialog arrive as texts, perhaps blank, perhaps from an environment variable. */

/** Seconds of a dialog as milliseconds, between 0 and `max`; `otherwise` where they are blank or no number. */
export function seconds(value: unknown, fallback: number, max: number): number {
  return Math.round(number(value, fallback, 0, max) * 1000);
}

/** A number of a dialog within its limits; `otherwise` where it is blank or no number. */
export function number(value: unknown, otherwise: number, min: number, max: number): number {
  const given =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isFinite(given) ? Math.min(max, Math.max(min, given)) : otherwise;
}
