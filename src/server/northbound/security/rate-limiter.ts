import type { Clock } from '../../../common/clock.js';

/**
 * How fast a client may speak: a bucket of tokens that fills at an even rate. Holds as many as may come at once, since
 * a client that starts has a lot to ask.
 */
export class RequestRate {
  #tokens: number;
  #filledAt: number;

  /** @param limit messages a second, and at most at once; absent: no limit */
  constructor(
    private readonly clock: Clock,
    private readonly limit: { perSecond: number; atOnce: number } | undefined,
  ) {
    this.#tokens = limit?.atOnce ?? 0;
    this.#filledAt = clock.monotonic();
  }

  /** @returns whether one more is let through */
  take(): boolean {
    if (this.limit === undefined) return true;
    const now = this.clock.monotonic();
    const { perSecond, atOnce } = this.limit;
    this.#tokens = Math.min(atOnce, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
