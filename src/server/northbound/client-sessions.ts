import { type Clock, systemClock } from '../../common/clock.js';
import type { ClientMessage } from '../../ctios/transport.js';
import type { ObjectServer } from '../object-server.js';
import type { AuditEntry } from './audit.js';
import { type ClientLink, ClientSession, type SessionHost } from './client-session.js';
import { LockOut } from './lock-out.js';
import { Router } from './router.js';
import { DEFAULT_SETTINGS, type NorthboundSettings } from './settings.js';

export type { ClientLink, ClientSession };

/** What a listener does with an accepted client. */
export interface AcceptedClient {
  readonly session: ClientSession;
  receive(message: ClientMessage): void;
  /** The connection is gone. */
  closed(): void;
}

export interface ClientSessionsOptions {
  server: ObjectServer;
  clock?: Clock;
  settings?: Partial<NorthboundSettings>;
  /** Told of connections and requests; never of arguments. */
  audit?: (entry: AuditEntry) => void;
}

/** All the clients of one object server, however they are connected. */
export class ClientSessions implements SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router = new Router();
  readonly lockOut: LockOut;
  readonly #audit: (entry: AuditEntry) => void;
  readonly #sessions = new Set<ClientSession>();
  readonly #unsubscribe: () => void;
  #accepted = 0;
  #stopped = false;

  constructor(options: ClientSessionsOptions) {
    this.server = options.server;
    this.clock = options.clock ?? systemClock;
    this.settings = { ...DEFAULT_SETTINGS, ...options.settings };
    this.lockOut = new LockOut(this.clock, this.settings.lockOut);
    this.#audit = options.audit ?? (() => {});
    this.router.learn(this.server);
    this.#unsubscribe = this.server.subscribe((publication) => this.router.publish(publication));
  }

  /** The sessions there are. */
  get sessions(): ReadonlySet<ClientSession> {
    return this.#sessions;
  }

  /** A client has connected; what it says goes to `receive`, in order. */
  accept(link: ClientLink): AcceptedClient {
    this.#accepted++;
    const session = new ClientSession(`${this.settings.name}.${this.#accepted}`, link, this);
    this.#sessions.add(session);
    if (this.#stopped) session.shutDown();
    return {
      session,
      receive: (message) => session.receive(message),
      closed: () => session.closed(),
    };
  }

  /** Says goodbye to every client and takes no more. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const session of [...this.#sessions]) session.shutDown();
    this.#unsubscribe();
  }

  audit(entry: AuditEntry): void {
    this.#audit(entry);
  }

  mayMonitor(session: ClientSession): boolean {
    const { maxMonitorSessions } = this.settings;
    if (session.mode === 'monitor' || maxMonitorSessions === undefined) return true;
    return this.router.monitors < maxMonitorSessions;
  }

  ended(session: ClientSession): void {
    this.#sessions.delete(session);
  }
}
