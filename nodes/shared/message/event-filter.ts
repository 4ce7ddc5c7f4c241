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
  // By far the most have one row.
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
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
  const exact = new Set<string>();
  const beginnings: string[] = [];
  for (const value of values) {
    const start = literal ? undefined : beginningOf(value);
    if (start !== undefined) beginnings.push(start);
    else exact.add(writtenValue(value, known?.enum));
  }
  return (payload, objects) => {
    const text = lastLookUp.textOf(key, payload, objects);
    if (text === undefined) return false;
    return exact.has(text) || beginnings.some((start) => text.startsWith(start));
  };
}

/**
 * What a keyword is in an event, for all the nodes that filter by it: a hundred nodes on one session look at each event
 * one after the other, most of them at the same few keywords.
 */
class LastLookUp {
  #payload: Readonly<Args> | undefined;
  #objects: ObjectViews | undefined;
  #key: string | undefined;
  #text: string | undefined;
  readonly #others = new Map<string, string | undefined>();

  textOf(key: string, payload: Readonly<Args>, objects: ObjectViews): string | undefined {
    if (payload === this.#payload && objects === this.#objects) {
      if (key === this.#key) return this.#text;
      if (this.#others.has(key)) return this.#others.get(key);
      this.#others.set(this.#key!, this.#text);
    } else {
      this.#payload = payload;
      this.#objects = objects;
      if (this.#others.size > 0) this.#others.clear();
    }
    this.#key = key;
    this.#text = lookUpText(key, payload, objects);
    return this.#text;
  }
}

const lastLookUp = new LastLookUp();

function lookUpText(key: string, payload: Readonly<Args>, { call, agent }: ObjectViews): string | undefined {
  const found = valueIn(payload, key) ?? valueIn(call, key) ?? valueIn(agent, key);
  return found === undefined || typeof found === 'object' ? undefined : String(found);
}

/** An ECC variable may stand beside the other keywords or under ECC. */
function valueIn(args: Readonly<Args> | undefined, key: string): ArgValue | undefined {
  if (args === undefined) return undefined;
  const found = args[key];
  if (found !== undefined) return found;
  const { ECC } = args;
  return typeof ECC === 'object' ? ECC[key] : undefined;
}

function writtenValue(value: string, enumeration: string | undefined): string {
  const number = enumeration === undefined ? undefined : enumValue(enumeration, value);
  return number === undefined ? value : String(number);
}
