/** Reads the saved properties of a node: what the editor stores as text, and what an environment variable puts there. */

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).trim();
}

/** @returns undefined for anything but a whole number without a sign */
export function whole(value: unknown): number | undefined {
  const found = text(value);
  return /^\d+$/.test(found) ? Number(found) : undefined;
}

/** A tick box. From an environment variable it comes as text, of which `"false"` is off. */
export function isOn(value: unknown, fallback = false): boolean {
  const found = text(value).toLowerCase();
  if (found === '') return fallback;
  return !['false', '0', 'no', 'off'].includes(found);
}

/** `${HOST}` where the runtime knows no variable of that name, else undefined. */
export function missingVariable(value: unknown): string | undefined {
  return /^\$\{([^}]+)\}$/.exec(text(value))?.[1];
}
