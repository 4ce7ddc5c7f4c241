import type { Timer } from '../../../common/clock.js';
import { type Machine, runTable } from '../../../common/machine.js';
import {
  type ClientMessage,
  type EventMessage,
  type LinkStatus,
  NORTHBOUND_VERSION,
  type RequestFailure,
} from '../../../ctios/transport.js';
import type { ObjectServerRequester } from '../../object-server.js';
import type { AuditEntry } from '../../observability/audit.js';
import { systemStatusEvent } from '../routing/system-status-event.js';
import { ClientHeartbeat } from './client-heartbeat.js';
import type { RequestMessage } from './client-pending-requests.js';
import { ClientRequestHandler, type DeskClient } from './client-request-handler.js';
import type { ClientLink, SessionHost } from './session-host.js';
import {
  type ClientSessionActions,
  type ClientSessionSignal,
  type ClientSessionState,
  clientSessionTable,
} from './session-states.js';

/**
 * One client, from its hello to its end, by the table in `session-states.ts`. What it asks for is carried out by its
 * `ClientDesk`; `ClientHeartbeat` sees whether it lives.
 */
export class ClientSession implements DeskClient, ClientSessionActions {
  readonly #machine: Machine<ClientSessionState, ClientSessionSignal>;
  readonly #desk: ClientRequestHandler;
  readonly #heartbeat: ClientHeartbeat;
  readonly #helloOverdue: Timer;
  #client: string | undefined;

  constructor(
    readonly clientId: string,
    readonly link: ClientLink,
    private readonly host: SessionHost,
  ) {
    const { clock, settings } = host;
    this.#machine = runTable(clientSessionTable, 'greeting', this);
    this.#desk = new ClientRequestHandler(this, host);
    this.#heartbeat = new ClientHeartbeat(clock, settings, {
      ask: (id) => link.send({ kind: 'heartbeat', id }),
      silent: () => this.#machine.signal('silent'),
    });
    this.#helloOverdue = clock.after(settings.helloMs, () => this.#machine.signal('hello overdue'));
  }

  get mode(): ObjectServerRequester['mode'] {
    const { state } = this.#machine;
    return state === 'agent' || state === 'monitor' ? state : 'none';
  }

  get state(): ClientSessionState {
    return this.#machine.state;
  }

  /** UniqueObjectID of the agent of an agent-mode session. */
  get agent(): string | undefined {
    return this.#desk.agent;
  }

  get client(): string | undefined {
    return this.#client;
  }

  get peer(): string {
    return this.link.peer;
  }

  get filter(): string | undefined {
    return this.#desk.filter;
  }

  /** Requests under way. */
  get pending(): number {
    return this.#desk.pending;
  }

  /** A message of the client. */
  receive(message: ClientMessage): void {
    this.#heartbeat.heard();
    switch (message.kind) {
      case 'hello':
        this.#hello(message);
        break;
      case 'request':
        this.#request(message);
        break;
      case 'heartbeat':
        // Ours count down from -1 and come back as they are; the client's count up and want to be returned.
        if (message.id >= 0) this.#desk.heartbeat(message.id);
        break;
      case 'bye':
        this.#machine.signal('bye');
        break;
    }
  }

  /** The connection is gone. */
  closed(): void {
    this.#machine.signal('closed');
  }

  /** The server ends. */
  shutDown(): void {
    this.#machine.signal('server stops');
  }

  /** How the link to the CTI Server stands; a client is told after its welcome. */
  tellLink(link: LinkStatus): void {
    const { state } = this.#machine;
    if (state !== 'greeting' && state !== 'closed') this.link.send({ kind: 'link', link });
  }

  signal(signal: ClientSessionSignal): boolean {
    return this.#machine.signal(signal);
  }

  deliver(message: EventMessage): void {
    if (!this.#desk.follow(message)) return;
    this.link.send(message);
  }

  // What the table of states does.

  welcome(): void {
    const { settings, router, server } = this.host;
    this.#helloOverdue.cancel();
    this.link.send({
      kind: 'welcome',
      version: NORTHBOUND_VERSION,
      server: settings.name,
      connectionId: this.clientId,
      heartbeatMs: settings.heartbeatMs,
    });
    this.host.welcomed(this);
    router.add(this);
    this.audit({ what: 'connected' });
    const link = server.link?.();
    if (link !== undefined) this.link.send({ kind: 'link', link });
    this.link.send(systemStatusEvent(server.status()));
    this.#heartbeat.start();
  }

  refuse(data: unknown): void {
    const { code, message } = data as RequestFailure;
    this.audit({ what: 'refused', code });
    this.link.send({ kind: 'refused', code, message });
    this.#end();
  }

  overdue(): void {
    this.refuse({
      code: 'CTIOS_HELLO_EXPECTED',
      message: 'The client has not said hello in time, or too many wait to do so.',
    });
  }

  silent(): void {
    const { heartbeatRetries, heartbeatMs } = this.host.settings;
    this.link.send({
      kind: 'closing',
      code: 'CTIOS_CLIENT_SILENT',
      message: `Nothing was heard from this client, nor an answer to ${heartbeatRetries} heartbeats ${heartbeatMs} ms apart.`,
    });
    this.#end();
  }

  farewell(): void {
    this.#end();
  }

  stop(): void {
    this.link.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'The CTI OS Server is being stopped.' });
    this.#end();
  }

  gone(how: 'closed' | 'lost'): void {
    this.audit({ what: 'disconnected', code: how });
    this.host.router.remove(this);
    this.host.server.release(this.clientId, how);
  }

  #end(): void {
    this.#helloOverdue.cancel();
    this.#heartbeat.stop();
    this.#desk.close();
    this.host.ended(this);
    this.link.close();
  }

  #hello(message: Extract<ClientMessage, { kind: 'hello' }>): void {
    if (message.version !== NORTHBOUND_VERSION) {
      const age = message.version > NORTHBOUND_VERSION ? 'newer' : 'older';
      const which = age === 'newer' ? 'server' : 'client';
      this.#machine.signal('hello refused', {
        code: 'CTIOS_VERSION_MISMATCH',
        message:
          `This server speaks version ${NORTHBOUND_VERSION} of the protocol, the client the ${age} version ` +
          `${message.version}. Update the ${which}.`,
      });
      return;
    }
    this.#client = message.client;
    this.#machine.signal('hello');
  }

  #request(message: RequestMessage): void {
    const { state } = this.#machine;
    if (state === 'greeting') {
      this.#machine.signal('hello refused', {
        code: 'CTIOS_HELLO_EXPECTED',
        message: 'The client has to say hello first.',
      });
      return;
    }
    if (state !== 'closed') this.#desk.request(message);
  }

  audit(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void {
    this.host.audit({
      time: this.host.clock.now(),
      connection: this.clientId,
      peer: this.link.peer,
      ...(this.#client === undefined ? {} : { client: this.#client }),
      mode: this.mode,
      ...(this.agent === undefined ? {} : { agent: this.agent }),
      ...entry,
    });
  }
}
