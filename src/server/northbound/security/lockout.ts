import type { Clock } from '../../../common/clock.js';

/** Maximum number of entries: the one that failed longest ago is dropped first. */
export const MAX_REMEMBERED_FAILURES = 100_000;

/**
 * Counts wrong passwords per peer. After a number of them in a row the peer is locked out for a while, whatever it
 * sends: this makes guessing impractical. Source: CTI OS System Manager Guide, MonitorModeDisableThreshold, -Duration.
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
    // Old failures do not add up with new ones.
    const count = this.failures(peer) + 1;
    // Ordered by expiry, because all last equally long: only the oldest have to be checked.
    this.#failures.delete(peer);
    this.#failures.set(peer, { count, until: now + this.limit.ms });
    for (const [oldest, { until }] of this.#failures) {
      if (until > now && this.#failures.size <= MAX_REMEMBERED_FAILURES) break;
      this.#failures.delete(oldest);
    }
  }

  /** Number of entries. */
  get size(): number {
    return this.#failures.size;
  }

  succeeded(peer: string): void {
    this.#failures.delete(peer);
  }
}
