/** Metrics about a server's peers. */
import { Counter, type Family, Gauge } from '../observability/metrics.js';
import type { PeerEvent, PeerHub } from './peer-hub.js';

export class PeerMetrics {
  readonly #asks = new Counter('ctios_peer_asks_total');
  readonly #asked = new Counter('ctios_peer_asked_total');
  readonly #links = new Counter('ctios_peer_links_total');
  readonly families: readonly Family[];

  /** @param hub called on each scrape, because the hub is created later; with NATS no peers are configured */
  constructor(hub: () => Pick<PeerHub, 'linked'> & Partial<Pick<PeerHub, 'connectors'>>) {
    this.families = [
      new Gauge('ctios_peer_up', () =>
        (hub().connectors ?? []).map(({ url, up }) => [{ peer: url }, up ? 1 : 0] as const),
      ),
      new Gauge('ctios_peers_linked', () => [[{}, hub().linked.length]]),
      this.#asks,
      this.#asked,
      this.#links,
    ];
  }

  note(event: PeerEvent): void {
    switch (event.what) {
      case 'ask ended':
        this.#asks.add({ ask: event.ask, outcome: event.end.outcome });
        break;
      case 'asked':
        // An unknown request could have any name, and each name would be a time series.
        this.#asked.add({
          ask: event.failure?.code === 'CTIOS_PEER_UNKNOWN_ASK' ? 'unknown' : event.ask,
          outcome: event.failure === undefined ? 'answered' : 'failed',
        });
        break;
      case 'linked':
      case 'lost':
        this.#links.add({ outcome: event.what });
        break;
      case 'not linked':
        this.#links.add({ outcome: 'refused' });
        break;
    }
  }
}
