import type { Clock, Timer } from '../common/clock.js';

/** A clock whose timers can all be cancelled at once, so that nothing of a stopped contact center keeps running. */
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

  /** Cancels all pending timers; nothing runs from now on. */
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
