import type { Clock } from './clock.js';

/** A connection that was up for so long, in milliseconds, was a good one. */
const STABLE_MS = 10_000;
/** So many in a row may be lost sooner before the next attempts keep their pauses. */
const MAX_UNSTABLE = 3;

/**
 * Tells a connection that was good from a server that accepts connections and drops them at once. After a good one, the
 * next attempt is made immediately; a server of the other kind would otherwise be asked hundreds of times a second.
 */
export class ConnectionStability {
  #upSince = 0;
  #unstable = 0;

  constructor(private readonly clock: Clock) {}

  up(): void {
    this.#upSince = this.clock.monotonic();
  }

  /** The connection is lost. @returns whether the order of attempts begins anew, without a pause */
  lost(): boolean {
    const stable = this.clock.monotonic() - this.#upSince >= STABLE_MS;
    this.#unstable = stable ? 0 : this.#unstable + 1;
    return this.#unstable <= MAX_UNSTABLE;
  }

  reset(): void {
    this.#unstable = 0;
  }
}
