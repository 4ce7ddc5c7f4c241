import type { ConnectionOptions, TlsOptions } from 'node:tls';
import type { Clock } from '../../common/clock.js';
import { socketDial } from '../../common/net-stream.js';
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
import { noPeers, type PeerListener, type Peers } from '../../server/peers/index.js';
import type { ObjectServerSettings } from '../../server/settings.js';
import type { CtiLink, LinkInfo } from '../../server/southbound/link-api.js';
import type { LinkSettings } from '../../server/southbound/settings.js';
import { packageVersion } from '../command-line.js';
import { type AgentChecking, agentChecking } from './agents/agent-check.js';
import { AuditFile } from './audit-file.js';
import { followCertificateFiles, watchCertificates } from './certificate-watch.js';
import { deskSettings } from './desk-options.js';
import { prepareStream } from './event-stream.js';
import { linkLog } from './link-log.js';
import type { Log } from './log.js';
import { isLoopback } from './loopback.js';
import type { Config } from './options.js';
import { preparePeers } from './peers.js';
import { recordFile } from './record-file.js';
import { pem, secret } from './secrets.js';
import { SupportFile } from './support-file.js';

/** Requests of a client that may come at once: as many as may be under way. */
const AT_ONCE = DEFAULT_SETTINGS.maxPending;

/** A desktop may wait for its agent to log in; a client that never sets a mode must not keep its connection for ever. */
const MODE_MS = 30 * 60_000;

/** How the parts below the clients are made. */
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

/** A server that runs. */
export interface RunningServer {
  readonly listener: WebSocketListener;
  readonly health: HealthListener | undefined;
  /** Reads again what can change while it runs: the agents' passwords, the certificate for clients. */
  reload(): void;
  /** Writes the recording and the support bundle, where they are wanted, to their files. */
  saveForSupport(): void;
  /** Settles with the code when the CTI Server refuses the session for good. */
  readonly refused: Promise<string>;
  /** Where peers connect. */
  readonly peers: PeerListener | undefined;
  /** Says goodbye to clients and CTI Server. */
  stop(): Promise<void>;
}

/**
 * Starts a server; it listens when the promise settles, whether the CTI Server can be reached or not.
 * @throws UsageError for files that cannot be read; whatever the system says of ports and certificates
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
  const settings = linkSettings(config, environment, parts.clock);
  const link = parts.link({
    ...settings,
    dial: recording?.recorder.dial(settings.dial) ?? settings.dial,
    onReport: linkLog(log, (code) => refuse(code)),
  });
  const tls = listenerTls(config);
  const auditLog =
    config['audit-log'] === undefined ? undefined : await AuditFile.open(config['audit-log'], parts.clock, log);
  const writeAudit = (entry: AuditEntry) => auditLog?.write(auditLine(entry));
  const peers = preparePeers(config, environment, tls, parts.clock, log, writeAudit);
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
  const stream = prepareStream(config, environment, server, parts.clock, log);
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
  const unsubscribe = server.subscribe(({ event, args }) => {
    if (event === 'OnConnectionGap') log('warn', 'gap', { ...args });
    if (event === 'OnCTIOSFailure')
      log(server.status().online ? 'info' : 'warn', 'system status', { about: args.ErrorMessage });
  });

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
  const metrics = new ServerMetrics({
    sessions,
    link: () => link.info,
    deepestQueue: () => listener.deepestQueue,
    more: [...(peers?.metrics.families ?? []), ...(stream?.families ?? [])],
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
  stream?.start();
  const stopCounting = watchOldCalls(sessions, parts.clock, log);
  const stopWatching = watchCertificates(config, link, parts.clock, log);
  const stopFollowing = followCertificateFiles(config, parts.clock, () => renewCertificate(config, listener, log));

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
    recording?.save('the server stops');
    await health?.close();
    await auditLog?.end();
  };
  return {
    listener,
    health,
    refused,
    reload() {
      agents.reload();
      auditLog?.reopen();
      if (tls !== undefined) renewCertificate(config, listener, log);
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

/** How the link stands, and what was odd in what the CTI Server sent. */
function linkFacts({ oddities, ...info }: LinkInfo): Record<string, unknown> {
  const { certificate: _, ...facts } = info;
  return { ...facts, oddities: [...oddities] };
}

function linkSettings(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): LinkSettings {
  const [A, B] = config['cti-server']!;
  const password = secret(config['client-password-file'], environment.CTIOS_CLIENT_PASSWORD);
  return {
    sides: B === undefined ? { A: A! } : { A: A!, B },
    dial: socketDial(config['cti-tls'] ? dialTls(config) : undefined),
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
  return {
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca: pem(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: pem(cert), key: pem(key) }),
    ...(servername === undefined ? {} : { servername }),
  };
}

/** Calls that have lasted for a day, in milliseconds, and how often they are looked for. */
const OLD_CALL_MS = 24 * 3_600_000;
const COUNT_OLD_CALLS_MS = 3_600_000;

/** Warns of calls that do not end, each time there are more: the switch, or the link to it, has lost their end. */
function watchOldCalls({ router }: ClientSessions, clock: Clock, log: Log): () => void {
  let before = 0;
  const timer = clock.every(COUNT_OLD_CALLS_MS, () => {
    const calls = router.callsOlderThan(OLD_CALL_MS);
    if (calls > before) log('warn', 'calls do not end', { calls, hours: OLD_CALL_MS / 3_600_000 });
    before = calls;
  });
  return () => timer.cancel();
}

/** What cannot be used is reported and left: the server goes on with what it has. */
function renewCertificate(config: Config, listener: WebSocketListener, log: Log): void {
  try {
    const renewed = listenerTls(config);
    if (renewed !== undefined) listener.renewTls(renewed);
    log('info', 'certificate renewed', { file: config['tls-cert'] });
  } catch (error) {
    log('error', 'certificate not renewed', { file: config['tls-cert'], about: (error as Error).message });
  }
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

/** Connections come and go; somebody who is kept out is worth a look, and a check that does not work is worth more. */
function logEntry({ time: _, what, ...details }: AuditEntry, log: Log): void {
  const keptOut = what === 'refused' || what === 'locked out' || (what === 'agent proof' && details.proof !== 'proven');
  const level = keptOut ? 'warn' : 'info';
  log(details.proof === 'not checked' ? 'error' : level, what, details);
}

/** A server that others than this machine can reach should not be open to all of them. */
function warnOfOpenDoors(config: Config, password: string | undefined, agents: AgentChecking, log: Log): void {
  if (agents.check === undefined) {
    const who = isLoopback(config.listen.host) ? 'whoever is on this machine' : 'whoever can connect';
    log('warn', 'agents are unproven', { about: `${who} can be any agent; see --agent-passwords and --agent-check` });
  }
  if (isLoopback(config.listen.host)) return;
  if (config['tls-cert'] === undefined) log('warn', 'no TLS', { about: 'passwords and call data pass in the clear' });
  if (password === undefined && config['tls-ca'] === undefined) {
    log('warn', 'monitor mode is open', { about: 'whoever can connect can see every call; set a password' });
  }
}

function auditLine(entry: AuditEntry): string {
  const { time, ...rest } = entry;
  return JSON.stringify({ time: new Date(time).toISOString(), ...rest });
}
