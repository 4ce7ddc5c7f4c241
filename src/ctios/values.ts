/**
 * Conversion between the types of the guide: text and numbers convert where the text parses, everything converts to
 * text. What does not convert is undefined, never a guess.
 */

const INTEGER = /^[+-]?\d+$/;
const HEXADECIMAL = /^0x[0-9a-f]+$/i;

/** The range of a type. SHORT and INT take both readings of their bits: 65535 and -1 are the same "none" in the guide. */
export const RANGES = {
  INT: [-0x80000000, 0xffffffff],
  UINT: [0, 0xffffffff],
  SHORT: [-0x8000, 0xffff],
  USHORT: [0, 0xffff],
} as const;

export type IntegerType = keyof typeof RANGES;

/** An integer of the type, from a number, a numeric text or a boolean. */
export function toInteger(value: unknown, type: IntegerType): number | undefined {
  const number = numberOf(value);
  if (number === undefined || !Number.isInteger(number)) return undefined;
  const [least, most] = RANGES[type];
  return number >= least && number <= most ? number : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return INTEGER.test(text) || HEXADECIMAL.test(text) ? Number(text) : undefined;
}

const TRUE = new Set(['true', '1', 'yes', 'on']);
const FALSE = new Set(['false', '0', 'no', 'off']);

/** A truth value: booleans, numbers (0 is false), and the words that the guide's samples use. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value !== 0;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** The textual form of a scalar. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** A plain object: what JSON and object literals make, not an instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
