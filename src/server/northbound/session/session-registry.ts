import { type Clock, systemClock } from '../../../common/clock.js';
import type { ClientMessage } from '../../../ctios/transport.js';
import type { ObjectServer } from '../../object-server.js';
import { type AuditEntry, cutTexts } from '../../observability/audit.js';
import { CountedEntries } from '../../observability/counted-entries.js';
import { noPeers, type Peers } from '../../peers/index.js';
import { LinkReports } from '../routing/link-reports.js';
import { Router } from '../routing/router.js';
import { AgentAuthenticator } from '../security/agent-authenticator.js';
import { AuthenticatedPlaces } from '../security/authenticated-places.js';
import { MonitorPassword } from '../security/monitor-password.js';
import { RequestRate } from '../security/rate-limiter.js';
import { ClientSession } from './client-session.js';
import { GreetingClients } from './greeting-clients.js';
import type { ClientLink, HostedSession, RequestingClient, SessionHost } from './session-host.js';
import type { ClientEnd } from './session-states.js';
import { DEFAULT_SETTINGS, type NorthboundSettings } from './settings.js';
import { SnapshotTurns } from './snapshot-turns.js';

/** Refused connections with an entry of their own in the audit log, per second and at once; the others are counted. */
const REFUSED_RATE = { perSecond: 10, atOnce: 100 };

export type { ClientLink };
export { ClientSession };

/** What a listener uses of an accepted client. */
export interface AcceptedClient {
  readonly session: ClientSession;
  receive(message: ClientMessage): void;
  /** The connection is gone. @param end why, if the transport dropped it */
  closed(end?: ClientEnd): void;
}

export interface ClientSessionsOptions {
  server: ObjectServer;
  clock?: Clock;
  settings?: Partial<NorthboundSettings>;
  /** The other servers of a pair. */
  peers?: Peers;
  /** Receives connections and requests, never arguments. */
  audit?: (entry: AuditEntry) => void;
}

/** All the clients of one object server, however they are connected. */
export class ClientSessions implements SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router: Router;
  readonly monitorPassword: MonitorPassword;
  readonly snapshotTurns = new SnapshotTurns();
  readonly agentAuthenticator: AgentAuthenticator | undefined;
  readonly #linkReports: LinkReports;
  readonly #audit: (entry: AuditEntry) => void;
  readonly #refusedRate: RequestRate;
  readonly #refused: CountedEntries;
  readonly #sessions = new Map<string, ClientSession>();
  readonly #unsubscribe: () => void;
  readonly #greeting: GreetingClients<HostedSession>;
  #accepted = 0;
  #stopped = false;

  constructor(options: ClientSessionsOptions) {
    this.server = options.server;
    this.clock = options.clock ?? systemClock;
    this.router = new Router(this.clock);
    this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.#greeting = new GreetingClients(this.clock, this.settings);
    const { agentCheck, parallelAgentChecks, lockOut, peerAnswerMs } = this.settings;
    this.monitorPassword = new MonitorPassword(this.clock, this.settings);
    this.agentAuthenticator =
      agentCheck === undefined
        ? undefined
        : new AgentAuthenticator(this.clock, {
            check: agentCheck,
            lockOut,
            parallelChecks: parallelAgentChecks,
            places: new AuthenticatedPlaces(options.peers ?? noPeers, peerAnswerMs),
          });
    this.#audit = options.audit ?? (() => {});
    this.#refusedRate = new RequestRate(this.clock, REFUSED_RATE);
    this.#refused = new CountedEntries(this.clock, (entry) => this.#audit(entry));
    this.#linkReports = new LinkReports(this.clock, this.server, (link) => {
      for (const session of this.#sessions.values()) session.tellLink(link);
    });
    this.router.learn(this.server);
    this.#unsubscribe = this.server.subscribe((publication) => {
      // The system status follows from the link's, so the link's is sent first.
      if (publication.to.everyone === true) this.#linkReports.look();
      this.router.publish(publication);
    });
  }

  /** Number of sessions. */
  get sessions(): ReadonlySet<ClientSession> {
    return new Set(this.#sessions.values());
  }

  /** A client has connected; its messages go to `receive`, in order. */
  accept(link: ClientLink): AcceptedClient {
    this.#accepted++;
    const session = new ClientSession(`${this.settings.name}.${this.#accepted}`, link, this);
    this.#sessions.set(session.clientId, session);
    this.#linkReports.start();
    this.#greeting.add(session);
    if (this.#stopped) session.shutDown();
    return {
      session,
      receive: (message) => session.receive(message),
      closed: (end) => session.closed(end),
    };
  }

  /** Closes every client's session, and accepts no more clients. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const session of [...this.#sessions.values()]) session.shutDown();
    this.#unsubscribe();
    this.#refused.flush();
  }

  audit(entry: AuditEntry): void {
    const cut = cutTexts(entry);
    if (cut.what === 'refused' && !this.#refusedRate.take()) this.#refused.add(cut);
    else this.#audit(cut);
  }

  mayMonitor(client: RequestingClient): boolean {
    const { maxMonitorSessions } = this.settings;
    if (client.mode === 'monitor' || maxMonitorSessions === undefined) return true;
    return this.router.monitors < maxMonitorSessions;
  }

  welcomed(session: HostedSession): void {
    this.#greeting.remove(session);
  }

  ended(session: HostedSession): void {
    this.#greeting.remove(session);
    this.#sessions.delete(session.clientId);
    if (this.#sessions.size === 0) this.#linkReports.stop();
  }
}
