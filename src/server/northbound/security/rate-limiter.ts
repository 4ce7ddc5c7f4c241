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

  /** @returns milliseconds until the next one is let through, 0 if it is now */
  get wait(): number {
    if (this.limit === undefined) return 0;
    this.#fill(this.limit);
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / this.limit.perSecond) * 1000;
  }

  /**
   * @param cost how many tokens it takes, which may be more than there are: those that come next then wait for longer
   * @returns whether it is let through
   */
  take(cost = 1): boolean {
    if (this.wait > 0) return false;
    this.#tokens -= cost;
    return true;
  }

  #fill({ perSecond, atOnce }: { perSecond: number; atOnce: number }): void {
    const now = this.clock.monotonic();
    this.#tokens = Math.min(atOnce, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond);
    this.#filledAt = now;
  }
}
