import type { Clock } from '../../../common/clock.js';

/**
 * Limits a client's message rate: a bucket of tokens that fills at a constant rate. Its capacity is the permitted
 * burst, because a client sends many requests when it starts.
 */
export class RequestRate {
  #tokens: number;
  #filledAt: number;

  /** @param limit messages per second, and at once; absent: unlimited */
  constructor(
    private readonly clock: Clock,
    private readonly limit: { perSecond: number; atOnce: number } | undefined,
  ) {
    this.#tokens = limit?.atOnce ?? 0;
    this.#filledAt = clock.monotonic();
  }

  /** @returns milliseconds until the next one is accepted, 0 if it is now */
  get wait(): number {
    if (this.limit === undefined) return 0;
    this.#fill(this.limit);
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / this.limit.perSecond) * 1000;
  }

  /**
   * @param cost number of tokens, which may exceed those available: then later messages wait longer
   * @returns whether it is accepted
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
