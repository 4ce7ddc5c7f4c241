/**
 * Detects a dead peer. One timer for two duties of the guide: a client sends HEARTBEAT_REQ after an interval in which
 * it has sent nothing, and closes the connection after too many unanswered ones. Counted from the last received byte,
 * so a dead peer is detected within interval × (misses + 1), however busy this side is. A busy client sends them, too:
 * they measure the round trip.
 */
import type { Clock, Timer } from '../../../common/clock.js';
import { deadline } from '../../../common/deadline.js';

export interface LivenessOptions {
  clock: Clock;
  intervalMs: number;
  /** Number of unanswered heartbeats before the peer counts as dead. */
  misses: number;
  /** Sends HEARTBEAT_REQ. */
  probe: () => void;
  /** The peer is dead. Called once, as the last call. */
  dead: (silentMs: number) => void;
}

export class Liveness {
  readonly #options: LivenessOptions;
  #timer: Timer | undefined;
  #received: number;
  /** When the last heartbeat was sent. */
  #sent: number;
  #probes = 0;
  /** When the last heartbeat that is unanswered was sent. */
  #probedAt = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#received = this.#sent = options.clock.monotonic();
    this.#arm();
  }

  /** Bytes were received; any bytes show that the peer is alive. */
  received(): void {
    this.#received = this.#options.clock.monotonic();
    this.#probes = 0;
  }

  /** Milliseconds since the last byte. */
  get silentMs(): number {
    return this.#options.clock.monotonic() - this.#received;
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /**
   * When the peer has been silent for one more interval. After a delay of this process, a heartbeat still gets a full
   * interval.
   */
  get #silentAt(): number {
    const { intervalMs } = this.#options;
    const counted = this.#received + intervalMs * (this.#probes + 1);
    return this.#probes === 0 ? counted : Math.max(counted, this.#probedAt + intervalMs);
  }

  /** The timer is not moved with every message, which would cost more than the message; it checks when it fires. */
  #arm(): void {
    const { clock, intervalMs } = this.#options;
    const due = Math.min(this.#sent + intervalMs, this.#silentAt) - clock.monotonic();
    this.#timer = deadline(clock, Math.max(1, due), () => this.#look());
  }

  #look(): void {
    const { clock, intervalMs, misses, probe, dead } = this.#options;
    const now = clock.monotonic();
    const silent = now >= this.#silentAt;
    if (silent && this.#probes >= misses) {
      this.stop();
      dead(now - this.#received);
      return;
    }
    if (silent) {
      this.#probes++;
      this.#probedAt = now;
    }
    if (silent || now - this.#sent >= intervalMs) {
      this.#sent = now;
      probe();
    }
    if (this.#timer !== undefined) this.#arm();
  }
}
