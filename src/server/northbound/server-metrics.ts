import { requestByName } from '../../ctios/requests/index.js';
import type { AuditEntry } from '../observability/audit.js';
import { Counter, exposition, type Family, Gauge } from '../observability/metrics.js';
import type { LinkInfo } from '../southbound/link-api.js';
import type { ClientSessions } from './session/session-registry.js';

/** The sources of the metrics, read on each scrape. */
export interface MetricsSource {
  readonly sessions: ClientSessions;
  link(): LinkInfo;
  /** Bytes queued for the slowest client. */
  deepestQueue(): number;
  /** How long the oldest message waits in a client's connection, in milliseconds. */
  longestWaitMs(): number;
  /** Metrics of other parts. */
  readonly more?: readonly Family[];
}

/** The metrics of a `ctios-server`. */
export class ServerMetrics {
  readonly #events = new Counter('ctios_events_total');
  readonly #requests = new Counter('ctios_requests_total');
  readonly #connections = new Counter('ctios_connections_total');
  readonly #disconnections = new Counter('ctios_disconnections_total');
  readonly #proofs = new Counter('ctios_agent_proofs_total');
  readonly #lockOuts = new Counter('ctios_monitor_lock_outs_total');
  readonly #gaps = new Counter('ctios_gaps_total');
  readonly #unsubscribe: () => void;
  readonly #gauges: Gauge[];
  readonly #more: readonly Family[];

  constructor(source: MetricsSource) {
    this.#more = source.more ?? [];
    this.#unsubscribe = source.sessions.server.subscribe(({ event }) => {
      this.#events.add({ event });
      if (event === 'OnConnectionGap') this.#gaps.add();
    });
    const one = (value: number | undefined): Array<[Record<string, string>, number]> =>
      value === undefined ? [] : [[{}, value]];
    this.#gauges = [
      new Gauge('ctios_link_up', () => {
        const { side } = source.link();
        return (['A', 'B'] as const).map((each) => [{ side: each }, each === side ? 1 : 0]);
      }),
      new Gauge('ctios_online', () => one(source.sessions.server.status().online ? 1 : 0)),
      new Gauge('ctios_link_protocol_version', () => one(source.link().version)),
      new Gauge('ctios_link_heartbeat_milliseconds', () => one(source.link().roundTripMs)),
      new Gauge('ctios_decode_oddities', () =>
        [...source.link().oddities].map(({ kind, message, field, count }) => [{ kind, message, field }, count]),
      ),
      new Gauge('ctios_sessions', () => {
        const count = { none: 0, agent: 0, monitor: 0 };
        for (const session of source.sessions.sessions) count[session.mode]++;
        return Object.entries(count).map(([mode, value]) => [{ mode }, value]);
      }),
      new Gauge('ctios_calls', () => one(source.sessions.router.liveCalls)),
      new Gauge('ctios_oldest_call_seconds', () => one(Math.round(source.sessions.router.oldestCallMs / 1000))),
      new Gauge('ctios_requests_pending', () => {
        let pending = 0;
        for (const session of source.sessions.sessions) pending += session.pending;
        return one(pending);
      }),
      new Gauge('ctios_events_delivered', () => one(source.sessions.router.delivered)),
      new Gauge('ctios_client_queue_bytes', () => one(source.deepestQueue())),
      new Gauge('ctios_client_lag_seconds', () => {
        let longest = source.longestWaitMs();
        for (const session of source.sessions.sessions) longest = Math.max(longest, session.waitMs);
        return one(longest / 1000);
      }),
    ];
  }

  /** Receives what the audit log receives. */
  audit(entry: AuditEntry): void {
    if (entry.what === 'request') {
      // A client can send a request of any name, and each name would be a time series.
      const request = requestByName(entry.request ?? '')?.name ?? 'unknown';
      this.#requests.add({ request, outcome: entry.outcome ?? '' }, entry.count);
    } else if (entry.what === 'locked out') this.#lockOuts.add();
    else if (entry.what === 'agent proof') this.#proofs.add({ outcome: entry.proof ?? '' });
    else if (entry.what === 'disconnected') this.#disconnections.add({ end: entry.code ?? '' });
    else this.#connections.add({ outcome: entry.what }, entry.count);
  }

  text(): string {
    const clients = [this.#connections, this.#disconnections, this.#proofs, this.#lockOuts];
    return exposition([...this.#gauges, this.#events, this.#requests, ...clients, this.#gaps, ...this.#more]);
  }

  stop(): void {
    this.#unsubscribe();
  }
}
