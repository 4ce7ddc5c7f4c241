/**
 * Rows of the first form, without operator, as rows that match exactly the same: a value with commas was several values,
 * and one with a trailing `*` any ending. Pure.
 */
import { beginningOf, valuesOfRow } from './filter-values.js';
import type { FilterRow } from './operators.js';

/** Values that come from a flow's data were matched as written, also with a `*`. */
const DATA: ReadonlySet<string> = new Set(['msg', 'flow', 'global']);
/** Their texts contain neither a comma nor a `*`. */
const SIMPLE: ReadonlySet<string> = new Set(['num', 'bool']);

export function rowsWithOperators(rows: unknown): unknown[] {
  return Array.isArray(rows) ? rows.flatMap(rowWithOperator) : [];
}

function rowWithOperator(row: unknown): unknown[] {
  if (typeof row !== 'object' || row === null) return [];
  const { key, value, type, op } = row as Partial<FilterRow>;
  if (op !== undefined) return [row];
  const name = String(key ?? '').trim();
  const text = String(value ?? '');
  const kind = type === undefined || type === '' ? 'str' : type;
  const values = valuesOfRow(text);
  // Such a row had no effect.
  if (name === '' || values.length === 0) return [];
  return [
    {
      key: name,
      op: operatorFor(kind, text, values),
      value: kind === 'str' ? written(text, values) : text,
      type: kind,
    },
  ];
}

function operatorFor(kind: string, text: string, values: readonly string[]): FilterRow['op'] {
  if (DATA.has(kind)) return 'oneOf';
  if (SIMPLE.has(kind)) return 'is';
  // An environment variable may contain anything that a row could.
  if (kind !== 'str' || text.includes('${') || values.some((each) => beginningOf(each) !== undefined)) return 'like';
  return values.length === 1 ? 'is' : 'oneOf';
}

/** Blanks around a single value were no part of it. */
const written = (text: string, values: readonly string[]): string => (values.length === 1 ? values[0]! : text);
