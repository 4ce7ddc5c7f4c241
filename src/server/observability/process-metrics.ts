/** Metrics of every process: memory, CPU time, and how late it reads received data. */
import { type Clock, systemClock } from '../../common/clock.js';
import { eventLoopDelay } from './event-loop-delay.js';
import { type Family, Gauge } from './metrics.js';

/** Measures from now on, until it is stopped. */
export function processMetrics(clock: Clock = systemClock): { readonly families: readonly Family[]; stop(): void } {
  const delay = eventLoopDelay(clock);
  const startedAt = (clock.now() - process.uptime() * 1000) / 1000;
  const one = (read: () => number) => () => [[{}, read()] as const];
  return {
    families: [
      delay.family,
      new Gauge(
        'process_resident_memory_bytes',
        one(() => process.memoryUsage.rss()),
      ),
      new Gauge(
        'nodejs_heap_size_used_bytes',
        one(() => process.memoryUsage().heapUsed),
      ),
      new Gauge(
        'nodejs_external_memory_bytes',
        one(() => process.memoryUsage().external),
      ),
      new Gauge('process_cpu_seconds_total', one(cpuSeconds)),
      new Gauge(
        'process_start_time_seconds',
        one(() => startedAt),
      ),
    ],
    stop: () => delay.stop(),
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
