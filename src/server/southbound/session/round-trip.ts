/** Measures the round-trip time of a session: of its opening, then of each heartbeat. */
import type { Clock } from '../../../common/clock.js';

export class RoundTrip {
  #ms: number | undefined;
  /** When OPEN_REQ was sent, on the monotonic clock. */
  #openSentAt = 0;
  /** When each unanswered heartbeat was sent, by InvokeID. */
  readonly #heartbeats = new Map<number, number>();

  constructor(private readonly clock: Clock) {}

  /**
   * Of the last heartbeat, in milliseconds, and before the first one of the opening. While a heartbeat is unanswered for
   * longer than that, for how long it has been.
   */
  get ms(): number | undefined {
    if (this.#ms === undefined) return undefined;
    const [unanswered] = this.#heartbeats.values();
    return unanswered === undefined ? this.#ms : Math.max(this.#ms, this.#since(unanswered));
  }

  opening(): void {
    this.#openSentAt = this.clock.monotonic();
  }

  opened(): void {
    this.#ms = this.#since(this.#openSentAt);
  }

  sent(id: number): void {
    this.#heartbeats.set(id, this.clock.monotonic());
  }

  /** Whether a heartbeat with this InvokeID is unanswered. */
  awaits(id: number): boolean {
    return this.#heartbeats.has(id);
  }

  /** On a slow link the next heartbeat is sent before the last is answered, so each has its own start time. */
  answered(id: number): void {
    const sentAt = this.#heartbeats.get(id);
    if (sentAt === undefined) return;
    this.#ms = this.#since(sentAt);
    for (const [older, at] of this.#heartbeats) if (at <= sentAt) this.#heartbeats.delete(older);
  }

  #since(monotonic: number): number {
    return Math.round(this.clock.monotonic() - monotonic);
  }
}
