/**
 * Oddities in the messages of a session: anything that the tables do not expect. They never stop the decoder; each kind
 * is reported once, and counted.
 */

export type OddityKind =
  /** A message number without a known layout. */
  | 'unknown-message'
  /** The fixed part ends early; the missing fields have their null values. */
  | 'short-fixed-part'
  /** A floating field claims more bytes than are left, or trailing bytes are not a field. */
  | 'short-floating-part'
  /** A tag that the message does not have in this version. */
  | 'unknown-tag'
  /** A number whose size is not that of its type. */
  | 'field-size'
  /** A single field that occurs twice. */
  | 'repeated-field'
  /** The count of a list does not match its number of elements. */
  | 'count-mismatch'
  /** A number that its enumeration does not name. */
  | 'outside-enumeration';

export interface DecodeWarning {
  readonly kind: OddityKind;
  /** Name of the message, or its number. */
  readonly message: string;
  /** The field, or the tag number. */
  readonly field: string;
  /** The offending number, when it was first seen. */
  readonly value: number | undefined;
  /** How often it was seen. */
  count: number;
}

/** Kinds beyond this number are counted together, so that a peer that invents them cannot fill the memory. */
const MAX_KINDS = 1000;

export class DecodeReport {
  private readonly seen = new Map<string, DecodeWarning>();

  /** @param onOddity called for each kind when it is first seen */
  constructor(private readonly onOddity: (oddity: DecodeWarning) => void = () => {}) {}

  /** Each kind seen so far, with its count. */
  get oddities(): Iterable<Readonly<DecodeWarning>> {
    return this.seen.values();
  }

  note(kind: OddityKind, message: string, field: string | number, value?: number): void {
    let key = `${kind} ${message} ${field}`;
    let oddity = this.seen.get(key);
    if (oddity === undefined && this.seen.size >= MAX_KINDS) {
      key = kind;
      oddity = this.seen.get(key);
    }
    if (oddity !== undefined) {
      oddity.count++;
      return;
    }
    oddity = { kind, message, field: String(field), value, count: 1 };
    this.seen.set(key, oddity);
    this.onOddity(oddity);
  }
}
