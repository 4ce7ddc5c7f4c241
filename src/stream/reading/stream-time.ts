/**
 * Places the times of a stream's events on the monotonic clock of this process. Each leader publishes them with its own
 * monotonic clock, so that intervals are right although its machine's clock is set; from one leader to the next, the
 * time stamps count.
 */
import type { Clock } from '../../common/clock.js';
import type { StreamEvent } from '../stream-event.js';

export class StreamTime {
  /** Of the time stamps from the monotonic clock of this process. */
  #offset: number | undefined;
  #epoch: number | undefined;
  /** Of the monotonic clock of this process from the leader's. */
  #shift = 0;

  constructor(private readonly clock: Pick<Clock, 'now' | 'monotonic'>) {}

  /** When the event was published, in milliseconds. */
  of({ epoch, time, at }: Pick<StreamEvent, 'epoch' | 'time' | 'at'>): number {
    this.#offset ??= this.clock.now() - this.clock.monotonic();
    // Published by an earlier version of this software.
    if (at === undefined) return time - this.#offset;
    if (epoch !== this.#epoch) this.#shift = time - this.#offset - at;
    this.#epoch = epoch;
    this.#offset = time - at - this.#shift;
    return at + this.#shift;
  }
}
