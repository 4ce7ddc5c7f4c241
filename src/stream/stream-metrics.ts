/** Metrics of a publisher. */
import type { Clock } from '../common/clock.js';
import { Counter, type Family, Gauge } from '../server/observability/metrics.js';
import type { GroupConsumers } from './engine.js';
import type { PublisherReport, StreamPublisher } from './publisher.js';

/** How often the lags of groups are read, in milliseconds. */
const LAG_MS = 5_000;

export class StreamMetrics {
  readonly #changes = new Counter('ctios_stream_leader_changes_total');
  readonly families: readonly Family[];
  /** As last read. */
  #lags: ReadonlyMap<string, number> = new Map();

  /** @param publisher called when the metrics are read, because it is created later than this object */
  constructor(publisher: () => StreamPublisher, connected: () => boolean) {
    const one = (read: () => number) => () => [[{}, read()]] as Array<[Record<string, string>, number]>;
    this.families = [
      new Gauge(
        'ctios_stream_connected',
        one(() => (connected() ? 1 : 0)),
      ),
      new Gauge(
        'ctios_stream_leader',
        one(() => (publisher().figures.leading ? 1 : 0)),
      ),
      new Gauge(
        'ctios_stream_epoch',
        one(() => publisher().figures.epoch),
      ),
      new Gauge(
        'ctios_stream_waiting',
        one(() => publisher().figures.waiting),
      ),
      new Gauge(
        'ctios_stream_published',
        one(() => publisher().figures.published),
      ),
      new Gauge(
        'ctios_stream_publish_failures',
        one(() => publisher().figures.failures),
      ),
      new Gauge('ctios_stream_group_lag', () => [...this.#lags].map(([group, lag]) => [{ group }, lag] as const)),
      this.#changes,
    ];
  }

  /** Reads the lags periodically; one server per site is enough. @returns a function that stops it */
  followGroups(consumers: Pick<GroupConsumers, 'lags'>, clock: Clock, leading: () => boolean): () => void {
    const timer = clock.every(LAG_MS, () => {
      if (!leading()) {
        this.#lags = new Map();
        return;
      }
      consumers.lags().then(
        (lags) => {
          this.#lags = lags;
        },
        () => {},
      );
    });
    return () => timer.cancel();
  }

  note(report: PublisherReport): void {
    if (report.what === 'leading') this.#changes.add({ how: report.how });
  }
}

/** Metrics of the copy of an audit log. */
export function auditCopyMetrics(figures: () => { readonly copied: number; readonly waiting: number }): Family[] {
  return [
    new Gauge('ctios_stream_audit_copied', () => [[{}, figures().copied]]),
    new Gauge('ctios_stream_audit_waiting_bytes', () => [[{}, figures().waiting]]),
  ];
}
