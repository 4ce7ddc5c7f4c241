/** Seeded random numbers: each step has its own seed, so that omitting steps does not change others. */
import { type Random, seededRandom } from '../../src/common/random.js';

export class Dice {
  readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    // Similar seeds start with similar numbers.
    this.random.next();
  }

  /** @throws RangeError if the list is empty */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('nothing to choose from');
    return from[this.below(from.length)]!;
  }

  maybe<T>(from: readonly T[]): T | undefined {
    return from.length === 0 ? undefined : this.pick(from);
  }

  chance(probability: number): boolean {
    return this.random.next() < probability;
  }

  /** An integer from 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor(this.random.next() * limit);
  }

  /** Selects by weight. */
  weighted<T extends { weight: number }>(from: readonly T[]): T {
    let left = this.random.next() * from.reduce((sum, { weight }) => sum + weight, 0);
    for (const each of from) {
      left -= each.weight;
      if (left < 0) return each;
    }
    return from[from.length - 1]!;
  }
}
