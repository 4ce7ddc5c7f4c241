/** The event stream of a `ctios-server`: created from its configuration, reported in its log, health and metrics. */
import type { Clock } from '../../../common/clock.js';
import { Mask } from '../../../ctios/mask.js';
import type { ObjectServer } from '../../../server/object-server.js';
import type { Family } from '../../../server/observability/metrics.js';
import { type NatsEngine, StreamMetrics, StreamPublisher } from '../../../stream/index.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

/** The part of a server in the event stream. */
export interface ServerStream {
  readonly families: readonly Family[];
  /** For `/healthz`. */
  health(): object;
  start(): void;
  stop(): Promise<void>;
}

export function prepareStream(
  engine: NatsEngine,
  config: Config,
  server: ObjectServer,
  clock: Clock,
  log: Log,
): ServerStream {
  const { name, 'nats-site': site } = config;
  const metrics = new StreamMetrics(
    () => publisher,
    () => engine.connected,
  );
  const publisher: StreamPublisher = new StreamPublisher({
    engine,
    server,
    site,
    name,
    clock,
    mask: new Mask((config['nats-masked'] ?? []).join(',')),
    report: (report) => {
      metrics.note(report);
      if (report.what === 'leading') log('info', 'stream leader', { site, epoch: report.epoch, how: report.how });
      else if (report.what === 'not leading') log('warn', 'not stream leader', { site, reason: report.reason });
      else if (report.what === 'publish failed') log('warn', 'stream publish failed', { site, reason: report.reason });
      else log('info', 'stream publishing again', { site });
    },
  });
  let stopFollowing = (): void => {};
  return {
    families: metrics.families,
    health: () => {
      const { leading, epoch, waiting } = publisher.figures;
      const { connected } = engine;
      const reason = connected ? publisher.problem : engine.reason;
      return { connected, leader: leading, epoch, waiting, ...(reason === undefined ? {} : { reason }) };
    },
    start: () => {
      publisher.start();
      stopFollowing = metrics.followGroups(engine.consumers, clock, () => publisher.leading);
    },
    stop: () => {
      stopFollowing();
      return publisher.stop();
    },
  };
}
