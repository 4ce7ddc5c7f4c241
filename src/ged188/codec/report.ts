/**
 * What was odd in the messages of a session. Nothing odd stops the decoder; each kind is told once, and counted.
 */

export type OddityKind =
  /** A message number without a known layout. */
  | 'unknown-message'
  /** The fixed part ends early; the missing fields hold their null values. */
  | 'short-fixed-part'
  /** A floating field claims more bytes than are left, or bytes are left that are no field. */
  | 'short-floating-part'
  /** A tag that the message does not have in this version. */
  | 'unknown-tag'
  /** A number of another size than its type's. */
  | 'field-size'
  /** A single field that came twice. */
  | 'repeated-field'
  /** The count of a list is not the number of its elements. */
  | 'count-mismatch'
  /** A number that its enumeration does not name. */
  | 'outside-enumeration';

export interface DecodeWarning {
  readonly kind: OddityKind;
  /** Name of the message, or its number. */
  readonly message: string;
  /** The field, or the number of the tag. */
  readonly field: string;
  /** The number at fault, when it was first seen. */
  readonly value: number | undefined;
  /** How often it was seen. */
  count: number;
}

/** More kinds than this are counted together: a peer that makes them up must not fill the memory. */
const MAX_KINDS = 1000;

export class DecodeReport {
  private readonly seen = new Map<string, DecodeWarning>();

  /** @param onOddity told of each kind when it is first seen */
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
