import { type Clock, systemClock } from '../../common/clock.js';
import { type Family, Gauge } from './metrics.js';

/** How often it is measured, in milliseconds. */
const RESOLUTION_MS = 20;

/**
 * What has arrived waits in the socket as long as this process works on something else: by so much messages of the CTI Server
 * may have been late before they were read. (`monitorEventLoopDelay` of Node.js does not record what begins right after a
 * reset, which is when a slow reading of the metrics itself holds everything up.)
 */
export function eventLoopDelay(clock: Clock = systemClock): { readonly family: Family; stop(): void } {
  let last = clock.monotonic();
  let longest = 0;
  const measure = (): void => {
    const now = clock.monotonic();
    longest = Math.max(longest, now - last - RESOLUTION_MS);
    last = now;
  };
  const timer = clock.every(RESOLUTION_MS, measure);
  const family = new Gauge('ctios_event_loop_delay_seconds', () => {
    // The timer itself may be late.
    longest = Math.max(longest, clock.monotonic() - last - RESOLUTION_MS);
    const seconds = longest / 1000;
    longest = 0;
    return [[{}, seconds]];
  });
  return { family, stop: () => timer.cancel() };
}
