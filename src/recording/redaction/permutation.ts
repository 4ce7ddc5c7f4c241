/**
 * Replaces a sequence of symbols with another one of the same length, one to one: different sequences remain different,
 * and without the key neither the original nor any other sequence can be computed. A Feistel network over the symbols,
 * with HMAC as its round function; a single symbol is replaced according to a keyed shuffle of all symbols.
 */
import { createHmac } from 'node:crypto';

/** The number of rounds: ten, as in published format-preserving schemes. */
const ROUNDS = 10;

export class Permutation {
  readonly #key: Buffer;
  readonly #singles = new Map<number, readonly number[]>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** @param symbols numbers from 0 to `radix` - 1 */
  apply(symbols: readonly number[], radix: number): number[] {
    if (symbols.length === 0) return [];
    if (symbols.length === 1) return [this.#shuffled(radix)[symbols[0] as number] as number];
    const middle = symbols.length >> 1;
    let left = symbols.slice(0, middle);
    let right = symbols.slice(middle);
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = this.#added(left, right, radix, round);
      left = right;
      right = mixed;
    }
    return [...left, ...right];
  }

  /** Adds to each symbol that of a pseudorandom sequence of the same length, derived from the other half. */
  #added(row: readonly number[], other: readonly number[], radix: number, round: number): number[] {
    const stream: number[] = [];
    for (let block = 0; stream.length < row.length * 4; block++) {
      const hmac = createHmac('sha256', this.#key);
      hmac.update(Buffer.from([round, radix, row.length, other.length, block, ...other]));
      stream.push(...hmac.digest());
    }
    return row.map((symbol, index) => {
      const at = index * 4;
      const random = Buffer.from(stream.slice(at, at + 4)).readUInt32BE(0);
      return (symbol + random) % radix;
    });
  }

  #shuffled(radix: number): readonly number[] {
    let order = this.#singles.get(radix);
    if (order === undefined) {
      const rank = (symbol: number) =>
        createHmac('sha256', this.#key).update(`single ${radix} ${symbol}`).digest('hex');
      const ranks = Array.from({ length: radix }, (_, symbol) => [rank(symbol), symbol] as const);
      order = ranks.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, symbol]) => symbol);
      this.#singles.set(radix, order);
    }
    return order;
  }
}
