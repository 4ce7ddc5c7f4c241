import type { Clock } from '../../../common/clock.js';

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
    this.#failures.set(peer, { count, until: now + this.limit.ms });
    if (this.#failures.size > 10_000) this.#tidy(now);
  }

  succeeded(peer: string): void {
    this.#failures.delete(peer);
  }

  #tidy(now: number): void {
    for (const [peer, entry] of this.#failures) if (entry.until <= now) this.#failures.delete(peer);
  }
}
