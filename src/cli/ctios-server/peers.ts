/** The peers of a `ctios-server`: made of its configuration, told to its logs and numbers. */
import type { TlsOptions } from 'node:tls';
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
  peerAudit,
  webSocketDial,
} from '../../server/peers/index.js';
import { UsageError } from '../usage-error.js';
import type { Log } from './log.js';
import { isLoopback } from './loopback.js';
import type { Config } from './options.js';
import { pem, secret } from './secrets.js';

/** The peers of a server. Nobody is called and nobody can call before the objects are there to answer: `start`. */
export interface ServerPeers {
  readonly hub: PeerHub;
  readonly metrics: PeerMetrics;
  /** @returns where peers can call. @throws (rejects) where the port cannot be had */
  start(): Promise<PeerListener | undefined>;
  /** For `/healthz`: each configured peer, and why it cannot be asked. */
  health(): Array<{ peer: string; linked: boolean; reason?: string }>;
  stop(): Promise<void>;
}

/**
 * @param tls of the listener for clients; peers that call are shown the same certificate
 * @returns undefined where no peers were asked for
 * @throws UsageError for a secret that is missing or too short, and for files that cannot be read
 */
export function preparePeers(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  tls: TlsOptions | undefined,
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
  const authority = config['peer-ca'] === undefined ? undefined : pem(config['peer-ca']);
  const metrics = new PeerMetrics(() => hub);
  const hub: PeerHub = new PeerHub({
    name: config.name,
    secret: shared,
    urls: urls ?? [],
    dial: webSocketDial(clock, authority === undefined ? {} : { ca: authority }),
    clock,
    random: systemRandom,
    tell: (event) => {
      metrics.note(event);
      const entry = peerAudit(event, clock.now());
      if (entry !== undefined) audit(entry);
      logEvent(event, log);
    },
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
    stop: async () => {
      hub.stop();
      await listener?.close();
    },
  };
}

/** The certificate that clients are shown. Clients may be asked for one of theirs; a peer proves itself by the secret. */
function listenerTls({ cert, key, minVersion }: TlsOptions): TlsOptions {
  return { ...(cert && key ? { cert, key } : {}), ...(minVersion === undefined ? {} : { minVersion }) };
}

/** Asks are for the audit and the numbers; the log has who is there. */
function logEvent(event: PeerEvent, log: Log): void {
  if (event.what === 'asked' || event.what === 'ask ended') return;
  const { address } = event;
  const peer = event.peer?.name;
  if (event.what === 'linked') log('info', 'peer linked', { peer, address });
  else {
    const refused = event.what === 'not linked' && event.called;
    const notLinked = refused ? 'peer refused' : 'peer not linked';
    const what = event.what === 'lost' ? 'peer lost' : notLinked;
    // A server that is stopped on purpose says so.
    log(event.why.code === 'CTIOS_SERVER_STOPS' ? 'info' : 'warn', what, {
      peer,
      address,
      code: event.why.code,
      reason: event.why.message,
    });
  }
}
