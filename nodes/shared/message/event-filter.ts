/**
 * The filter of an event node: rows of keyword and values, compiled once. All rows have to match; within a row one of
 * the values. A value is looked up in the payload, then in `msg.call`, then in `msg.agent`. Not the session's filter:
 * that one is the server's, with CTI OS semantics.
 */
import { type Args, type ArgValue, enumValue, keywordByName } from '../../../src/ctios/index.js';
import type { ObjectViews } from '../session/held-events.js';

export interface FilterRow {
  readonly key: string;
  /** Values separated by commas; `*` at the end matches any rest; names of enumerations or their numbers. */
  readonly value: string;
}

export type EventFilter = (payload: Readonly<Args>, objects: ObjectViews) => boolean;

/** Blank rows are left out; no rows match everything. */
export function compileFilter(rows: readonly FilterRow[]): EventFilter {
  const tests = rows.flatMap(({ key, value }) => {
    const name = key.trim();
    const values = value.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
    return name === '' || values.length === 0 ? [] : [rowTest(name, values)];
  });
  return (payload, objects) => tests.every((test) => test(payload, objects));
}

function rowTest(name: string, values: readonly string[]): EventFilter {
  const known = keywordByName(name);
  const key = known?.keyword ?? name;
  const matches = values.map((value) => valueTest(value, known?.enum));
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

function valueTest(value: string, enumeration: string | undefined): (text: string) => boolean {
  const star = value.indexOf('*');
  if (star === 0) return () => true;
  if (star > 0) {
    const start = value.slice(0, star);
    return (text) => text.startsWith(start);
  }
  const number = enumeration === undefined ? undefined : enumValue(enumeration, value);
  const wanted = number === undefined ? value : String(number);
  return (text) => text === wanted;
}
