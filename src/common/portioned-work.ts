import type { Clock, Timer } from './clock.js';

/**
 * Work that is too long for one turn of the event loop: a generator that yields between portions. Each portion runs
 * without interruption, and the first one immediately.
 */
export class PortionedWork {
  /** Settles when the work is complete; rejects with its exception. */
  readonly ended: Promise<void>;
  #work: Iterator<void> | undefined;
  #pause: Timer | undefined;
  #running = false;
  #hurried = false;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(
    private readonly clock: Clock,
    work: Iterator<void>,
  ) {
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#work = work;
    this.#next();
  }

  get underWay(): boolean {
    return this.#work !== undefined;
  }

  /** Does the rest at once: something is about to happen that must not come before it. Called by the work itself: after it. */
  finishNow(): void {
    this.#hurried = true;
    this.#pause?.cancel();
    if (!this.#running) this.#next();
  }

  #next(): void {
    const work = this.#work;
    if (work === undefined) return;
    this.#running = true;
    try {
      while (work.next().done !== true) {
        if (this.#hurried) continue;
        this.#pause = this.clock.after(0, () => this.#next());
        return;
      }
      this.#work = undefined;
      this.#resolve();
    } catch (error) {
      this.#work = undefined;
      this.#reject(error);
    } finally {
      this.#running = false;
    }
  }
}
