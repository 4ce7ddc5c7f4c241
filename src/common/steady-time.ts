/**
 * Times that can be subtracted from each other. A time stamp jumps when the machine's clock is set; here it continues as
 * if the clock had not been set, and is converted back for output. Without a jump both are the same.
 */
import type { Clock } from './clock.js';

/** A smaller difference is not corrected: clocks are adjusted by small steps all the time. */
const JUMP_MS = 100;

export class SteadyTime {
  /** Of the wall clock from the monotonic one, when both were last read. */
  #offset: number | undefined;
  /** How far the steady time is ahead of the wall clock. */
  #ahead = 0;

  constructor(private readonly clock: Pick<Clock, 'now' | 'monotonic'>) {}

  /**
   * @param time on the wall clock
   * @param at the same on the monotonic clock; without it, the clock was not set since the last call
   */
  of(time: number, at?: number): number {
    if (at !== undefined) {
      const offset = time - at;
      const before = this.#offset ?? offset;
      if (Math.abs(offset - before) > JUMP_MS) this.#ahead += Math.round(before - offset);
      this.#offset = offset;
    }
    return time + this.#ahead;
  }

  now(): number {
    return this.of(this.clock.now(), this.clock.monotonic());
  }

  /** The time stamp of a steady time, by the wall clock as it is set now. */
  stamp(steady: number): number {
    return steady - this.#ahead;
  }
}
