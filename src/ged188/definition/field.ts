/**
 * The building blocks of the protocol's tables: data types, and what a table specifies for one field.
 *
 * A {@link Field} is a value: each method returns a new one, so that `STRING(64).tag(25).required` reads like a row of
 * the guide. Nothing here encodes or decodes; the codec is compiled from these facts.
 */

/** Data types that the tables use. Integers are big-endian, fields are packed. */
export type WireType = 'UCHAR' | 'USHORT' | 'INT' | 'UINT' | 'BOOL' | 'TIME' | 'STRING' | 'UNSPEC';

/** Named numbers: an enumeration or a mask. */
export type Group = Readonly<Record<string, number>>;

/** What a table of the guide specifies for one field. */
export interface FieldFacts {
  readonly wire: WireType;
  /** Bytes of the value, if the type or the table fixes it; undefined for text or bytes of varying length. */
  readonly size?: number;
  /** Maximum number of data bytes; for a text, including its null. */
  readonly max?: number;
  /** The limit of versions before `version`. */
  readonly maxBefore?: { readonly version: number; readonly max: number };
  /** Floating field: the number that announces it. `null`: the guide publishes none, so it cannot be sent. */
  readonly tag?: number | null;
  /** Other tags under which servers send the field. */
  readonly acceptTags?: readonly number[];
  /** Marked as required in the guide. Never enforced when decoding. */
  readonly required?: boolean;
  /** First and last protocol version that has the field. */
  readonly since?: number;
  readonly until?: number;
  /** The enumeration of its values, or the mask of its bits. */
  readonly enumeration?: Group;
  readonly alternative?: Group;
  readonly mask?: Group;
  /** The list whose elements it counts. */
  readonly counts?: string;
  /** The value of a fixed field that stands for "nothing". Default 0. */
  readonly absent?: number;
}

/** Versions that the codec supports; a fixed field introduced within them may be missing from a message. */
type Always = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

const NULL_USHORT = 0xffff;

export class Field<T> {
  /** The type of the decoded value; exists for the compiler only. */
  declare readonly value: T;

  constructor(readonly facts: FieldFacts) {}

  private with(facts: Partial<FieldFacts>): Field<T> {
    return new Field<T>({ ...this.facts, ...facts });
  }

  /** Makes it a floating field announced by this tag. `null`: no tag is published. */
  tag(tag: number | null): Field<T> {
    return this.with({ tag });
  }

  /** Also decoded under these tags. */
  orTag(...acceptTags: number[]): Field<T> {
    return this.with({ acceptTags });
  }

  get required(): Field<T> {
    return this.with({ required: true });
  }

  /** Its values are those of an enumeration; `alternative`: on some peripherals, those of another one. */
  of(enumeration: Group, alternative?: Group): Field<T> {
    const none = this.facts.size === 2 && Object.values(enumeration).includes(NULL_USHORT);
    return this.with({ enumeration, ...(alternative && { alternative }), ...(none && { absent: NULL_USHORT }) });
  }

  /** Its bits are those of a mask. */
  bits(mask: Group): Field<T> {
    return this.with({ mask });
  }

  /** It counts the elements of a list; computed when encoding. */
  counts(list: string): Field<T> {
    return this.with({ counts: list });
  }

  /** The null value, which stands for "nothing" on the wire. */
  absent(absent: number): Field<T> {
    return this.with({ absent });
  }

  /** First protocol version that has the field. */
  since<const V extends number>(since: V): Field<V extends Always ? T : T | undefined> {
    return new Field({ ...this.facts, since });
  }

  /** Last protocol version that has the field. */
  until(until: number): Field<T | undefined> {
    return new Field({ ...this.facts, until });
  }

  /** Before the given version a smaller limit applied. */
  maxBefore(version: number, max: number): Field<T> {
    return this.with({ maxBefore: { version, max } });
  }
}

const number = (wire: WireType, size: number) => new Field<number>({ wire, size, max: size });

export const UCHAR = number('UCHAR', 1);
export const USHORT = number('USHORT', 2);
export const INT = number('INT', 4);
export const UINT = number('UINT', 4);
/** Seconds since 1970-01-01 UTC. */
export const TIME = number('TIME', 4);
export const BOOL = new Field<boolean>({ wire: 'BOOL', size: 2, max: 2 });

/** Text of at most `max` bytes, including the null at its end. */
export const STRING = (max: number): Field<string> => new Field({ wire: 'STRING', max });

/** Raw bytes, at most `max` of them. */
export const UNSPEC = (max: number): Field<Buffer> => new Field({ wire: 'UNSPEC', max });

/** Raw bytes of the fixed part, always `size` of them. */
export const BYTES = (size: number): Field<Buffer> => new Field({ wire: 'UNSPEC', size, max: size });
