import type { VirtualClock } from '../../src/common/virtual-clock.js';

/** Advances virtual time in small steps and settles all promises after each step. */
export async function pass(clock: VirtualClock, ms: number, step = 100): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await settled();
  }
}

/** Resolves when all consequences of what has happened so far have run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
