/** Randomness, injected and seeded: the same seed gives the same run. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
}

/** A small, fast generator of good quality for simulation (mulberry32). Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** Varies a pause by a fifth in either direction, so that waiting clients do not all return in the same second. */
export function jittered(ms: number, random: Random): number {
  return Math.round(ms * (1 + 0.2 * (2 * random.next() - 1)));
}

/** Unseeded randomness, such as the jitter of a back-off in production. */
export const systemRandom: Random = { next: () => Math.random() };
