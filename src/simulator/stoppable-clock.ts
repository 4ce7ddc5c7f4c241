import type { Clock, Timer } from '../common/clock.js';

/** A clock all of whose timers can be cancelled at once: a stopped contact center must not go on living in them. */
export class StoppableClock implements Clock {
  readonly #timers = new Set<Timer>();
  #stopped = false;

  constructor(private readonly inner: Clock) {}

  monotonic(): number {
    return this.inner.monotonic();
  }

  now(): number {
    return this.inner.now();
  }

  after(ms: number, run: () => void): Timer {
    if (this.#stopped) return { cancel: () => {} };
    const timer = this.inner.after(ms, () => {
      this.#timers.delete(timer);
      run();
    });
    return this.#keep(timer);
  }

  every(ms: number, run: () => void): Timer {
    if (this.#stopped) return { cancel: () => {} };
    return this.#keep(this.inner.every(ms, run));
  }

  /** Cancels what is pending; from now on nothing is run any more. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #keep(timer: Timer): Timer {
    this.#timers.add(timer);
    return {
      cancel: () => {
        this.#timers.delete(timer);
        timer.cancel();
      },
    };
  }
}
