/**
 * Watches a connection by exception: only when nothing has come for one interval is the other side asked, and every
 * interval that an ask stays unanswered is a miss. With 5 s and 3 misses: asks at 5, 10 and 15 s of silence, the
 * connection is given up at 20 s. Source: CTI OS Developer Guide, "Heartbeats".
 */
import type { Clock, Timer } from './clock.js';

export interface HeartbeatOwner {
  ask(id: number): void;
  /** @param inARow how many intervals in a row went by unanswered; below the limit */
  missed(inARow: number): void;
  /**
   * The limit is reached; the watch has stopped.
   * @param heardAt when the other side was last heard, in milliseconds since the epoch
   */
  silent(heardAt: number): void;
}

export class Heartbeat {
  #timer: Timer | undefined;
  #heardAt: number;
  #asked = 0;
  #missed = 0;
  #nextId = 1;

  /** @param intervalMs 0 switches the watch off */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly maxMissed: number,
    private readonly owner: HeartbeatOwner,
  ) {
    this.#heardAt = clock.monotonic();
    if (intervalMs > 0) this.#arm(intervalMs);
  }

  /** How long nothing has come, in milliseconds. */
  get silentMs(): number {
    return this.clock.monotonic() - this.#heardAt;
  }

  /** Anything that arrives proves that the other side lives; called for every message, so it only takes a note. */
  heard(): void {
    this.#heardAt = this.clock.monotonic();
    this.#asked = 0;
    this.#missed = 0;
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(ms: number): void {
    this.#timer = this.clock.after(ms, () => this.#tick());
  }

  #tick(): void {
    if (this.#asked === 0) {
      const silentMs = this.silentMs;
      if (silentMs < this.intervalMs) {
        this.#arm(this.intervalMs - silentMs);
        return;
      }
    } else {
      this.#missed++;
      if (this.#missed >= this.maxMissed) {
        this.stop();
        this.owner.silent(this.clock.now() - this.silentMs);
        return;
      }
      this.owner.missed(this.#missed);
    }
    this.#asked++;
    this.#arm(this.intervalMs);
    this.owner.ask(this.#nextId++);
  }
}
