/**
 * Time, injected. The tiers do not call `setTimeout` or `Date.now` (docs/explanation/architecture.md lists the
 * exceptions); they receive a {@link Clock}, so that a test (or a scenario on virtual time) can run hours in
 * microseconds with exact results.
 */

/** A pending call; cancelling it twice, or after it ran, has no effect. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /**
   * Milliseconds since the epoch, for time stamps. Jumps when the machine's clock is set: never subtract two of them.
   */
  now(): number;
  /** Milliseconds since an arbitrary moment, for intervals. Never jumps and never runs backwards. */
  monotonic(): number;
  /** Runs `run` once, `ms` milliseconds from now. */
  after(ms: number, run: () => void): Timer;
  /** Runs `run` every `ms` milliseconds, first one period from now, until cancelled. */
  every(ms: number, run: () => void): Timer;
}

/** Wall-clock time. Its timers do not keep the process alive; sockets and listeners do. */
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
