import type { Clock, Timer } from '../../../common/clock.js';

/** What the heartbeat does through its session. */
export interface ClientHeartbeatOwner {
  /** Asks the client whether it lives. */
  ask(id: number): void;
  /** It has not answered. */
  silent(): void;
}

/**
 * Watches one client, by exception: only after a silence is it asked, and given up after so many unanswered questions.
 * Source: CTI OS System Manager Guide, HeartbeatIntervalMs and HeartbeatRetrys.
 */
export class ClientHeartbeat {
  #heardAt: number;
  #asked = 0;
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly settings: { heartbeatMs: number; heartbeatRetries: number },
    private readonly owner: ClientHeartbeatOwner,
  ) {
    this.#heardAt = clock.monotonic();
  }

  start(): void {
    if (this.settings.heartbeatMs > 0) this.#wait(this.settings.heartbeatMs);
  }

  /** Anything that comes proves that the client lives. */
  heard(): void {
    this.#heardAt = this.clock.monotonic();
    this.#asked = 0;
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #watch(): void {
    const { heartbeatMs, heartbeatRetries } = this.settings;
    const silentMs = this.clock.monotonic() - this.#heardAt;
    if (silentMs < heartbeatMs) this.#wait(heartbeatMs - silentMs);
    else if (this.#asked >= heartbeatRetries) this.owner.silent();
    else {
      this.#asked++;
      this.owner.ask(-this.#asked);
      this.#wait(heartbeatMs);
    }
  }

  #wait(ms: number): void {
    this.#timer = this.clock.after(ms, () => this.#watch());
  }
}
