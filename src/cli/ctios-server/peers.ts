/** The peers of a `ctios-server`: created from its configuration, reported to its log and metrics. */
import { type ConnectionOptions, createSecureContext, type TlsOptions } from 'node:tls';
import type { Clock } from '../../common/clock.js';
import { systemRandom } from '../../common/random.js';
import type { AuditEntry } from '../../server/northbound/index.js';
import {
  listenForPeers,
  MIN_SECRET_LENGTH,
  type PeerEvent,
  PeerHub,
  type PeerListener,
  PeerMetrics,
  type Peers,
  peerAudit,
  webSocketDial,
} from '../../server/peers/index.js';
import { pem, secret } from '../secrets.js';
import { UsageError } from '../usage-error.js';
import type { Renewals } from './files/renewals.js';
import type { Log } from './log.js';
import { isLoopback } from './options/loopback.js';
import type { Config } from './options/options.js';

/**
 * The peers of a server. No connection is made or accepted before `start`, when the objects can respond to requests.
 */
export interface ServerPeers {
  readonly hub: Peers;
  readonly metrics: PeerMetrics;
  /** @returns the listener for peers. @throws (rejects) if the port is not available */
  start(): Promise<PeerListener | undefined>;
  /** For `/healthz`: each configured peer, and why no requests can be sent to it. */
  health(): Array<{ peer: string; linked: boolean; reason?: string }>;
  /** Uses this certificate for new connections of peers. @throws Error if it cannot be used */
  renewTls(tls: TlsOptions): void;
  stop(): Promise<void>;
}

/**
 * @param given `tls` of the listener for clients, whose certificate is also used for peers
 * @returns undefined if no peers are configured
 * @throws UsageError for a secret that is missing or too short, and for files that cannot be read
 */
export function preparePeers(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  { tls, renewals }: { tls: TlsOptions | undefined; renewals: Renewals },
  clock: Clock,
  log: Log,
  audit: (entry: AuditEntry) => void,
): ServerPeers | undefined {
  const { peer: urls, 'peer-listen': listen } = config;
  if (urls === undefined && listen === undefined) return undefined;
  const shared = secret(config['peer-secret-file'], environment.CTIOS_PEER_SECRET);
  if (shared === undefined || shared.length < MIN_SECRET_LENGTH) {
    throw new UsageError(
      `peers need a secret of at least ${MIN_SECRET_LENGTH} characters: --peer-secret-file, or CTIOS_PEER_SECRET`,
    );
  }
  if (listen !== undefined && tls === undefined && !isLoopback(listen.host)) {
    throw new UsageError(
      `--peer-listen ${listen.host}: peers on other machines need TLS. Set --tls-cert and --tls-key, or listen on 127.0.0.1.`,
    );
  }
  for (const url of urls ?? []) {
    const { protocol, hostname } = new URL(url);
    if (protocol === 'ws:' && !isLoopback(hostname)) {
      throw new UsageError(`--peer ${url}: a peer on another machine needs a wss: URL.`);
    }
  }
  const authority = config['peer-ca'];
  const dialTls = (): ConnectionOptions => (authority === undefined ? {} : { ca: pem(authority) });
  const metrics = new PeerMetrics(() => hub);
  const hub: PeerHub = new PeerHub({
    name: config.name,
    secret: shared,
    urls: urls ?? [],
    dial: webSocketDial(clock, renewals.keep('certificate', [authority], dialTls, createSecureContext)),
    clock,
    random: systemRandom,
    tell: notePeerEvents(metrics, clock, log, audit),
  });
  let listener: PeerListener | undefined;
  return {
    hub,
    metrics,
    start: async () => {
      if (listen !== undefined) {
        listener = await listenForPeers({
          ...listen,
          clock,
          accept: (wire) => hub.accept(wire),
          ...(tls === undefined ? {} : { tls: listenerTls(tls) }),
        });
      }
      hub.start();
      return listener;
    },
    health: () =>
      hub.connectors.map(({ url, up, trouble }) => ({
        peer: url,
        linked: up,
        ...(trouble === undefined ? {} : { reason: trouble.message }),
      })),
    renewTls: (renewed) => {
      if (tls !== undefined) listener?.renewTls(listenerTls(renewed));
    },
    stop: async () => {
      hub.stop();
      await listener?.close();
    },
  };
}

/** Peer events are counted, written to the audit log, and logged. */
export function notePeerEvents(
  metrics: PeerMetrics,
  clock: Clock,
  log: Log,
  audit: (entry: AuditEntry) => void,
): (event: PeerEvent) => void {
  return (event) => {
    metrics.note(event);
    const entry = peerAudit(event, clock.now());
    if (entry !== undefined) audit(entry);
    logEvent(event, log);
  };
}

/** The certificate for clients. Clients may be asked for a certificate; a peer authenticates with the secret. */
function listenerTls({ cert, key, minVersion }: TlsOptions): TlsOptions {
  return { ...(cert && key ? { cert, key } : {}), ...(minVersion === undefined ? {} : { minVersion }) };
}

/** Peer requests are reported to the audit log and the metrics; the log shows which peers are connected. */
function logEvent(event: PeerEvent, log: Log): void {
  if (event.what === 'asked' || event.what === 'ask ended') return;
  const { address } = event;
  const peer = event.peer?.name;
  if (event.what === 'linked') log('info', 'peer linked', { peer, address });
  else {
    const refused = event.what === 'not linked' && event.called;
    const notLinked = refused ? 'peer refused' : 'peer not linked';
    const what = event.what === 'lost' ? 'peer lost' : notLinked;
    // A server that is stopped deliberately announces it.
    log(event.why.code === 'CTIOS_SERVER_STOPS' ? 'info' : 'warn', what, {
      peer,
      address,
      code: event.why.code,
      reason: event.why.message,
    });
  }
}
