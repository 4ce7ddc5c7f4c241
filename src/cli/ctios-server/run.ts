import { type ConnectionOptions, createSecureContext, type TlsOptions } from 'node:tls';
import type { Clock } from '../../common/clock.js';
import { socketDial } from '../../common/network/net-stream.js';
import { systemRandom } from '../../common/random.js';
import {
  type AuditEntry,
  ClientSessions,
  DEFAULT_SETTINGS,
  type HealthListener,
  listenForHealth,
  listenForWebSockets,
  ServerMetrics,
  type WebSocketListener,
} from '../../server/northbound/index.js';
import type { ObjectServer } from '../../server/object-server.js';
import { Gauge } from '../../server/observability/metrics.js';
import { processMetrics } from '../../server/observability/process-metrics.js';
import { noPeers, type PeerListener, type Peers } from '../../server/peers/index.js';
import type { ObjectServerSettings } from '../../server/settings.js';
import type { CtiLink, LinkInfo } from '../../server/southbound/link-api.js';
import type { LinkSettings } from '../../server/southbound/settings.js';
import { packageVersion } from '../command-line.js';
import { sidesOf } from '../read-options.js';
import { clientTls, pem, secret } from '../secrets.js';
import { type AgentChecking, agentChecking } from './agents/agent-check.js';
import { AuditFile } from './files/audit-file.js';
import { watchCertificates } from './files/certificate-watch.js';
import { recordFile } from './files/record-file.js';
import { Renewals } from './files/renewals.js';
import { SupportFile } from './files/support-file.js';
import { linkLog } from './link-log.js';
import type { Log } from './log.js';
import { prepareAuditStream } from './nats/audit-stream.js';
import { prepareStream } from './nats/event-stream.js';
import { preparePeersOnNats } from './nats/nats-peers.js';
import { openNats } from './nats/open-nats.js';
import { deskSettings } from './options/desk-options.js';
import { isLoopback } from './options/loopback.js';
import type { Config } from './options/options.js';
import { preparePeers } from './peers.js';
import { systemLog } from './system-log.js';

/** The maximum burst of requests of a client: the maximum number of pending ones. */
const AT_ONCE = DEFAULT_SETTINGS.maxPending;

/** A desktop may wait for its agent to log in, but a client that never sets a mode must not keep its connection forever. */
const MODE_MS = 30 * 60_000;

/** The factories of the parts below the clients. */
export interface ServerParts {
  link(settings: LinkSettings): CtiLink;
  server(options: {
    link: CtiLink;
    clock: Clock;
    peers: Peers;
    settings: Partial<ObjectServerSettings>;
  }): ObjectServer & { stop?(): void };
  clock: Clock;
}

/** A running server. */
export interface RunningServer {
  readonly listener: WebSocketListener;
  readonly health: HealthListener | undefined;
  /** Reads changeable files again: the agents' passwords, certificates, credentials. */
  reload(): void;
  /** Writes the recording and the support bundle to their files, if configured. */
  saveForSupport(): void;
  /** Settles with the code when the CTI Server permanently rejects the session. */
  readonly refused: Promise<string>;
  /** Where peers connect. */
  readonly peers: PeerListener | undefined;
  /** Says goodbye to the clients and the CTI Server. */
  stop(): Promise<void>;
}

/**
 * Starts a server; it is listening when the promise resolves, whether or not the CTI Server is reachable.
 * @throws UsageError for files that cannot be read; the system's errors for ports and certificates
 */
export async function runServer(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  given: Log,
  parts: ServerParts,
): Promise<RunningServer> {
  const support = new SupportFile(config, parts.clock, given);
  const { log } = support;
  const agents = agentChecking(config, environment, parts.clock, log);
  let refuse = (_code: string): void => {};
  const refused = new Promise<string>((resolve) => {
    refuse = resolve;
  });
  const recording = recordFile(config, parts.clock, log);
  const renewals = new Renewals(log);
  const settings = linkSettings(config, environment, parts.clock, renewals);
  const link = parts.link({
    ...settings,
    dial: recording?.recorder.dial(settings.dial) ?? settings.dial,
    onReport: linkLog(log, (code) => refuse(code)),
  });
  const tls = listenerTls(config);
  const auditLog =
    config['audit-log'] === undefined ? undefined : await AuditFile.open(config['audit-log'], parts.clock, log);
  const writeAudit = (entry: AuditEntry) => auditLog?.write(auditLine(entry));
  const nats = openNats(config, environment, parts.clock, log, renewals);
  const peers =
    preparePeers(config, environment, { tls, renewals }, parts.clock, log, writeAudit) ??
    (nats && preparePeersOnNats(nats, config, parts.clock, log, writeAudit));
  const server = parts.server({
    link,
    clock: parts.clock,
    peers: peers?.hub ?? noPeers,
    settings: {
      peripheralId: config.peripheral,
      agents: config.agents ?? [],
      forceLogoutOnSessionClose: config['force-logout'],
      ...deskSettings(config),
      agentChatLevel: config['agent-chat-level'],
      supervisorChatLevel: config['supervisor-chat-level'],
      ccmBasedSilentMonitor: config['silent-monitoring'] === 'unifiedCm',
    },
  });
  const stream = nats && prepareStream(nats, config, server, parts.clock, log);
  const auditStream = nats && prepareAuditStream(nats, config, parts.clock, log);
  const monitorModePassword = secret(config['monitor-password-file'], environment.CTIOS_MONITOR_PASSWORD);

  const metricsLater: { current?: ServerMetrics } = {};
  const sessions = new ClientSessions({
    server,
    clock: parts.clock,
    peers: peers?.hub ?? noPeers,
    settings: {
      name: config.name,
      heartbeatMs: config.heartbeat,
      heartbeatRetries: config['heartbeat-retries'],
      modeMs: MODE_MS,
      maxGreeting: config['max-greeting'],
      requestRate: { perSecond: config['max-request-rate'], atOnce: Math.max(AT_ONCE, config['max-request-rate']) },
      ...(agents.check === undefined
        ? {}
        : { agentCheck: agents.check.check, parallelAgentChecks: agents.check.parallel }),
      ...(config['max-monitor-sessions'] === undefined ? {} : { maxMonitorSessions: config['max-monitor-sessions'] }),
      ...(monitorModePassword === undefined ? {} : { monitorModePassword }),
    },
    audit: (entry) => {
      metricsLater.current?.audit(entry);
      writeAudit(entry);
      if (entry.what !== 'request') logEntry(entry, log);
    },
  });
  const unsubscribe = server.subscribe(systemLog(server, log));

  const listener = await listenForWebSockets({
    sessions,
    grants: { allowMonitorControl: config['allow-monitor-control'] },
    ...config.listen,
    maxConnections: config['max-connections'],
    maxConnectionsPerAddress: config['max-connections-per-address'],
    maxQueueBytes: config['max-queue'],
    origins: config.origins ?? [],
    ...(tls === undefined ? {} : { tls }),
  });
  const ownProcess = config.health === undefined ? undefined : processMetrics();
  const metrics = new ServerMetrics({
    sessions,
    link: () => link.info,
    deepestQueue: () => listener.deepestQueue,
    longestWaitMs: () => listener.longestWaitMs,
    more: [
      ...(peers?.metrics.families ?? []),
      ...(stream?.families ?? []),
      ...(auditLog === undefined ? [] : [new Gauge('ctios_audit_entries_lost_total', () => [[{}, auditLog.lost]])]),
      ...(auditStream?.families ?? []),
      ...(ownProcess?.families ?? []),
    ],
  });
  metricsLater.current = metrics;
  const health =
    config.health === undefined
      ? undefined
      : await listenForHealth({
          ...config.health,
          status: () => server.status(),
          metrics: () => metrics.text(),
          more: () => ({
            ...(peers === undefined ? {} : { peers: peers.health() }),
            ...(stream === undefined ? {} : { stream: stream.health() }),
          }),
        }).catch(async (error: unknown) => {
          await listener.close();
          throw error;
        });
  const peerListener = await peers?.start().catch(async (error: unknown) => {
    await Promise.all([listener.close(), health?.close()]);
    throw error;
  });
  warnOfOpenDoors(config, monitorModePassword, agents, log);
  link.start();
  nats?.start();
  stream?.start();
  auditStream?.start();
  const stopCounting = watchOldCalls(sessions, parts.clock, log);
  const stopWatching = watchCertificates(config, link, parts.clock, log);
  renewals.add('certificate', [config['tls-cert'], config['tls-key'], config['tls-ca']], () => {
    const renewed = listenerTls(config)!;
    listener.renewTls(renewed);
    peers?.renewTls(renewed);
  });
  const stopFollowing = renewals.follow(parts.clock);

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    sessions.stop();
    await Promise.all([listener.close(), peers?.stop(), stream?.stop()]);
    await link.stop();
    server.stop?.();
    unsubscribe();
    agents.stop();
    stopWatching();
    stopCounting();
    stopFollowing();
    metrics.stop();
    ownProcess?.stop();
    recording?.save('the server stops');
    await health?.close();
    await auditLog?.end();
    await auditStream?.stop();
    await nats?.close();
  };
  return {
    listener,
    health,
    refused,
    reload() {
      agents.reload();
      auditLog?.reopen();
      renewals.renew();
    },
    saveForSupport() {
      recording?.save('on request');
      support.save({
        status: () => ({ ...server.status(), link: linkFacts(link.info) }),
        recorder: recording?.recorder,
        packageVersion: packageVersion(),
      });
    },
    peers: peerListener,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The state of the link, and protocol deviations of the CTI Server. */
function linkFacts({ oddities, ...info }: LinkInfo): Record<string, unknown> {
  const { certificate: _, ...facts } = info;
  return { ...facts, oddities: [...oddities] };
}

function linkSettings(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  renewals: Renewals,
): LinkSettings {
  const { 'cti-ca': ca, 'cti-cert': cert, 'cti-key': key } = config;
  const tls = config['cti-tls']
    ? renewals.keep('certificate', [cert, key, ca], () => dialTls(config), createSecureContext)
    : undefined;
  const password = secret(config['client-password-file'], environment.CTIOS_CLIENT_PASSWORD);
  return {
    sides: sidesOf(config['cti-server']),
    dial: socketDial(tls),
    clock,
    random: systemRandom,
    clientId: config['client-id'],
    heartbeatMs: config['cti-heartbeat'],
    ...(password === undefined ? {} : { password }),
    ...(config['protocol-version'] === undefined ? {} : { protocolVersion: config['protocol-version'] }),
    ...(config.charset === undefined ? {} : { charset: config.charset }),
  };
}

function dialTls(config: Config): ConnectionOptions {
  const { 'cti-ca': ca, 'cti-cert': cert, 'cti-key': key, 'cti-server-name': servername } = config;
  return { minVersion: 'TLSv1.2', ...clientTls({ ca, cert, key, servername }) };
}

/** The age of calls that are considered old, and how often they are checked, in milliseconds. */
const OLD_CALL_MS = 24 * 3_600_000;
const COUNT_OLD_CALLS_MS = 3_600_000;

/** Warns of calls that do not end, each time there are more: their end was lost in the switch or the link. */
function watchOldCalls({ router }: ClientSessions, clock: Clock, log: Log): () => void {
  let before = 0;
  const timer = clock.every(COUNT_OLD_CALLS_MS, () => {
    const calls = router.callsOlderThan(OLD_CALL_MS);
    if (calls > before) log('warn', 'calls do not end', { calls, hours: OLD_CALL_MS / 3_600_000 });
    before = calls;
  });
  return () => timer.cancel();
}

function listenerTls(config: Config): TlsOptions | undefined {
  const { 'tls-cert': cert, 'tls-key': key, 'tls-ca': ca } = config;
  if (cert === undefined || key === undefined) return undefined;
  return {
    minVersion: 'TLSv1.2',
    cert: pem(cert),
    key: pem(key),
    ...(ca === undefined ? {} : { ca: pem(ca), requestCert: true, rejectUnauthorized: true }),
  };
}

/** Connections are routine; a lockout deserves attention, and a failing check more so. */
function logEntry({ time: _, what, ...details }: AuditEntry, log: Log): void {
  const keptOut = what === 'refused' || what === 'locked out' || (what === 'agent proof' && details.proof !== 'proven');
  const level = keptOut ? 'warn' : 'info';
  log(details.proof === 'not checked' ? 'error' : level, what, details);
}

/** A server that is reachable from other machines should not be open to all of them. */
function warnOfOpenDoors(config: Config, password: string | undefined, agents: AgentChecking, log: Log): void {
  if (agents.check === undefined) {
    const who = isLoopback(config.listen.host) ? 'any program on this machine' : 'any program that can connect';
    log('warn', 'agents are unproven', { about: `${who} can be any agent; see --agent-passwords and --agent-check` });
  }
  if (isLoopback(config.listen.host)) return;
  if (config['tls-cert'] === undefined) log('warn', 'no TLS', { about: 'passwords and call data pass in the clear' });
  if (password === undefined && config['tls-ca'] === undefined) {
    log('warn', 'monitor mode is open', { about: 'any program that can connect can see every call; set a password' });
  }
}

function auditLine(entry: AuditEntry): string {
  const { time, ...rest } = entry;
  return JSON.stringify({ time: new Date(time).toISOString(), ...rest });
}
