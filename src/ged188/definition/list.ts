/**
 * Lists of the floating part: groups of fields that repeat. A new element begins when a field occurs that the current
 * element already has.
 */
import { type Field, STRING, UCHAR } from './field.js';
import { Tag } from './tags.js';

export interface ListFacts {
  /** Maximum number of elements that the protocol allows. */
  readonly max?: number;
  /** The guide prints an array but no array type: one floating field per element is sent; one field with all elements
   * packed into it is also understood. */
  readonly packable?: boolean;
  /** Configuration records: the whole floating part repeats. */
  readonly records?: boolean;
  /**
   * Each element is one floating field of this tag that contains the element's fields in sequence, texts
   * null-terminated.
   */
  readonly within?: number;
}

export type Fields = Readonly<Record<string, Field<unknown> | List<Fields, boolean>>>;

/** An element as decoded: fields the peer left out are undefined; lists are always present. */
export type ElementOf<F> = { [K in keyof F as F[K] extends List<infer _, boolean> ? never : K]?: ValueOf<F[K]> } & {
  [K in keyof F as F[K] extends List<infer _, boolean> ? K : never]: ValueOf<F[K]>;
};
export type ElementInitOf<F> = { readonly [K in keyof F]?: InitOf<F[K]> };

export type ValueOf<D> =
  D extends List<infer F, infer Gaps>
    ? readonly (Gaps extends true ? FlattenedType<ElementOf<F>> : { [K in keyof F]: ValueOf<F[K]> })[]
    : D extends Field<infer T>
      ? T
      : never;
export type InitOf<D> =
  D extends List<infer F, infer Gaps>
    ? readonly (Gaps extends true ? ElementInitOf<F> : { readonly [K in keyof F]: InitOf<F[K]> })[]
    : D extends Field<infer T>
      ? Writable<T>
      : never;

/** Bytes may be given as any bytes. */
type Writable<T> = T extends Buffer ? Uint8Array : T;
export type FlattenedType<T> = { [K in keyof T]: T[K] };

/** A list of elements with the fields `F`, any of which may be missing in an element if there may be `Gaps`. */
export class List<out F, out Gaps extends boolean = true> {
  declare readonly gaps: Gaps;

  constructor(
    readonly fields: F,
    readonly facts: ListFacts,
  ) {}

  /** Also understood with all elements packed into one field. */
  get orPacked(): List<F, Gaps> {
    return new List(this.fields, { ...this.facts, packable: true });
  }
}

/** A list of at most `max` elements, whose first field announces each. */
export const list = <const F extends Fields>(max: number | undefined, fields: F): List<F> =>
  new List(fields, max === undefined ? {} : { max });

/** Configuration records, at most `max` in a message. */
export const records = <const F extends Fields>(max: number, fields: F): List<F> =>
  new List(fields, { max, records: true });

/** Elements that are one floating field each: it contains all their fields in sequence. */
const packedIn = <const F extends Readonly<Record<string, Field<unknown>>>>(tag: number, fields: F) =>
  new List<F, false>(fields, { within: tag });

/** Expanded call variables (ECC). */
export const NAMED_VARIABLES = packedIn(Tag.NAMED_VARIABLE_TAG, {
  VariableName: STRING(33),
  VariableValue: STRING(211),
});

/** Elements of expanded call variable arrays; the index counts from 0. */
export const NAMED_ARRAYS = packedIn(Tag.NAMED_ARRAY_TAG, {
  VariableIndex: UCHAR,
  VariableName: STRING(33),
  VariableValue: STRING(211),
});
