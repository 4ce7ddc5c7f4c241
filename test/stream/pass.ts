import type { VirtualClock } from '../../src/common/virtual-clock.js';

/** Lets virtual time pass in small steps, and after each step everything happen that promises have in store. */
export async function pass(clock: VirtualClock, ms: number, step = 100): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    clock.advance(Math.min(step, left));
    await settled();
  }
}

/** Everything that follows from what has happened has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
