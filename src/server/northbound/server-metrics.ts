import { requestByName } from '../../ctios/requests/index.js';
import type { AuditEntry } from '../observability/audit.js';
import { Counter, exposition, type Family, Gauge } from '../observability/metrics.js';
import type { LinkInfo } from '../southbound/link-api.js';
import type { ClientSessions } from './session/session-registry.js';

/** What is measured, and read when somebody asks. */
export interface MetricsSource {
  readonly sessions: ClientSessions;
  link(): LinkInfo;
  /** Bytes that wait for the client that reads slowest. */
  deepestQueue(): number;
  /** What others have to say. */
  readonly more?: readonly Family[];
}

/** What a `ctios-server` can say about itself in numbers. */
export class ServerMetrics {
  readonly #events = new Counter('ctios_events_total', 'Events of the object server, by event.');
  readonly #requests = new Counter('ctios_requests_total', 'Requests of clients, by request and outcome.');
  readonly #connections = new Counter('ctios_connections_total', 'Clients that were welcomed or refused.');
  readonly #proofs = new Counter('ctios_agent_proofs_total', 'Claims to be an agent, by outcome.');
  readonly #lockOuts = new Counter('ctios_monitor_lock_outs_total', 'Attempts at monitor mode while locked out.');
  readonly #gaps = new Counter('ctios_gaps_total', 'Gaps of the link after which the server compared notes.');
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
      new Gauge('ctios_link_up', 'Whether the link to the CTI Server is up, by side.', () => {
        const { side } = source.link();
        return (['A', 'B'] as const).map((each) => [{ side: each }, each === side ? 1 : 0]);
      }),
      new Gauge('ctios_online', 'Whether requests can succeed.', () =>
        one(source.sessions.server.status().online ? 1 : 0),
      ),
      new Gauge('ctios_link_protocol_version', 'Protocol version in force on the link.', () =>
        one(source.link().version),
      ),
      new Gauge('ctios_link_heartbeat_milliseconds', 'Round trip of the last heartbeat of the link.', () =>
        one(source.link().roundTripMs),
      ),
      new Gauge(
        'ctios_decode_oddities',
        'What was odd in messages of the CTI Server, by kind, message and field.',
        () => [...source.link().oddities].map(({ kind, message, field, count }) => [{ kind, message, field }, count]),
      ),
      new Gauge('ctios_sessions', 'Client sessions, by mode.', () => {
        const count = { none: 0, agent: 0, monitor: 0 };
        for (const session of source.sessions.sessions) count[session.mode]++;
        return Object.entries(count).map(([mode, value]) => [{ mode }, value]);
      }),
      new Gauge('ctios_calls', 'Calls, one for each device that has a part in it.', () =>
        one(source.sessions.router.liveCalls),
      ),
      new Gauge(
        'ctios_oldest_call_seconds',
        'Since when the oldest call is known; of hours, its end was never told.',
        () => one(Math.round(source.sessions.router.oldestCallMs / 1000)),
      ),
      new Gauge('ctios_requests_pending', 'Requests of clients under way.', () => {
        let pending = 0;
        for (const session of source.sessions.sessions) pending += session.pending;
        return one(pending);
      }),
      new Gauge('ctios_events_delivered', 'Events handed out since the start, once for each client that got one.', () =>
        one(source.sessions.router.delivered),
      ),
      new Gauge('ctios_client_queue_bytes', 'Bytes waiting for the client that reads slowest.', () =>
        one(source.deepestQueue()),
      ),
    ];
  }

  /** To be told what the audit is told. */
  audit(entry: AuditEntry): void {
    if (entry.what === 'request') {
      // A client can ask for anything, and each name would be a time series.
      const request = requestByName(entry.request ?? '')?.name ?? 'unknown';
      this.#requests.add({ request, outcome: entry.outcome ?? '' });
    } else if (entry.what === 'locked out') this.#lockOuts.add();
    else if (entry.what === 'agent proof') this.#proofs.add({ outcome: entry.proof ?? '' });
    else if (entry.what !== 'disconnected') this.#connections.add({ outcome: entry.what });
  }

  text(): string {
    const counters = [this.#events, this.#requests, this.#connections, this.#proofs, this.#lockOuts, this.#gaps];
    return exposition([...this.#gauges, ...counters, ...this.#more]);
  }

  stop(): void {
    this.#unsubscribe();
  }
}
