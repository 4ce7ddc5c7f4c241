import type { Clock } from '../../../common/clock.js';

/** More than this are not remembered: the one who failed longest ago is forgotten first. */
export const MAX_REMEMBERED_FAILURES = 100_000;

/**
 * Counts failed passwords by peer. After so many in a row the peer is locked out for a while, whatever it then says:
 * guessing costs more than it can bring. Source: CTI OS System Manager Guide, MonitorModeDisableThreshold, -Duration.
 */
export class LockOut {
  #failures = new Map<string, { count: number; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: { failures: number; ms: number },
  ) {}

  /** @returns milliseconds that the peer is locked out for, 0 if it is not */
  remaining(peer: string): number {
    const entry = this.#failures.get(peer);
    if (entry === undefined || entry.count < this.limit.failures) return 0;
    const left = entry.until - this.clock.monotonic();
    if (left > 0) return left;
    this.#failures.delete(peer);
    return 0;
  }

  /** Failures that still count. */
  failures(peer: string): number {
    const entry = this.#failures.get(peer);
    return entry === undefined || entry.until <= this.clock.monotonic() ? 0 : entry.count;
  }

  failed(peer: string): void {
    const now = this.clock.monotonic();
    // Failures long ago do not add up with one today.
    const count = this.failures(peer) + 1;
    // Kept in the order in which they end, as all last equally long: the oldest are looked at, and no more.
    this.#failures.delete(peer);
    this.#failures.set(peer, { count, until: now + this.limit.ms });
    for (const [oldest, { until }] of this.#failures) {
      if (until > now && this.#failures.size <= MAX_REMEMBERED_FAILURES) break;
      this.#failures.delete(oldest);
    }
  }

  /** Who is remembered to have failed. */
  get size(): number {
    return this.#failures.size;
  }

  succeeded(peer: string): void {
    this.#failures.delete(peer);
  }
}
