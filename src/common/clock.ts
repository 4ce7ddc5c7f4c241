/**
 * Time, injected. The tiers do not call `setTimeout` or `Date.now` (docs/explanation/architecture.md lists who does): they get a {@link Clock},
 * so that a test (or a scenario on virtual time) can turn hours into microseconds and stay exact.
 */

/** A pending call; cancelling it twice, or after it ran, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch, for stamps. It jumps when somebody sets the machine's clock: never subtract two of them. */
  now(): number;
  /** Milliseconds since an arbitrary moment, for intervals. It never jumps and never runs backwards. */
  monotonic(): number;
  /** Runs `run` once, `ms` milliseconds from now. */
  after(ms: number, run: () => void): Timer;
  /** Runs `run` every `ms` milliseconds, first one period from now, until cancelled. */
  every(ms: number, run: () => void): Timer;
}

/** Wall-clock time. Its timers do not keep the process alive: sockets and listeners do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const handle = setTimeout(run, ms);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  every(ms, run) {
    const handle = setInterval(run, ms);
    handle.unref();
    return { cancel: () => clearInterval(handle) };
  },
};
