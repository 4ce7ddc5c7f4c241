/** The event stream of a `ctios-server`: made of its configuration, shown in its log, its health and its metrics. */
import type { Clock } from '../../common/clock.js';
import { Mask } from '../../ctios/mask.js';
import type { ObjectServer } from '../../server/object-server.js';
import type { Family } from '../../server/observability/metrics.js';
import { NatsEngine, type NatsReport, StreamMetrics, StreamPublisher } from '../../stream/index.js';
import type { Log } from './log.js';
import type { Config } from './options.js';
import { pem, secret } from './secrets.js';

const HOUR_MS = 3_600_000;

/** The part of a server in the event stream. */
export interface ServerStream {
  readonly families: readonly Family[];
  /** For `/healthz`. */
  health(): object;
  start(): void;
  stop(): Promise<void>;
}

/**
 * @returns undefined where no event stream was asked for
 * @throws UsageError for files that cannot be read
 */
export function prepareStream(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  server: ObjectServer,
  clock: Clock,
  log: Log,
): ServerStream | undefined {
  const { nats: servers, name, 'nats-site': site } = config;
  if (servers === undefined) return undefined;
  const engine = new NatsEngine(
    {
      servers,
      site,
      name,
      ...credentials(config, environment),
      ...tls(config),
      create: { replicas: config['nats-replicas'], maxAgeMs: config['nats-max-age'] * HOUR_MS },
    },
    clock,
    (report) => logNats(report, log),
  );
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
    },
  });
  return {
    families: metrics.families,
    health: () => {
      const { leading, epoch, waiting } = publisher.figures;
      const { connected } = engine;
      return { connected, leader: leading, epoch, waiting, ...(connected ? {} : { reason: engine.reason }) };
    },
    start: () => {
      engine.start();
      publisher.start();
    },
    stop: async () => {
      await publisher.stop();
      await engine.close();
    },
  };
}

function credentials(config: Config, environment: Readonly<Record<string, string | undefined>>) {
  const { 'nats-credentials': file, 'nats-user': user } = config;
  const password = secret(config['nats-password-file'], environment.CTIOS_NATS_PASSWORD);
  return {
    ...(file === undefined ? {} : { credentials: pem(file).toString('utf8') }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}

function tls(config: Config) {
  const { 'nats-ca': ca, 'nats-cert': cert, 'nats-key': key } = config;
  if (ca === undefined && cert === undefined) return {};
  return {
    tls: {
      ...(ca === undefined ? {} : { ca: pem(ca).toString('utf8') }),
      ...(cert === undefined || key === undefined
        ? {}
        : { cert: pem(cert).toString('utf8'), key: pem(key).toString('utf8') }),
    },
  };
}

function logNats({ what, server, reason }: NatsReport, log: Log): void {
  log(what === 'connected' ? 'info' : 'warn', `NATS ${what}`, {
    ...(server === undefined ? {} : { server }),
    ...(reason === undefined ? {} : { reason }),
  });
}
