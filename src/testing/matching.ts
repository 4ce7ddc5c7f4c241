/** Compares a value with a test's expectation, part by part, and describes the differences. */
import { isDeepStrictEqual } from 'node:util';
import { short } from './journal.js';

/**
 * The expected value of a part of a message. In an object each key must match, and keys may be paths
 * ("payload.AgentID"); other keys are ignored. A regular expression must match the text, a function must return true;
 * anything else must be equal. `undefined`: absent. Function nodes create their objects in a separate realm, so only
 * values are compared.
 */
export type Match = unknown;

/** @returns the differences, one line each; empty if there are none */
export function mismatches(expected: Match, actual: unknown, path = ''): string[] {
  const at = path === '' ? 'it' : path;
  if (expected instanceof RegExp) {
    const text = typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? 'undefined');
    return expected.test(text) ? [] : [`${at} should match ${expected}, but is ${short(actual)}`];
  }
  if (typeof expected === 'function') {
    const result: unknown = expected(actual);
    return result === false ? [`${at} does not meet the condition: ${short(actual)}`] : [];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return [`${at} should be ${short(expected)}, but is ${short(actual)}`];
    return expected.flatMap((part, index) => mismatches(part, actual[index], `${path}[${index}]`));
  }
  if (!isPlain(expected))
    return isDeepStrictEqual(expected, actual) ? [] : [`${at} should be ${short(expected)}, but is ${short(actual)}`];
  return Object.entries(expected).flatMap(([key, part]) =>
    mismatches(part, valueAt(actual, key), path === '' ? key : `${path}.${key}`),
  );
}

/** An existing key, otherwise a path: keywords such as "user.Tier" contain dots. */
function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const object = value as Record<string, unknown>;
  if (Object.hasOwn(object, key) || !key.includes('.')) return object[key];
  const first = key.indexOf('.');
  return valueAt(object[key.slice(0, first)], key.slice(first + 1));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
