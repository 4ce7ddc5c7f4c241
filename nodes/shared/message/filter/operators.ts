/**
 * The operators of a filter's rows, as data: the dialogs, the migration and the runtime read the same table. Pure: it is
 * part of the editor's bundle.
 */

/** What an operator compares with: nothing, one text, several texts, a number, or a regular expression. */
type Comparand = 'none' | 'text' | 'list' | 'number' | 'pattern';

export interface Operator {
  readonly comparand: Comparand;
  /** How many values a row with it has. */
  readonly values: 0 | 1 | 2;
  /** It is about what the event changed; objects that are read from the session have no such thing. */
  readonly aboutChange?: true;
}

const TABLE = {
  is: { comparand: 'text', values: 1 },
  isNot: { comparand: 'text', values: 1 },
  oneOf: { comparand: 'list', values: 1 },
  like: { comparand: 'list', values: 1 },
  startsWith: { comparand: 'text', values: 1 },
  endsWith: { comparand: 'text', values: 1 },
  contains: { comparand: 'text', values: 1 },
  matches: { comparand: 'pattern', values: 1 },
  lt: { comparand: 'number', values: 1 },
  lte: { comparand: 'number', values: 1 },
  gt: { comparand: 'number', values: 1 },
  gte: { comparand: 'number', values: 1 },
  between: { comparand: 'number', values: 2 },
  set: { comparand: 'none', values: 0 },
  notSet: { comparand: 'none', values: 0 },
  changed: { comparand: 'none', values: 0, aboutChange: true },
  changedFrom: { comparand: 'text', values: 1, aboutChange: true },
  changedTo: { comparand: 'text', values: 1, aboutChange: true },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof TABLE;

export const operators: Readonly<Record<OperatorName, Operator>> = TABLE;

/** Undefined for a name that is none: a flow may be written by hand, or come from a newer version. */
export function operatorNamed(name: string): Operator | undefined {
  return Object.hasOwn(TABLE, name) ? TABLE[name as OperatorName] : undefined;
}

/** A row as it is saved. `to` is the second value of an operator that has two. */
export interface FilterRow {
  readonly key: string;
  readonly op: OperatorName;
  readonly value: string;
  readonly type: string;
  readonly to?: string;
  readonly toType?: string;
}

/** Whether all rows must match, or one is enough. */
export type Join = 'all' | 'any';
