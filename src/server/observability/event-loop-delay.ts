import { type Clock, systemClock } from '../../common/clock.js';
import { type Family, Gauge } from './metrics.js';

/** How often it is measured, in milliseconds. */
const RESOLUTION_MS = 20;
/** Minimum time for which a delay is reported, in milliseconds: longer than the usual scrape interval. */
const WINDOW_MS = 60_000;
/** The window moves by so much. */
const STEP_MS = 5_000;

/**
 * Received data waits in the socket while this process is busy: messages of the CTI Server may have been this late
 * before they were read. The longest delay of the last minute is reported, not the longest one since the last scrape:
 * two systems that scrape the same process must read the same value. (`monitorEventLoopDelay` of Node.js has no window
 * that moves, and it does not record what begins right after a reset.)
 */
export function eventLoopDelay(clock: Clock = systemClock): { readonly family: Family; stop(): void } {
  let last = clock.monotonic();
  const longest = new LongestOfWindow(last);
  const measure = (): void => {
    const now = clock.monotonic();
    longest.add(now - last - RESOLUTION_MS, now);
    last = now;
  };
  const timer = clock.every(RESOLUTION_MS, measure);
  const family = new Gauge('ctios_event_loop_delay_seconds', () => {
    const now = clock.monotonic();
    // The timer itself may be late.
    longest.add(now - last - RESOLUTION_MS, now);
    return [[{}, longest.value / 1000]];
  });
  return { family, stop: () => timer.cancel() };
}

/** The longest delay in the window: one value for each of its steps, the latest step first. */
class LongestOfWindow {
  readonly #steps: number[] = new Array(WINDOW_MS / STEP_MS + 1).fill(0);
  #stepBegan: number;

  constructor(now: number) {
    this.#stepBegan = now;
  }

  get value(): number {
    return Math.max(...this.#steps);
  }

  add(delay: number, now: number): void {
    const passed = Math.floor((now - this.#stepBegan) / STEP_MS);
    if (passed > 0) {
      this.#stepBegan += passed * STEP_MS;
      for (let step = Math.min(passed, this.#steps.length); step > 0; step--) {
        this.#steps.unshift(0);
        this.#steps.pop();
      }
    }
    this.#steps[0] = Math.max(this.#steps[0]!, delay);
  }
}
