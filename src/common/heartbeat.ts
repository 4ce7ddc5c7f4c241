/**
 * Heartbeats by exception: only after one interval of silence is the other side sent a heartbeat, and each interval
 * without a response is a miss. With 5 s and 3 misses: heartbeats after 5, 10 and 15 s of silence, and the connection
 * is closed at 20 s. Source: CTI OS Developer Guide, "Heartbeats".
 */
import type { Clock, Timer } from './clock.js';
import { deadline } from './deadline.js';

export interface HeartbeatOwner {
  ask(id: number): void;
  /** @param inARow number of consecutive intervals without a response; below the limit */
  missed(inARow: number): void;
  /**
   * The limit is reached, and the heartbeat has stopped.
   * @param heardAt when the last message was received, in milliseconds since the epoch
   */
  silent(heardAt: number): void;
}

export class Heartbeat {
  #timer: Timer | undefined;
  #heardAt: number;
  #asked = 0;
  #missed = 0;
  #nextId = 1;

  /** @param intervalMs 0 disables heartbeats */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly maxMissed: number,
    private readonly owner: HeartbeatOwner,
  ) {
    this.#heardAt = clock.monotonic();
    if (intervalMs > 0) this.#arm(intervalMs);
  }

  /** Milliseconds since the last message. */
  get silentMs(): number {
    return this.clock.monotonic() - this.#heardAt;
  }

  /** Any received message proves that the other side is alive. Called for every message, so it only stores the time. */
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
    this.#timer = deadline(this.clock, ms, () => this.#tick());
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
