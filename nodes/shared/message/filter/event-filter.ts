/**
 * The filter of a node: rows of keyword, operator and value, compiled once. A keyword is looked up in the payload, then
 * in `msg.call`, then in `msg.agent`. Not to be confused with the session's filter, which the server applies with CTI OS
 * semantics.
 */
import {
  type Args,
  type ArgValue,
  CtiosError,
  enumValue,
  isOtherMedia,
  keywordByName,
} from '../../../../src/ctios/index.js';
import type { ObjectViews } from '../events/held-events.js';
import { beginningOf, valuesOfRow, withoutBeginning } from './filter-values.js';
import { type Join, type OperatorName, operatorNamed } from './operators.js';
import { compilePattern } from './patterns.js';

/** A row whose values are known: they were entered, or have been read for this event. */
export interface ResolvedRow {
  readonly key: string;
  readonly op: OperatorName;
  readonly value?: unknown;
  readonly to?: unknown;
}

export interface EventFilter {
  (payload: Readonly<Args>, objects: ObjectViews): boolean;
  /** A value that an event must have to match, if there is one: used to index the nodes of a session. */
  readonly needed?: NeededValue;
}

/** A keyword that must have one of these values, as text. */
export interface NeededValue {
  readonly key: string;
  readonly texts: ReadonlySet<string>;
}

/** The keyword of a row, and what is known of it. */
interface Subject {
  readonly key: string;
  readonly enumeration: string | undefined;
}

/**
 * No rows match everything.
 * @throws CtiosError CTIOS_INVALID_FILTER for a row that cannot match: a `*` without a beginning, an invalid regular
 * expression, an operator that does not exist
 */
export function compileFilter(
  rows: readonly ResolvedRow[],
  join: Join = 'all',
  media: Media = mediaOf(rows),
): EventFilter {
  const tests = rows.flatMap((row) => compileRow(row, media) ?? []);
  // By far the most have one row, or none.
  const [only] = tests;
  if (only === undefined) return () => true;
  if (tests.length === 1) return only;
  if (join === 'any') return (payload, objects) => tests.some((test) => test(payload, objects));
  const all = (payload: Readonly<Args>, objects: ObjectViews) => tests.every((test) => test(payload, objects));
  const needed = tests.find((test) => test.needed !== undefined)?.needed;
  return needed === undefined ? all : Object.assign(all, { needed });
}

/** What a keyword is in an event, as a text; undefined where it has no value, or no single one. */
export function keywordText(key: string, payload: Readonly<Args>, objects: ObjectViews): string | undefined {
  return lastLookUp.textOf(key, payload, objects);
}

/** Undefined for a row that restricts nothing: without a keyword, or a list without values. */
export function compileRow(row: ResolvedRow, media: Media): EventFilter | undefined {
  const name = row.key.trim();
  if (name === '') return undefined;
  const known = keywordByName(name);
  const subject = { key: known?.keyword ?? name, enumeration: known?.enum };
  if (operatorNamed(row.op) === undefined) {
    throw invalid(`The operator "${row.op}" of ${subject.key} does not exist.`);
  }
  const test = makers[row.op](subject, row);
  return test !== undefined && media === 'phone' && OF_A_MEDIUM.has(subject.key) ? ofPhone(test) : test;
}

/**
 * The media whose states a filter is about. An agent has a state in each; who filters by a state without naming the
 * medium means the phone, and must not act when the agent logs out of chat.
 */
export type Media = 'phone' | 'all';

/** Keywords that have one value per medium. */
const OF_A_MEDIUM: ReadonlySet<string> = new Set(['AgentState', 'EventReasonCode', 'SkillGroupState']);

/** @param rows all rows of the filter */
export function mediaOf(rows: readonly { readonly key: string }[]): Media {
  return rows.some(({ key }) => keywordByName(key.trim())?.keyword === 'MRDID') ? 'all' : 'phone';
}

function ofPhone(test: EventFilter): EventFilter {
  const { needed } = test;
  const result = (payload: Readonly<Args>, objects: ObjectViews) => !isOtherMedia(payload) && test(payload, objects);
  return needed === undefined ? result : Object.assign(result, { needed });
}

type Maker = (subject: Subject, row: ResolvedRow) => EventFilter | undefined;

const makers: Readonly<Record<OperatorName, Maker>> = {
  is: (subject, { value }) => oneOf(subject, new Set([written(value, subject)])),
  isNot: (subject, { value }) => {
    const unwanted = written(value, subject);
    return (payload, objects) => keywordText(subject.key, payload, objects) !== unwanted;
  },
  oneOf: (subject, { value }) => {
    const values = listOf(value);
    return values.length === 0 ? undefined : oneOf(subject, new Set(values.map((each) => written(each, subject))));
  },
  like,
  startsWith: (subject, { value }) => textTest(subject, plain(value), (text, wanted) => text.startsWith(wanted)),
  endsWith: (subject, { value }) => textTest(subject, plain(value), (text, wanted) => text.endsWith(wanted)),
  contains: (subject, { value }) => textTest(subject, plain(value), (text, wanted) => text.includes(wanted)),
  matches: (subject, { value }) => {
    const matches = compilePattern(plain(value));
    return textTest(subject, '', matches);
  },
  lt: (subject, row) => numberTest(subject, row, (number, limit) => number < limit),
  lte: (subject, row) => numberTest(subject, row, (number, limit) => number <= limit),
  gt: (subject, row) => numberTest(subject, row, (number, limit) => number > limit),
  gte: (subject, row) => numberTest(subject, row, (number, limit) => number >= limit),
  between: (subject, row) => {
    const to = numberIn(row.to, subject);
    return numberTest(subject, row, (number, from) => number >= from && number <= to);
  },
  set:
    ({ key }) =>
    (payload, objects) =>
      lookUp(key, payload, objects) !== undefined,
  notSet:
    ({ key }) =>
    (payload, objects) =>
      lookUp(key, payload, objects) === undefined,
  changed:
    ({ key }) =>
    (_, { previous }) =>
      previous !== undefined && previous[key] !== undefined,
  changedFrom: (subject, { value }) => {
    const before = written(value, subject);
    return (_, { previous }) => textFrom(previous?.[subject.key]) === before;
  },
  changedTo: (subject, { value }) => {
    const after = written(value, subject);
    return (payload, objects) =>
      objects.previous?.[subject.key] !== undefined && keywordText(subject.key, payload, objects) === after;
  },
};

function oneOf({ key }: Subject, texts: ReadonlySet<string>): EventFilter {
  const test = (payload: Readonly<Args>, objects: ObjectViews) => {
    const text = keywordText(key, payload, objects);
    return text !== undefined && texts.has(text);
  };
  return Object.assign(test, { needed: { key, texts } });
}

/** The first form of rows: several values, of which those with a trailing `*` match any ending. */
function like(subject: Subject, { value }: ResolvedRow): EventFilter | undefined {
  const values = listOf(value);
  if (values.length === 0) return undefined;
  const bare = values.find(withoutBeginning);
  if (bare !== undefined) {
    throw invalid(
      `The filter value "${bare}" of ${subject.key} has no beginning before the "*". Type the beginning, such as "206*", or remove the row to match any value.`,
    );
  }
  const beginnings = values.flatMap((each) => beginningOf(each) ?? []);
  const exact = oneOf(
    subject,
    new Set(values.filter((each) => beginningOf(each) === undefined).map((each) => written(each, subject))),
  );
  if (beginnings.length === 0) return exact;
  return (payload, objects) => {
    if (exact(payload, objects)) return true;
    const text = keywordText(subject.key, payload, objects);
    return text !== undefined && beginnings.some((start) => text.startsWith(start));
  };
}

function textTest({ key }: Subject, wanted: string, test: (text: string, wanted: string) => boolean): EventFilter {
  return (payload, objects) => {
    const text = keywordText(key, payload, objects);
    return text !== undefined && test(text, wanted);
  };
}

/** What is not a number is neither less nor greater. */
function numberTest(
  subject: Subject,
  { value }: ResolvedRow,
  test: (number: number, limit: number) => boolean,
): EventFilter {
  const limit = numberIn(value, subject);
  return (payload, objects) => {
    const text = keywordText(subject.key, payload, objects);
    return text !== undefined && text.trim() !== '' && test(Number(text), limit);
  };
}

function numberIn(value: unknown, subject: Subject): number {
  const text = written(value, subject).trim();
  return text === '' ? Number.NaN : Number(text);
}

/** Several values: an array, or separated by commas. */
function listOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value.filter((each) => each !== undefined) : [value ?? ''];
  return valuesOfRow(all.map(String).join(','));
}

const plain = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** The text that an event has for it: enumerations can be given by name. */
function written(value: unknown, { enumeration }: Subject): string {
  const text = plain(value);
  const number = enumeration === undefined ? undefined : enumValue(enumeration, text);
  return number === undefined ? text : String(number);
}

function invalid(reason: string): CtiosError {
  return new CtiosError('CTIOS_INVALID_FILTER', reason);
}

/**
 * Caches the value of a keyword in an event for all the nodes that filter by it: a hundred nodes on one session check
 * each event one after the other, most of them for the same few keywords.
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
    this.#text = textFrom(lookUp(key, payload, objects));
    return this.#text;
  }
}

const lastLookUp = new LastLookUp();

function lookUp(key: string, payload: Readonly<Args>, { call, agent }: ObjectViews): ArgValue | undefined {
  return valueIn(payload, key) ?? valueIn(call, key) ?? valueIn(agent, key);
}

function textFrom(value: ArgValue | null | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

/** An ECC variable may be next to the other keywords or under ECC. */
function valueIn(args: Readonly<Args> | undefined, key: string): ArgValue | undefined {
  if (args === undefined) return undefined;
  const found = args[key];
  if (found !== undefined) return found;
  const { ECC } = args;
  return typeof ECC === 'object' ? ECC[key] : undefined;
}
