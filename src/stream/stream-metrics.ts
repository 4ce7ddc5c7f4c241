/** What a publisher can say about itself in numbers. */
import { Counter, type Family, Gauge } from '../server/observability/metrics.js';
import type { PublisherReport, StreamPublisher } from './publisher.js';

export class StreamMetrics {
  readonly #changes = new Counter(
    'ctios_stream_leader_changes_total',
    'How often this server became the leader, by how.',
  );
  readonly families: readonly Family[];

  /** @param publisher read when the metrics are: it is made later than this */
  constructor(publisher: () => StreamPublisher, connected: () => boolean) {
    const one = (read: () => number) => () => [[{}, read()]] as Array<[Record<string, string>, number]>;
    this.families = [
      new Gauge(
        'ctios_stream_connected',
        'Whether NATS can be reached.',
        one(() => (connected() ? 1 : 0)),
      ),
      new Gauge(
        'ctios_stream_leader',
        'Whether this server publishes the events of its site.',
        one(() => (publisher().figures.leading ? 1 : 0)),
      ),
      new Gauge(
        'ctios_stream_epoch',
        'The epoch in which it publishes; 0 while it does not.',
        one(() => publisher().figures.epoch),
      ),
      new Gauge(
        'ctios_stream_waiting',
        'Events that are not stored yet.',
        one(() => publisher().figures.waiting),
      ),
      new Gauge(
        'ctios_stream_published',
        'Events stored since the start.',
        one(() => publisher().figures.published),
      ),
      new Gauge(
        'ctios_stream_publish_failures',
        'Attempts to publish that failed and were repeated.',
        one(() => publisher().figures.failures),
      ),
      this.#changes,
    ];
  }

  note(report: PublisherReport): void {
    if (report.what === 'leading') this.#changes.add({ how: report.how });
  }
}
