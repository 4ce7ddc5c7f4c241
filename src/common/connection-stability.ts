import type { Clock } from './clock.js';

/** A connection that lasted this long, in milliseconds, was a good one. */
const STABLE_MS = 10_000;
/** This many connections in a row may be shorter before the delays between attempts stay in effect. */
const MAX_UNSTABLE = 3;

/**
 * Distinguishes the loss of a good connection from a server that accepts connections and drops them immediately. After
 * a good connection the next attempt is made immediately; a server of the other kind would otherwise receive hundreds
 * of attempts per second.
 */
export class ConnectionStability {
  #upSince = 0;
  #unstable = 0;

  constructor(private readonly clock: Clock) {}

  up(): void {
    this.#upSince = this.clock.monotonic();
  }

  /** The connection is lost. @returns whether to restart the sequence of attempts, without a delay */
  lost(): boolean {
    const stable = this.clock.monotonic() - this.#upSince >= STABLE_MS;
    this.#unstable = stable ? 0 : this.#unstable + 1;
    return this.#unstable <= MAX_UNSTABLE;
  }

  reset(): void {
    this.#unstable = 0;
  }
}
