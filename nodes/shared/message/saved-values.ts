/** Reads the saved properties of a node: text from the editor, or the value of an environment variable. */

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value).trim();
}

/** @returns undefined for anything but an unsigned integer */
export function whole(value: unknown): number | undefined {
  const found = text(value);
  return /^\d+$/.test(found) ? Number(found) : undefined;
}

const ON = ['true', '1', 'yes', 'on'];
const OFF = ['false', '0', 'no', 'off'];

/**
 * A check box. From an environment variable it is text, of which `"false"` means unchecked; any other text counts as
 * missing: a typo must not enable what the box allows.
 */
export function isOn(value: unknown, fallback = false): boolean {
  const found = text(value).toLowerCase();
  return fallback ? !OFF.includes(found) : ON.includes(found);
}

/** The name in `${HOST}` or `$(HOST)`, which are left if the runtime knows no variable of that name; otherwise undefined. */
export function missingVariable(value: unknown): string | undefined {
  const found = /^\$(?:\{([^}]+)\}|\(([^)]+)\))$/.exec(text(value));
  return found?.[1] ?? found?.[2];
}
