/**
 * The regular expressions of filters. They are compiled by RE2, whose time grows with the length of the text only: an
 * expression of JavaScript such as `^(a+)+$` can stop Node-RED for hours, and a caller may choose the text. It is loaded
 * with the first expression.
 */
import type { RE2JS } from 're2js';
import { CtiosError } from '../../../../src/ctios/index.js';

/** Expressions from a flow's data may be different for each event. */
const MAX_KEPT = 200;
/** Limits the memory that a single expression can take. */
export const MAX_PATTERN_LENGTH = 1_000;

type Engine = typeof RE2JS;

let engine: Engine | undefined;
const kept = new Map<string, RE2JS>();

/** @throws CtiosError CTIOS_INVALID_FILTER */
export function compilePattern(source: string): (text: string) => boolean {
  const pattern = kept.get(source) ?? compile(source);
  return (text) => pattern.test(text);
}

function compile(source: string): RE2JS {
  if (source.length > MAX_PATTERN_LENGTH) {
    throw invalid(source.slice(0, 40), `it has ${source.length} characters; the limit is ${MAX_PATTERN_LENGTH}`);
  }
  engine ??= (require('re2js') as { RE2JS: Engine }).RE2JS;
  let pattern: RE2JS;
  try {
    pattern = engine.compile(source);
  } catch (error) {
    throw invalid(source, (error as Error).message.replace(/^error parsing regexp: /, ''));
  }
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(source, pattern);
  return pattern;
}

function invalid(source: string, reason: string): CtiosError {
  return new CtiosError(
    'CTIOS_INVALID_FILTER',
    `"${source}" is not a valid regular expression: ${reason}. The syntax is RE2's, without look-around and back references.`,
  );
}
