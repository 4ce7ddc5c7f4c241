/** What a server can say in numbers of its peers. */
import { Counter, type Family, Gauge } from '../observability/metrics.js';
import type { PeerEvent, PeerHub } from './peer-hub.js';

export class PeerMetrics {
  readonly #asks = new Counter('ctios_peer_asks_total', 'What this server asked of peers, by ask and outcome.');
  readonly #asked = new Counter('ctios_peer_asked_total', 'What peers asked of this server, by ask and outcome.');
  readonly #links = new Counter(
    'ctios_peer_links_total',
    'Links with peers that came about, were lost, or were refused.',
  );
  readonly families: readonly Family[];

  /** @param hub asked for when somebody reads: it is made later than this */
  constructor(hub: () => PeerHub) {
    this.families = [
      new Gauge('ctios_peer_up', 'Whether a configured peer can be asked, by its address.', () =>
        hub().connectors.map(({ url, up }) => [{ peer: url }, up ? 1 : 0] as const),
      ),
      new Gauge('ctios_peers_linked', 'Peers that can be asked, whoever called.', () => [[{}, hub().linked.length]]),
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
        // An ask that does not exist could be called anything, and each name would be a time series.
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
