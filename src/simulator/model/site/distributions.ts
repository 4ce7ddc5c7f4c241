import type { Random } from '../../../common/random.js';

/** Typical durations of people and queues, in milliseconds. */
export type DurationDistribution =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'uniform'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** Skewed to the right, like talk times. `spread` is the coefficient of variation, for instance 0.5. */
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly spread: number }
  | { readonly kind: 'never' };

/** A duration; undefined for `never`. */
export function draw(distribution: DurationDistribution, random: Random): number | undefined {
  switch (distribution.kind) {
    case 'constant':
      return distribution.ms;
    case 'uniform':
      return distribution.minMs + random.next() * (distribution.maxMs - distribution.minMs);
    case 'exponential':
      return -Math.log(1 - random.next()) * distribution.meanMs;
    case 'lognormal': {
      const variance = Math.log(1 + distribution.spread ** 2);
      return Math.exp(Math.log(distribution.meanMs) - variance / 2 + Math.sqrt(variance) * normal(random));
    }
    case 'never':
      return undefined;
  }
}

/** Standard normal, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
