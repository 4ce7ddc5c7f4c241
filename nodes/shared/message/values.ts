/** Reads values from a flow: of any type, with case-insensitive keys. */
import { inputError } from './errors.js';

export type Message = Record<string, unknown>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

/**
 * The value of a key as text, case-insensitive; undefined if absent or blank.
 * @throws CTIOS_INVALID_ARGUMENT for what is neither text nor a number: treating it as absent would make the next
 * source name another object than intended
 */
export function textOf(values: Readonly<Record<string, unknown>>, key: string): string | undefined {
  let value = values[key];
  if (value === undefined) {
    const found = Object.keys(values).find((each) => same(each, key));
    if (found !== undefined) value = values[found];
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw inputError('CTIOS_INVALID_ARGUMENT', `${key} is ${wordFor(value)}. It must be a string or a number.`);
  }
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

export function wordFor(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.trim().toLowerCase();
}

/** External text for a log: one line, with control characters escaped. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
