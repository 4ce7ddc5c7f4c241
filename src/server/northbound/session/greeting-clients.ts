import type { Clock, Timer } from '../../../common/clock.js';

/** Number of checks of the silent clients within the time that a client has for its hello. */
const CHECKS = 20;
/** In how many of these a client must have been silent before it is disconnected. */
const MIN_CHECKS = CHECKS / 5;

/** A client that has not said hello yet. */
export interface GreetingClient {
  /** Its time has expired. `crowded`: it had less time, because too many other clients are silent as well. */
  overdue(crowded: boolean): void;
}

interface Wait {
  readonly since: number;
  checks: number;
}

/**
 * Clients that have connected but not said hello. Each has `helloMs` for it; while there are more than `maxGreeting`,
 * those that have been silent longest have a fifth of that.
 *
 * A hello that has not been read yet is not silence. During a login storm, or after anything else that kept the server
 * busy, the hellos of many clients are still in their sockets, so elapsed time alone is not sufficient: a client must
 * also have been silent at several checks, because all sockets are read between two runs of a timer.
 */
export class GreetingClients<Client extends GreetingClient> {
  readonly #waiting = new Map<Client, Wait>();
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly settings: { readonly helloMs: number; readonly maxGreeting: number },
  ) {}

  get size(): number {
    return this.#waiting.size;
  }

  add(client: Client): void {
    this.#waiting.set(client, { since: this.clock.monotonic(), checks: 0 });
    this.#timer ??= this.clock.every(Math.max(1, this.settings.helloMs / CHECKS), () => this.#check());
  }

  /** It has said hello, or has disconnected. */
  remove(client: Client): void {
    this.#waiting.delete(client);
    if (this.#waiting.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Longest wait first, which is the map's order. */
  #check(): void {
    const { helloMs, maxGreeting } = this.settings;
    const now = this.clock.monotonic();
    let excess = this.#waiting.size - maxGreeting;
    const overdue: [Client, boolean][] = [];
    for (const [client, wait] of this.#waiting) {
      wait.checks++;
      if (wait.checks < MIN_CHECKS) continue;
      const waited = now - wait.since;
      if (waited >= helloMs) overdue.push([client, false]);
      else if (excess > 0 && waited >= helloMs / (CHECKS / MIN_CHECKS)) overdue.push([client, true]);
      else continue;
      excess--;
    }
    for (const [client, crowded] of overdue) client.overdue(crowded);
  }
}
