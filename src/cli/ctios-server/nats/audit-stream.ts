/** The copy of a server's audit log on NATS. */
import type { Clock } from '../../../common/clock.js';
import type { Family } from '../../../server/observability/metrics.js';
import { AuditCopy, auditCopyMetrics, type NatsEngine, SiteSubjects } from '../../../stream/index.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';

export interface AuditStream {
  readonly families: readonly Family[];
  start(): void;
  stop(): Promise<void>;
}

/** @returns undefined if no copy is configured */
export function prepareAuditStream(
  engine: NatsEngine,
  config: Config,
  clock: Clock,
  log: Log,
): AuditStream | undefined {
  const { 'audit-log': file, 'nats-audit-days': days, 'nats-site': site, 'client-id': clientId } = config;
  if (file === undefined || days === undefined) return undefined;
  const copy = new AuditCopy({
    engine,
    log: engine.audit,
    // The client ID is unique among the clients of a CTI Server.
    subject: new SiteSubjects(site).audit(clientId),
    file,
    clock,
    report: (report) => {
      if (report.what === 'failed') log('warn', 'audit log not copied', { reason: report.reason });
      else log('info', 'audit log is copied again');
    },
  });
  return {
    families: auditCopyMetrics(() => copy.figures),
    start: () => copy.start(),
    stop: () => copy.stop(),
  };
}
