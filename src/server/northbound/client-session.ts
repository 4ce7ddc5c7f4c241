import type { Clock, Timer } from '../../common/clock.js';
import { type Machine, runTable } from '../../common/machine.js';
import { checkArguments } from '../../ctios/check-arguments.js';
import { CtiosError } from '../../ctios/ctios-error.js';
import { type Filter, parseFilter } from '../../ctios/filter.js';
import { type RequestDefinition, requestByName } from '../../ctios/requests/index.js';
import {
  type Args,
  type ClientMessage,
  type EventMessage,
  NORTHBOUND_VERSION,
  type RequestFailure,
  type ServerMessage,
} from '../../ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../../ctios/unique-object-id.js';
import type { ObjectServer, Requester, RequestResult } from '../object-server.js';
import type { AuditEntry } from './audit.js';
import type { LockOut } from './lock-out.js';
import type { Recipient, Router } from './router.js';
import { type SessionActions, type SessionSignal, type SessionState, sessionTable } from './session-states.js';
import type { Grants, NorthboundSettings } from './settings.js';
import { systemStatusEvent } from './system-status-event.js';

/** The way to one client. */
export interface ClientLink {
  /** Address of the client, or "this process". */
  readonly peer: string;
  readonly grants: Grants;
  send(message: ServerMessage): void;
  /** Ends the connection once what was sent is out. */
  close(): void;
}

/** What a session uses of the server it belongs to. */
export interface SessionHost {
  readonly server: ObjectServer;
  readonly clock: Clock;
  readonly settings: NorthboundSettings;
  readonly router: Router;
  readonly lockOut: LockOut;
  audit(entry: AuditEntry): void;
  /** Whether one more session may enter monitor mode. */
  mayMonitor(session: ClientSession): boolean;
  ended(session: ClientSession): void;
}

type RequestMessage = Extract<ClientMessage, { kind: 'request' }>;

interface PendingRequest {
  readonly request: string;
  readonly target: string | undefined;
  readonly since: number;
  /** Ends it when its answer is overdue. */
  readonly overdue: Timer;
}

/** The objects, which know more of what became of a request, are to say so first. */
const GRACE_MS = 200;

/** Requests that need no mode. */
const WITHOUT_MODE = new Set(['SendIdentifyClientRequest', 'RequestDesktopSettings']);

/**
 * One client: its hello, its mode, its requests, its heartbeats. Each request is answered by exactly one `done`, as
 * long as the client is there.
 */
export class ClientSession implements Recipient, SessionActions {
  readonly #machine: Machine<SessionState, SessionSignal>;
  readonly #pending = new Map<number, PendingRequest>();
  #client: string | undefined;
  #agent: string | undefined;
  /** What the agent's state was when SetAgent asked for it: tells the device it is on. */
  #stateAtSetAgent: Args = {};
  /** Devices that the agent is on, by UniqueObjectID. */
  #devices = new Set<string>();
  #filter: Filter | undefined;
  #heardAt: number;
  #asked = 0;
  #timer: Timer | undefined;

  constructor(
    readonly clientId: string,
    private readonly link: ClientLink,
    private readonly host: SessionHost,
  ) {
    this.#machine = runTable(sessionTable, 'greeting', this);
    this.#heardAt = host.clock.now();
    this.#timer = host.clock.after(host.settings.helloMs, () => this.#machine.signal('hello overdue'));
  }

  get mode(): Requester['mode'] {
    const { state } = this.#machine;
    return state === 'agent' || state === 'monitor' ? state : 'none';
  }

  get state(): SessionState {
    return this.#machine.state;
  }

  /** UniqueObjectID of the agent of an agent-mode session. */
  get agent(): string | undefined {
    return this.#agent;
  }

  get client(): string | undefined {
    return this.#client;
  }

  get peer(): string {
    return this.link.peer;
  }

  get filter(): string | undefined {
    return this.#filter?.text;
  }

  get pending(): number {
    return this.#pending.size;
  }

  /** A message of the client. */
  receive(message: ClientMessage): void {
    this.#heardAt = this.host.clock.now();
    this.#asked = 0;
    switch (message.kind) {
      case 'hello':
        this.#hello(message);
        break;
      case 'request':
        this.#request(message);
        break;
      case 'heartbeat':
        // Ours count down from -1 and come back as they are; the client's count up and want to be returned.
        if (message.id >= 0) this.link.send({ kind: 'heartbeat', id: message.id });
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

  deliver(message: EventMessage): void {
    if (this.#agent !== undefined && message.args.UniqueObjectID === this.#agent) this.#noteDevice(message.args);
    if (this.state === 'setting agent' && message.event === 'OnQueryAgentStateConf')
      this.#stateAtSetAgent = message.args;
    this.link.send(message);
  }

  // What the table of states does.

  welcome(): void {
    const { settings, clock, router, server } = this.host;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.link.send({
      kind: 'welcome',
      version: NORTHBOUND_VERSION,
      server: settings.name,
      connectionId: this.clientId,
      heartbeatMs: settings.heartbeatMs,
    });
    router.add(this);
    this.#audit({ what: 'connected' });
    this.link.send(systemStatusEvent(server.status()));
    if (settings.heartbeatMs > 0) this.#timer = clock.after(settings.heartbeatMs, () => this.#watch());
  }

  refuse(data: unknown): void {
    const { code, message } = data as RequestFailure;
    this.#audit({ what: 'refused', code });
    this.link.send({ kind: 'refused', code, message });
    this.#end();
  }

  overdue(): void {
    this.refuse({ code: 'CTIOS_HELLO_EXPECTED', message: 'The client has not said hello in time.' });
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
    this.#audit({ what: 'disconnected', code: how });
    this.host.router.remove(this);
    this.host.server.release(this.clientId, how);
  }

  #end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const { overdue } of this.#pending.values()) overdue.cancel();
    this.#pending.clear();
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

  #watch(): void {
    const { clock, settings } = this.host;
    const silentMs = clock.now() - this.#heardAt;
    if (silentMs < settings.heartbeatMs) {
      this.#timer = clock.after(settings.heartbeatMs - silentMs, () => this.#watch());
      return;
    }
    if (this.#asked >= settings.heartbeatRetries) {
      this.#machine.signal('silent');
      return;
    }
    this.#asked++;
    this.link.send({ kind: 'heartbeat', id: -this.#asked });
    this.#timer = clock.after(settings.heartbeatMs, () => this.#watch());
  }

  #request(message: RequestMessage): void {
    if (this.#machine.state === 'greeting') {
      this.#machine.signal('hello refused', {
        code: 'CTIOS_HELLO_EXPECTED',
        message: 'The client has to say hello first.',
      });
      return;
    }
    if (this.#machine.state === 'closed') return;
    if (this.#pending.has(message.id)) {
      // Answering would end the other request of that number.
      this.#audit({ what: 'request', request: message.request, outcome: 'failed', code: 'CTIOS_DUPLICATE_REQUEST' });
      return;
    }
    const { clock } = this.host;
    this.#pending.set(message.id, {
      request: message.request,
      target: message.target,
      since: clock.now(),
      overdue: clock.after(message.answerMs + GRACE_MS, () => this.#overdue(message.id)),
    });
    try {
      this.#carryOut(message);
    } catch (error) {
      this.#done(message.id, { outcome: 'failed', failure: failureOf(error) });
    }
  }

  /** The objects give up in time themselves; a request that takes them several steps can still be late. */
  #overdue(id: number): void {
    this.#done(id, {
      outcome: 'unknown',
      failure: {
        code: 'CTIOS_ANSWER_TIMEOUT',
        message: 'The answer did not come in time; the request may have been carried out.',
      },
    });
  }

  #carryOut(message: RequestMessage): void {
    if (this.#pending.size > this.host.settings.maxPending) {
      throw new CtiosError(
        'CTIOS_TOO_MANY_REQUESTS',
        `More than ${this.host.settings.maxPending} requests are under way.`,
      );
    }
    const definition = requestByName(message.request);
    if (definition === undefined) {
      throw new CtiosError('CTIOS_UNKNOWN_REQUEST', `There is no request "${message.request}".`);
    }
    const args = checkArguments(definition, message.args);
    if (definition.name === 'SetMessageFilter') this.#setMessageFilter(message.id, args);
    else if (definition.name === 'SetAgent') this.#setAgent(message, args);
    else {
      this.#mayRequest(definition);
      this.#forward(message, definition.name, args);
    }
  }

  /** @throws CtiosError where the mode does not allow the request */
  #mayRequest(definition: RequestDefinition): void {
    if (this.mode === 'none' && !WITHOUT_MODE.has(definition.name)) {
      throw new CtiosError('CTIOS_NO_MODE', 'The session has no mode yet: SetAgent or SetMessageFilter comes first.');
    }
    if (this.mode === 'monitor' && !definition.modes.includes('monitor') && !this.link.grants.allowMonitorControl) {
      throw new CtiosError(
        'CTIOS_CONTROL_NOT_ALLOWED',
        `${definition.name} is for agent mode: this server does not allow control from monitor mode.`,
      );
    }
  }

  #forward(message: RequestMessage, name: string, args: Args, then?: (result: RequestResult) => void): void {
    let open = true;
    const finish = (result: RequestResult) => {
      if (!open) return;
      open = false;
      then?.(result);
      this.#done(message.id, result);
    };
    this.host.server.request(this.#requester(), name, message.target, args, message.answerMs, finish).then(
      finish,
      // The border promises never to reject; should it, the client must not wait for ever.
      (error) => finish({ outcome: 'unknown', failure: failureOf(error) }),
    );
  }

  #requester(): Requester {
    const requester = { clientId: this.clientId, mode: this.mode };
    return this.#agent === undefined ? requester : { ...requester, agent: this.#agent };
  }

  #setAgent(message: RequestMessage, args: Args): void {
    if (this.#machine.state === 'monitor') {
      throw new CtiosError(
        'E_CTIOS_SET_AGENT_SESSION_DISCONNECT_REQUIRED',
        'The session is in monitor mode; agent mode needs a connection of its own.',
      );
    }
    if (!this.#machine.signal('set agent')) {
      throw new CtiosError('E_CTIOS_AGENT_ALREADY_IN_SESSION', 'The session has its agent already.');
    }
    this.#forward(message, 'SetAgent', args, (result) => {
      if (result.outcome !== 'confirmed') {
        this.#machine.signal('agent refused');
        return;
      }
      if (!this.#machine.signal('agent set')) return;
      const known = { ...args, ...this.#stateAtSetAgent, ...result.conf?.args };
      const id = known.UniqueObjectID;
      this.#agent = typeof id === 'string' ? id : agentObjectId(Number(known.PeripheralID), String(known.AgentID));
      this.host.router.watch(this, this.#agent);
      this.#noteDevice(known);
    });
  }

  /** Calls are addressed to devices; which one the agent is on, its own events tell. */
  #noteDevice(args: Args): void {
    const { PeripheralID, AgentInstrument, AgentExtension, AgentState } = args;
    const { router } = this.host;
    const LOGOUT = 1;
    if (AgentState === LOGOUT) {
      for (const device of this.#devices) router.unwatch(this, device);
      this.#devices.clear();
      return;
    }
    const peripheral = Number(PeripheralID ?? this.#agent?.split('.')[1]);
    for (const instrument of [AgentInstrument, AgentExtension]) {
      if (typeof instrument !== 'string' || instrument === '') continue;
      const device = deviceObjectId(peripheral, instrument);
      if (this.#devices.has(device)) continue;
      this.#devices.add(device);
      router.watch(this, device);
    }
  }

  #setMessageFilter(id: number, args: Args): void {
    const { state } = this.#machine;
    if (state === 'agent' || state === 'setting agent') {
      throw new CtiosError(
        'E_CTIOS_MODE_CONFLICT',
        'The session is in agent mode; monitor mode needs a connection of its own.',
      );
    }
    const filter = parseFilter(typeof args.Filter === 'string' ? args.Filter : '');
    this.#provePassword(args.MonitorModePassword);
    if (!this.host.mayMonitor(this)) {
      throw new CtiosError(
        'CTIOS_TOO_MANY_MONITOR_SESSIONS',
        `This server takes ${this.host.settings.maxMonitorSessions} monitor-mode sessions, and has as many.`,
      );
    }
    const { router, server } = this.host;
    this.#filter = filter;
    this.#machine.signal('set filter');
    router.monitor(this, filter, server, args.MonitorSessionSnapshotMode !== 1);
    const status = server.status();
    this.#done(id, {
      outcome: 'confirmed',
      conf: {
        kind: 'event',
        event: 'OnMonitorModeEstablished',
        args: { CILConnectionID: this.clientId, StatusSystem: status.statusSystem },
      },
    });
    this.link.send(systemStatusEvent(status));
  }

  /** @throws CtiosError while the peer is locked out, or where the password is wrong */
  #provePassword(given: unknown): void {
    const { settings, lockOut } = this.host;
    if (settings.monitorModePassword === undefined) return;
    const peer = this.link.peer;
    const remaining = lockOut.remaining(peer);
    if (remaining > 0) {
      this.#audit({ what: 'locked out' });
      throw new CtiosError(
        'CTIOS_LOCKED_OUT',
        `Monitor mode was asked for with wrong passwords too often; it is closed to this client for another ${Math.ceil(remaining / 60_000)} min.`,
      );
    }
    if (typeof given === 'string' && sameText(given, settings.monitorModePassword)) {
      lockOut.succeeded(peer);
      return;
    }
    lockOut.failed(peer);
    throw new CtiosError('CTIOS_WRONG_PASSWORD', 'Monitor mode needs the password of the server.');
  }

  #done(id: number, result: RequestResult): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    pending.overdue.cancel();
    this.#audit({
      what: 'request',
      request: pending.request,
      outcome: result.outcome,
      ms: this.host.clock.now() - pending.since,
      ...(pending.target === undefined ? {} : { objectId: pending.target }),
      ...(result.failure === undefined ? {} : { code: result.failure.code }),
    });
    const { outcome, conf, failure, newObject } = result;
    this.link.send({
      kind: 'done',
      id,
      outcome,
      ...(conf === undefined ? {} : { conf }),
      ...(failure === undefined ? {} : { failure }),
      ...(newObject === undefined ? {} : { newObject }),
    });
  }

  #audit(entry: Omit<AuditEntry, 'time' | 'connection' | 'peer'>): void {
    this.host.audit({
      time: this.host.clock.now(),
      connection: this.clientId,
      peer: this.link.peer,
      ...(this.#client === undefined ? {} : { client: this.#client }),
      mode: this.mode,
      ...(this.#agent === undefined ? {} : { agent: this.#agent }),
      ...entry,
    });
  }
}

/** Takes as long for a wrong text as for the right one, so that time tells nothing about it. */
function sameText(given: string, right: string): boolean {
  let different = given.length ^ right.length;
  for (let index = 0; index < right.length; index++) {
    different |= right.charCodeAt(index) ^ (given.charCodeAt(index) || 0);
  }
  return different === 0;
}

function failureOf(error: unknown): RequestFailure {
  if (error instanceof CtiosError) return { code: error.code, message: error.message };
  return { code: 'CTIOS_INTERNAL', message: 'The server failed to carry the request out; its log says why.' };
}
