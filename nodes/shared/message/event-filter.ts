/**
 * The filter of an event node: rows of keyword and values, compiled once. All rows have to match; within a row one of
 * the values. A value is looked up in the payload, then in `msg.call`, then in `msg.agent`. Not the session's filter:
 * that one is the server's, with CTI OS semantics.
 */
import { type Args, type ArgValue, CtiosError, enumValue, keywordByName } from '../../../src/ctios/index.js';
import type { ObjectViews } from '../session/held-events.js';
import { beginningOf, valuesOfRow, withoutBeginning } from './filter-values.js';

export interface FilterRow {
  readonly key: string;
  /** Values separated by commas; `*` at the end matches any rest; names of enumerations or their numbers. */
  readonly value: string;
  /** The value is data, not typed into a dialog: a `*` in it stands for itself. */
  readonly literal?: boolean;
}

export type EventFilter = (payload: Readonly<Args>, objects: ObjectViews) => boolean;

/**
 * Blank rows are left out; no rows match everything.
 * @throws CtiosError CTIOS_INVALID_FILTER for a `*` without a beginning
 */
export function compileFilter(rows: readonly FilterRow[]): EventFilter {
  const tests = rows.flatMap(({ key, value, literal = false }) => {
    const name = key.trim();
    const values = valuesOfRow(value);
    return name === '' || values.length === 0 ? [] : [rowTest(name, values, literal)];
  });
  return (payload, objects) => tests.every((test) => test(payload, objects));
}

function rowTest(name: string, values: readonly string[], literal: boolean): EventFilter {
  const known = keywordByName(name);
  const key = known?.keyword ?? name;
  const bare = literal ? undefined : values.find(withoutBeginning);
  if (bare !== undefined) {
    throw new CtiosError(
      'CTIOS_INVALID_FILTER',
      `The filter value "${bare}" of ${key} has no beginning before the "*". Type the beginning, such as "206*", or remove the row to match any value.`,
    );
  }
  const matches = values.map((value) => valueTest(value, known?.enum, literal));
  return (payload, { call, agent }) => {
    const found = valueIn(payload, key) ?? valueIn(call, key) ?? valueIn(agent, key);
    if (found === undefined || typeof found === 'object') return false;
    const text = String(found);
    return matches.some((test) => test(text));
  };
}

/** An ECC variable may stand beside the other keywords or under ECC. */
function valueIn(args: Readonly<Args> | undefined, key: string): ArgValue | undefined {
  const { ECC } = args ?? {};
  return args?.[key] ?? (typeof ECC === 'object' ? ECC[key] : undefined);
}

function valueTest(value: string, enumeration: string | undefined, literal: boolean): (text: string) => boolean {
  const start = literal ? undefined : beginningOf(value);
  if (start !== undefined) return (text) => text.startsWith(start);
  const number = enumeration === undefined ? undefined : enumValue(enumeration, value);
  const wanted = number === undefined ? value : String(number);
  return (text) => text === wanted;
}
