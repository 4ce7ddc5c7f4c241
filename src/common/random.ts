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

/** Randomness that need not be repeated: jitter of a back-off in production. */
export const systemRandom: Random = { next: () => Math.random() };
