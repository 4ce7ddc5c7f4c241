import type { Clock, Timer } from './clock.js';

/** A timer that runs later than this, in milliseconds, shows that the process itself was held up. */
const LATE_MS = 250;
/** The extra time for the other side, in milliseconds. */
const GRACE_MS = 1_000;

/**
 * A timeout for another program. While this process is blocked (a deploy, a busy machine, a laptop that slept), a
 * response remains unread in the socket, and an operation that takes several turns of the event loop (a lookup and a
 * connection, a request and its response) is interleaved with timers: a timeout that expired meanwhile does not
 * indicate a problem of the other side, which therefore gets a little more time.
 */
export function deadline(clock: Clock, ms: number, run: () => void): Timer {
  let timer: Timer;
  const arm = (wait: number): void => {
    const due = clock.monotonic() + wait;
    timer = clock.after(wait, () => {
      if (clock.monotonic() - due > LATE_MS) arm(GRACE_MS);
      else run();
    });
  };
  arm(ms);
  return { cancel: () => timer.cancel() };
}
