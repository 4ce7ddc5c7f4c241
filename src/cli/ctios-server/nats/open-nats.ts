/**
 * The connection of a `ctios-server` to NATS, created from its configuration: for events, peers and the copy of the
 * audit log.
 */
import { createSecureContext } from 'node:tls';
import type { Clock } from '../../../common/clock.js';
import { NatsEngine, type NatsReport, type NatsSettings } from '../../../stream/index.js';
import { pem, secret } from '../../secrets.js';
import type { Renewals } from '../files/renewals.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

const HOUR_MS = 3_600_000;

/**
 * @returns undefined if NATS is not configured
 * @throws UsageError for files that cannot be read
 */
export function openNats(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  log: Log,
  renewals: Renewals,
): NatsEngine | undefined {
  const { nats: servers, name, 'nats-site': site, 'nats-audit-days': auditDays } = config;
  if (servers === undefined) return undefined;
  return new NatsEngine(
    {
      servers,
      site,
      name,
      ...credentials(config, environment, renewals),
      ...tls(config, renewals),
      create: {
        replicas: config['nats-replicas'],
        maxAgeMs: config['nats-max-age'] * HOUR_MS,
        ...(auditDays === undefined ? {} : { auditMaxAgeMs: auditDays * 24 * HOUR_MS }),
      },
    },
    clock,
    (report) => logNats(report, log),
  );
}

function credentials(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  renewals: Renewals,
): Pick<NatsSettings, 'credentials' | 'user' | 'password'> {
  const { 'nats-credentials': file, 'nats-user': user } = config;
  const password = secret(config['nats-password-file'], environment.CTIOS_NATS_PASSWORD);
  return {
    ...(file === undefined ? {} : { credentials: renewals.keep('credentials', [file], () => text(file)!) }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  };
}

function tls(config: Config, renewals: Renewals): Pick<NatsSettings, 'tls'> {
  const { 'nats-ca': ca, 'nats-cert': cert, 'nats-key': key } = config;
  if (ca === undefined && cert === undefined) return {};
  const read = () => ({ ca: text(ca), cert: text(cert), key: text(key) });
  const current = renewals.keep('certificate', [cert, key, ca], read, createSecureContext);
  // The client library reads these again for each connection.
  return {
    tls: {
      get ca() {
        return current().ca;
      },
      get cert() {
        return current().cert;
      },
      get key() {
        return current().key;
      },
    },
  };
}

const text = (file: string | undefined): string | undefined => file && pem(file).toString('utf8');

function logNats({ what, server, reason }: NatsReport, log: Log): void {
  log(what === 'connected' ? 'info' : 'warn', `NATS ${what}`, {
    ...(server === undefined ? {} : { server }),
    ...(reason === undefined ? {} : { reason }),
  });
}
