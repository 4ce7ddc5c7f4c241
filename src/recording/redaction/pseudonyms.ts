/**
 * Pseudonyms of texts, byte by byte: a digit remains a digit, a letter a letter of the same case, a letter outside
 * ASCII remains outside ASCII, and everything else (spaces, punctuation, control characters) is unchanged. Each run of
 * digits or letters is replaced as a whole, so a number has the same pseudonym wherever it occurs, alone or within
 * "SIP/2001" and "2001:1".
 */

import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { Permutation } from './permutation.js';

const DIGITS = 10;
const LETTERS = 26;
/** The maximum number of digits of a number that are replaced, from the right: any nine digits fit into four bytes. */
const MAX_DIGITS = 9;
/** Replacements for a byte outside ASCII: its low bits change, its high bits indicate the kind of byte. */
const HIGH = 64;

type Kind = 'digit' | 'letter' | 'high' | undefined;

/** Runs beyond this limit are computed again: a recording must not fill the memory. */
const MAX_REMEMBERED = 100_000;

export class Pseudonyms {
  readonly #permutation: Permutation;
  readonly #known = new Map<string, readonly number[]>();

  /** @param key allows the pseudonyms to be recomputed; by default a random key that is discarded with this object */
  constructor(key: Buffer = randomBytes(32)) {
    this.#permutation = new Permutation(key);
  }

  /** Replaces the bytes in place. */
  replace(bytes: Buffer, from = 0, to = bytes.length): void {
    const multibyte = isUtf8(bytes.subarray(from, to));
    for (let at = from; at < to; ) {
      const kind = kindOf(bytes[at] as number);
      let end = at + 1;
      while (end < to && kindOf(bytes[end] as number) === kind) end++;
      if (kind !== undefined) this.#replaceRun(bytes, at, end, kind, multibyte);
      at = end;
    }
  }

  /**
   * Replaces the decimal digits of an integer; a single digit, which counts or selects something, is unchanged.
   * @param max the largest result
   */
  number(value: number, max = Number.MAX_SAFE_INTEGER): number {
    const digits = String(value);
    if (!/^\d{2,}$/.test(digits)) return value;
    const head = digits.slice(0, -MAX_DIGITS);
    let tail = digits.slice(-MAX_DIGITS);
    // A number has no leading zero and must fit: other results are replaced again, which keeps the mapping one to one.
    do tail = this.#map(`d${tail}`, () => [...tail].map(Number), DIGITS).join('');
    while ((head === '' && tail.startsWith('0')) || Number(head + tail) > max);
    return Number(head + tail);
  }

  #replaceRun(bytes: Buffer, from: number, to: number, kind: Kind, multibyte: boolean): void {
    const run = bytes.subarray(from, to);
    if (kind === 'digit') {
      const made = this.#map(`d${run.toString('latin1')}`, () => [...run].map((byte) => byte - 0x30), DIGITS);
      made.forEach((symbol, index) => {
        run[index] = symbol + 0x30;
      });
    } else if (kind === 'letter') {
      const lower = run.toString('latin1').toLowerCase();
      const made = this.#map(`l${lower}`, () => [...Buffer.from(lower, 'latin1')].map((byte) => byte - 0x61), LETTERS);
      made.forEach((symbol, index) => {
        run[index] = symbol + ((run[index] as number) & 0x20 ? 0x61 : 0x41);
      });
    } else if (multibyte) this.#replaceUtf8(run);
    else this.#replaceLowBits(run, [...run.keys()]);
  }

  /** Only the last byte of each character changes, so it remains a character of the same length. */
  #replaceUtf8(run: Buffer): void {
    const last = [...run.keys()].filter((index) => index + 1 === run.length || (run[index + 1] as number) >= 0xc0);
    this.#replaceLowBits(run, last);
  }

  #replaceLowBits(run: Buffer, at: readonly number[]): void {
    const made = this.#map(
      `h${at.length} ${run.toString('latin1')}`,
      () => at.map((index) => (run[index] as number) & 63),
      HIGH,
    );
    made.forEach((symbol, index) => {
      const position = at[index] as number;
      run[position] = ((run[position] as number) & ~63) | symbol;
    });
  }

  #map(key: string, symbols: () => number[], radix: number): readonly number[] {
    let made = this.#known.get(key);
    if (made === undefined) {
      made = this.#permutation.apply(symbols(), radix);
      if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
      this.#known.set(key, made);
    }
    return made;
  }
}

function kindOf(byte: number): Kind {
  if (byte >= 0x30 && byte <= 0x39) return 'digit';
  if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) return 'letter';
  return byte >= 0x80 ? 'high' : undefined;
}
