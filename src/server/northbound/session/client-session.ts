import type { Timer } from '../../../common/clock.js';
import { Heartbeat } from '../../../common/heartbeat.js';
import { type Machine, runTable } from '../../../common/machine.js';
import {
  type ClientMessage,
  type EventMessage,
  type LinkStatus,
  NORTHBOUND_VERSION,
  type RequestFailure,
  type ServerMessage,
} from '../../../ctios/transport.js';
import type { ObjectServerRequester } from '../../object-server.js';
import type { AuditEntry } from '../../observability/audit.js';
import { CountedEntries } from '../../observability/counted-entries.js';
import { systemStatusEvent } from '../routing/system-status-event.js';
import type { RequestMessage } from './client-pending-requests.js';
import { ClientRequestHandler } from './client-request-handler.js';
import { OutgoingMessages } from './outgoing-messages.js';
import type { ClientLink, RequestingClient, SessionHost } from './session-host.js';
import {
  type ClientEnd,
  type ClientSessionActions,
  type ClientSessionSignals,
  type ClientSessionState,
  clientSessionTable,
  type ModeSignal,
} from './session-states.js';

/**
 * One client, from its hello to its end, by the table in `session-states.ts`. Its `ClientRequestHandler` carries out
 * its requests; a `Heartbeat` detects when it has fallen silent.
 */
export class ClientSession implements RequestingClient, ClientSessionActions {
  readonly #machine: Machine<ClientSessionState, ClientSessionSignals>;
  readonly #requests: ClientRequestHandler;
  readonly #outgoing: OutgoingMessages;
  readonly #counted: CountedEntries;
  /** Created with the welcome. */
  #heartbeat: Heartbeat | undefined;
  #modeDeadline: Timer | undefined;
  #client: string | undefined;

  constructor(
    readonly clientId: string,
    readonly link: ClientLink,
    private readonly host: SessionHost,
  ) {
    this.#machine = runTable<ClientSessionState, ClientSessionSignals, ClientSessionActions>(
      clientSessionTable,
      'greeting',
      this,
    );
    this.#outgoing = new OutgoingMessages(host.clock, link, () => this.#machine.signal('too slow'));
    this.#requests = new ClientRequestHandler(this, host);
    this.#counted = new CountedEntries(host.clock, (entry) => host.audit(entry));
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
    return this.#requests.agent;
  }

  get client(): string | undefined {
    return this.#client;
  }

  get peer(): string {
    return this.link.peer;
  }

  get filter(): string | undefined {
    return this.#requests.filter;
  }

  /** Number of pending requests. */
  get pending(): number {
    return this.#requests.pending;
  }

  /** How long the oldest message for it has waited behind a list such as a snapshot, in milliseconds. */
  get waitMs(): number {
    return this.#outgoing.waitMs;
  }

  /** A message of the client. */
  receive(message: ClientMessage): void {
    this.#heartbeat?.heard();
    switch (message.kind) {
      case 'hello':
        this.#hello(message);
        break;
      case 'request':
        this.#request(message);
        break;
      case 'heartbeat':
        // Ours count down from -1 and are returned unchanged; the client's count up and must be returned.
        if (message.id >= 0) this.#requests.heartbeat(message.id);
        break;
      case 'bye':
        this.#machine.signal('bye');
        break;
    }
  }

  /** The connection is gone. @param end why, if the transport dropped it */
  closed(end: ClientEnd = 'lost'): void {
    this.#machine.signal('closed', end);
  }

  /** The server ends. */
  shutDown(): void {
    this.#machine.signal('server stops');
  }

  /** The state of the link to the CTI Server; sent to a client after its welcome. */
  tellLink(link: LinkStatus): void {
    const { state } = this.#machine;
    if (state !== 'greeting' && state !== 'closed') this.send({ kind: 'link', link });
  }

  /** It has not said hello. `crowded`: too many other clients have not, either. */
  overdue(crowded: boolean): void {
    this.#machine.signal('hello overdue', crowded);
  }

  signal(signal: ModeSignal): boolean {
    return this.#machine.signal(signal);
  }

  deliver(message: EventMessage): void {
    if (this.#requests.follow(message)) this.send(message);
  }

  send(message: ServerMessage): void {
    this.#outgoing.send(message);
  }

  sendAll(list: readonly ServerMessage[], ended: () => void): void {
    this.#outgoing.sendAll(list, ended);
  }

  // Actions of the state table.

  welcome(): void {
    const { settings, router, server } = this.host;
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
    const { heartbeatMs, heartbeatRetries } = settings;
    const { modeMs } = settings;
    if (modeMs > 0) this.#modeDeadline = this.host.clock.after(modeMs, () => this.#machine.signal('mode overdue'));
    this.#heartbeat = new Heartbeat(this.host.clock, heartbeatMs, heartbeatRetries, {
      // The client's own count up from 1; these count down, so that neither side mistakes one for a response to its
      // own.
      ask: (id) => this.link.send({ kind: 'heartbeat', id: -id }),
      missed: () => {},
      silent: () => this.#machine.signal('silent'),
    });
  }

  refuse({ code, message }: RequestFailure): void {
    this.audit({ what: 'refused', code });
    this.link.send({ kind: 'refused', code, message });
    this.#end();
  }

  evict(crowded: boolean): void {
    const { helloMs, maxGreeting } = this.host.settings;
    const message = crowded
      ? `This client was silent while more than ${maxGreeting} others were (--max-greeting).`
      : `No hello arrived within ${helloMs} ms.`;
    this.audit({ what: 'refused', code: 'CTIOS_HELLO_EXPECTED', reason: message });
    this.#closing('CTIOS_HELLO_EXPECTED', message);
  }

  silent(): void {
    const { heartbeatRetries, heartbeatMs } = this.host.settings;
    this.#closing(
      'CTIOS_CLIENT_SILENT',
      `Nothing was heard from this client, nor an answer to ${heartbeatRetries} heartbeats ${heartbeatMs} ms apart.`,
    );
  }

  modeOverdue(): void {
    const minutes = Math.round(this.host.settings.modeMs / 60_000);
    this.#closing(
      'CTIOS_MODE_EXPECTED',
      `No SetAgent or SetMessageFilter succeeded within ${minutes} min of the hello.`,
    );
  }

  tooSlow(): void {
    this.#closing('CTIOS_CLIENT_TOO_SLOW', 'This client did not read in time what it was sent.');
  }

  farewell(): void {
    this.#end();
  }

  stop(): void {
    this.link.send({ kind: 'closing', code: 'CTIOS_SERVER_STOPS', message: 'The CTI OS Server is being stopped.' });
    this.#end();
  }

  gone(how: 'closed' | 'lost', end: ClientEnd = how): void {
    this.audit({ what: 'disconnected', code: end });
    this.host.router.remove(this);
    this.host.server.release(this.clientId, how);
  }

  /** Initiated by the server: the close code gives the reason, too. */
  #closing(code: string, message: string): void {
    this.link.send({ kind: 'closing', code, message });
    this.#end(code);
  }

  #end(code?: string): void {
    this.#heartbeat?.stop();
    this.#modeDeadline?.cancel();
    this.#outgoing.stop();
    this.#requests.close();
    this.#counted.flush();
    this.host.ended(this);
    this.link.close(code);
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
    // The name of a client does not change: it is what the audit log knows it by.
    if (this.#machine.state === 'greeting') this.#client = message.client;
    this.#machine.signal('hello');
  }

  #request(message: RequestMessage): void {
    const { state } = this.#machine;
    if (state === 'greeting') {
      this.#machine.signal('hello refused', {
        code: 'CTIOS_HELLO_EXPECTED',
        message: 'The client must send hello first.',
      });
      return;
    }
    if (state !== 'closed') this.#requests.request(message);
  }

  audit(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void {
    this.host.audit(this.#entry(entry));
  }

  auditCounted(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void {
    this.#counted.add(this.#entry(entry));
  }

  #entry(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): AuditEntry {
    return {
      time: this.host.clock.now(),
      connection: this.clientId,
      peer: this.link.peer,
      ...(this.#client === undefined ? {} : { client: this.#client }),
      mode: this.mode,
      ...(this.agent === undefined ? {} : { agent: this.agent }),
      ...entry,
    };
  }
}
