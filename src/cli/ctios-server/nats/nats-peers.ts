/** The other servers of a site as peers over NATS, if no WebSocket link to a peer is configured. */
import type { Clock } from '../../../common/clock.js';
import type { AuditEntry } from '../../../server/northbound/index.js';
import { PeerMetrics } from '../../../server/peers/index.js';
import { type NatsEngine, StreamPeers } from '../../../stream/index.js';
import type { Log } from '../log.js';
import type { Config } from '../options/options.js';
import { notePeerEvents, type ServerPeers } from '../peers.js';

export function preparePeersOnNats(
  engine: NatsEngine,
  config: Config,
  clock: Clock,
  log: Log,
  audit: (entry: AuditEntry) => void,
): ServerPeers {
  const metrics = new PeerMetrics(() => hub);
  const hub: StreamPeers = new StreamPeers({
    engine,
    site: config['nats-site'],
    name: config.name,
    clock,
    tell: notePeerEvents(metrics, clock, log, audit),
  });
  return {
    hub,
    metrics,
    start: () => {
      hub.start();
      return Promise.resolve(undefined);
    },
    health: () => [
      ...hub.linked.map(({ name }) => ({ peer: name, linked: true })),
      ...(hub.trouble === undefined ? [] : [{ peer: 'NATS', linked: false, reason: hub.trouble }]),
    ],
    // Peers are reached through NATS: they have no listener.
    renewTls: () => {},
    stop: () => hub.stop(),
  };
}
