/**
 * Finds out whether the peer is still there. Two duties of the guide in one timer: a client sends HEARTBEAT_REQ when it
 * has sent nothing for an interval, and gives the connection up after so many unanswered ones. Counted from the last
 * byte received, so that a dead peer is found within interval × (misses + 1) however busy this side is.
 */
import type { Clock, Timer } from '../../common/clock.js';

export interface LivenessOptions {
  clock: Clock;
  intervalMs: number;
  /** Unanswered heartbeats before the peer counts as dead. */
  misses: number;
  /** Sends HEARTBEAT_REQ. */
  probe: () => void;
  /** The peer is dead: called once, nothing follows. */
  dead: (silentMs: number) => void;
}

export class Liveness {
  readonly #options: LivenessOptions;
  #timer: Timer | undefined;
  #received: number;
  #sent: number;
  #probes = 0;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#received = this.#sent = options.clock.monotonic();
    this.#arm();
  }

  /** Bytes came in: whatever they were, the peer lives. */
  received(): void {
    this.#received = this.#options.clock.monotonic();
    this.#probes = 0;
  }

  /** How long nothing has come, in milliseconds. */
  get silentMs(): number {
    return this.#options.clock.monotonic() - this.#received;
  }

  sent(): void {
    this.#sent = this.#options.clock.monotonic();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** The timer is not moved with every message, which would cost more than the message: it looks when it fires. */
  #arm(): void {
    const { clock, intervalMs } = this.#options;
    const quietFor = this.#sent + intervalMs;
    const silentFor = this.#received + intervalMs * (this.#probes + 1);
    this.#timer = clock.after(Math.max(1, Math.min(quietFor, silentFor) - clock.monotonic()), () => this.#look());
  }

  #look(): void {
    const { clock, intervalMs, misses, probe, dead } = this.#options;
    const now = clock.monotonic();
    const silent = now - this.#received >= intervalMs * (this.#probes + 1);
    if (silent && this.#probes >= misses) {
      this.stop();
      dead(now - this.#received);
      return;
    }
    if (silent) this.#probes++;
    if (silent || now - this.#sent >= intervalMs) {
      this.#sent = now;
      probe();
    }
    if (this.#timer !== undefined) this.#arm();
  }
}
