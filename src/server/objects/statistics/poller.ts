/**
 * Polls items in rounds, for as long as they have subscribers. A round never begins before the previous one is over,
 * and the pause after it grows with the time it took, so that polls cannot accumulate.
 */
import type { Clock, Timer } from '../../../common/clock.js';
import { AdaptiveQueries } from './adaptive-queries.js';

/** Maximum share of the time spent on polling. */
const DUTY = 0.5;

export class Poll<T> {
  /** Clients that subscribe to an item. */
  readonly #wanted = new Map<T, Set<string>>();
  readonly #inTurns = new Set<T>();
  #timer: Timer | undefined;
  #asking = false;
  #paused = false;

  readonly #queries: AdaptiveQueries<T>;

  /** @param send queries one item; never rejects */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    send: (thing: T) => Promise<void>,
  ) {
    this.#queries = new AdaptiveQueries(clock, send);
  }

  /** Polls outside the regular rounds. */
  ask(thing: T): Promise<void> {
    return this.#queries.ask(thing);
  }

  wants(thing: T): boolean {
    return this.#wanted.has(thing);
  }

  watchers(thing: T): Iterable<string> {
    return this.#wanted.get(thing) ?? [];
  }

  subscribe(thing: T, clientId: string, inTurns: boolean): void {
    const clients = this.#wanted.get(thing);
    if (clients === undefined) this.#wanted.set(thing, new Set([clientId]));
    else clients.add(clientId);
    if (!inTurns) return;
    this.#inTurns.add(thing);
    this.#schedule(this.intervalMs);
  }

  release(thing: T, clientId: string): void {
    const clients = this.#wanted.get(thing);
    if (clients === undefined || !clients.delete(clientId) || clients.size > 0) return;
    this.#wanted.delete(thing);
    this.#inTurns.delete(thing);
    if (this.#inTurns.size === 0) this.#stop();
  }

  releaseAll(clientId: string): void {
    for (const thing of [...this.#wanted.keys()]) this.release(thing, clientId);
  }

  pause(): void {
    this.#paused = true;
    this.#stop();
  }

  resume(): void {
    this.#paused = false;
    this.#schedule(0);
  }

  /** A poll outside the regular rounds. */
  pollNow(): void {
    this.#stop();
    this.#schedule(0);
  }

  #stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #schedule(ms: number): void {
    if (this.#paused || this.#asking || this.#timer !== undefined || this.#inTurns.size === 0) return;
    this.#timer = this.clock.after(ms, () => {
      this.#timer = undefined;
      void this.#turn();
    });
  }

  async #turn(): Promise<void> {
    this.#asking = true;
    const began = this.clock.monotonic();
    this.#queries.expect(this.#inTurns.size, this.intervalMs * DUTY);
    await Promise.all([...this.#inTurns].map((thing) => this.#queries.ask(thing)));
    this.#asking = false;
    const took = this.clock.monotonic() - began;
    // The next round at its time, but never directly after one that took all of it.
    this.#schedule(Math.max(this.intervalMs - took, took * (1 / DUTY - 1)));
  }
}
