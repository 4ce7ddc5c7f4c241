/**
 * One side of the pair of CTI Servers: its sessions, and whether it is the active one. Both sides look at one and the
 * same contact center; the active one serves, the other waits (protocol 24 and later let a client wait with it).
 */
import type { ByteStream } from '../../common/byte-stream.js';
import type { Clock } from '../../common/clock.js';
import {
  AgentState,
  type MessageInit,
  type MessageOf,
  NULL_PERIPHERAL_ID,
  ServiceMask,
  SessionType,
  StatusCode,
  SystemEventID,
} from '../../ged188/index.js';
import { has } from './audience.js';
import { type Center, peripheralType } from './center.js';
import { Maintenance } from './maintenance.js';
import { pgStatus, systemMessage, teamMessages } from './narration/agent-messages.js';
import { callDataFields, callReference, routerCallKeyFields } from './narration/call-data.js';
import { STATIC } from './narration/call-messages.js';
import { type Binding, considerOpen, type Grant } from './open.js';
import { Recorders } from './recorders.js';
import { teamsOf } from './requests/monitors.js';
import { ClientSession, type SessionHost } from './session.js';

/** What both sides share. */
export interface Pair {
  readonly center: Center;
  readonly clock: Clock;
  readonly strict: boolean;
  readonly credentials: { readonly clientId: string; readonly clientPassword?: string } | undefined;
  /** Bytes a client may leave unread. */
  readonly unreadLimit: number;
  centralControllerOnline: boolean;
  /** SessionIDs and MonitorIDs come from one row of numbers, so that they never collide. */
  nextId(): number;
  /** A frame came on a session. */
  dispatch(server: CtiServer, session: ClientSession, frame: Buffer): void;
  /** A client has taken an agent's seat: it logs the agent in or out, or is bound to it. */
  attended(agentId: string): void;
}

export class CtiServer implements SessionHost {
  readonly clock: Clock;
  readonly unreadLimit: number;
  readonly recorders = new Recorders();
  readonly maintenance: Maintenance;
  /** The other side. */
  peer: CtiServer | undefined;
  #sessions = new Map<number, ClientSession>();
  #open = new Set<ClientSession>();
  #active: boolean;
  #running = true;

  constructor(
    readonly side: 'A' | 'B',
    private readonly pair: Pair,
    active: boolean,
  ) {
    this.clock = pair.clock;
    this.unreadLimit = pair.unreadLimit;
    this.#active = active;
    this.maintenance = new Maintenance(this, pair.clock);
  }

  get active(): boolean {
    return this.#active;
  }

  /** False while the side is stopped: its listener accepts nobody. */
  get running(): boolean {
    return this.#running;
  }

  /** Whether anybody is there to be told anything. */
  get listens(): boolean {
    return this.#open.size > 0;
  }

  /** A client has connected. @param reset drops the connection hard, where the transport can */
  accept(stream: ByteStream, reset?: () => void): void {
    if (!this.#running) {
      stream.destroy();
      return;
    }
    const session = new ClientSession(this.pair.nextId(), this.side, stream, this, reset);
    this.#sessions.set(session.id, session);
  }

  /** All connections, opened or not. */
  sessions(): Iterable<ClientSession> {
    return this.#sessions.values();
  }

  /** Sessions that are served. */
  openSessions(): Iterable<ClientSession> {
    return this.#open;
  }

  /** Sessions that hear of events here; during a hand-over they hear of them from the other side. */
  listeners(): Iterable<ClientSession> {
    return this.maintenance.handingOver ? [] : this.#open;
  }

  session(id: number): ClientSession | undefined {
    const found = this.#sessions.get(id);
    return found && this.#open.has(found) ? found : undefined;
  }

  newMonitorId(): number {
    return this.pair.nextId();
  }

  /** This side takes over: its standby sessions are served from now on. */
  activate(): void {
    if (this.#active) return;
    this.#active = true;
    for (const session of [...this.#sessions.values()]) session.signal('activated');
  }

  /** The other side has taken over; whoever is still here is told to go. */
  deactivate(): void {
    this.#active = false;
    for (const session of [...this.#open]) session.signal('dismissed', StatusCode.E_CTI_CTI_SERVER_OFFLINE);
  }

  /** The end of a hand-over: the connections end in good order, and this side waits. */
  stepBack(): void {
    this.#active = false;
    for (const session of [...this.#sessions.values()]) session.drop('close');
  }

  /** Stops serving. @param how `announced`: clients are told first; `crash`: connections end without a word */
  stop(how: 'announced' | 'crash'): void {
    this.#running = false;
    this.#active = false;
    this.maintenance.signal('stopped');
    for (const session of [...this.#sessions.values()]) {
      if (how === 'announced') session.signal('dismissed', StatusCode.E_CTI_CTI_SERVER_OFFLINE);
      else session.drop('reset');
    }
  }

  start(): void {
    this.#running = true;
  }

  received(session: ClientSession, frame: Buffer): void {
    this.pair.dispatch(this, session, frame);
  }

  /** OPEN_REQ. @returns the status with which it is refused; undefined if the session is open */
  open(session: ClientSession, request: MessageOf<'OPEN_REQ'>): number | undefined {
    const { center, strict, credentials } = this.pair;
    const verdict = considerOpen(request, {
      strict,
      credentials,
      active: this.#active,
      inMaintenance: this.maintenance.running,
      isPeripheral: (id) => center.config.peripherals.some((each) => each.id === id),
      resolve: (peripheralId, named) => resolve(center, peripheralId, named),
      takenByAnother: (binding, clientId) => this.#isTaken(binding, clientId),
    });
    if ('refused' in verdict) return verdict.refused;
    this.#replace(verdict);
    session.grant = verdict;
    session.send(this.#confirmation(session, request.InvokeID, verdict));
    session.open(verdict, !this.#active);
    return undefined;
  }

  began(session: ClientSession, takenOver: boolean): void {
    this.#open.add(session);
    const agentId = session.grant?.binding?.agentId;
    if (agentId !== undefined) this.attended(agentId);
    for (const monitor of this.#clientMonitors(session)) monitor.send(this.#opened(session));
    if (!takenOver) session.sendAll(this.#introduction(session));
  }

  ended(session: ClientSession, status: number, lost: boolean): void {
    this.#open.delete(session);
    this.recorders.forget(session);
    this.maintenance.forget(session);
    for (const other of this.#open) {
      for (const { id, target } of other.monitors.values()) {
        if (target.kind === 'session' && target.sessionId === session.id) other.monitors.delete(id);
      }
    }
    for (const monitor of this.#clientMonitors(session)) monitor.send(this.#closedEvent(session, status));
    if (lost) this.#connectionLost(session.grant);
  }

  closed(session: ClientSession): void {
    this.#sessions.delete(session.id);
  }

  /** Clients bound to a device, as BEGIN_CALL_EVENT lists them. */
  clientsAt(peripheralId: number, deviceId: string | undefined) {
    const clients: { CTIClientSignature: string; CTIClientTimestamp: number }[] = [];
    if (deviceId === undefined) return clients;
    for (const session of this.#open) {
      const { binding, signature } = session.grant!;
      if (binding === undefined || binding.peripheralId !== peripheralId) continue;
      if (binding.instrument !== deviceId && binding.extension !== deviceId) continue;
      clients.push({ CTIClientSignature: signature, CTIClientTimestamp: Math.floor(session.openedAt / 1000) });
      if (clients.length === 16) break;
    }
    return clients;
  }

  /** SYSTEM_EVENT to every session that the peripheral concerns. */
  tellSystem(
    id: (typeof SystemEventID)[keyof typeof SystemEventID],
    more: { peripheralId?: number; text?: string; device?: { id: string; type: number } } = {},
  ): void {
    const message = systemMessage(id, this.clock.now(), this.#status(), more);
    const { peripheralId } = more;
    for (const session of this.#open) {
      const own = session.grant!.peripheralId;
      if (peripheralId === undefined || own === NULL_PERIPHERAL_ID || own === peripheralId) session.send(message);
    }
  }

  /** SYSTEM_EVENT: the central controller is there, or is not. */
  tellCentralController(): void {
    this.tellSystem(
      this.pair.centralControllerOnline
        ? SystemEventID.SYS_CENTRAL_CONTROLLER_ONLINE
        : SystemEventID.SYS_CENTRAL_CONTROLLER_OFFLINE,
    );
  }

  attended(agentId: string): void {
    this.pair.attended(agentId);
  }

  #status() {
    const offline = [...this.pair.center.peripherals()].filter((each) => !each.online).length;
    return { centralControllerOnline: this.pair.centralControllerOnline, peripheralsOffline: offline };
  }

  /** The same client with the same device opens anew: the old session is a ghost. */
  #replace(grant: Grant): void {
    for (const other of [...this.#sessions.values()]) {
      if (other.grant === undefined || (other.state !== 'open' && other.state !== 'standby')) continue;
      if (other.grant.clientId === grant.clientId && sameBinding(other.grant.binding, grant.binding)) {
        other.signal('dismissed', StatusCode.E_CTI_NEW_SESSION_OPENED);
      }
    }
  }

  #isTaken(binding: Binding, clientId: string): boolean {
    for (const { grant } of this.#open) {
      if (grant?.binding && grant.clientId !== clientId && sameBinding(grant.binding, binding)) return true;
    }
    return false;
  }

  #confirmation(session: ClientSession, invokeId: number, grant: Grant): MessageInit {
    const { center } = this.pair;
    const { binding } = grant;
    const status = this.#status();
    const agent = binding?.agentId === undefined ? undefined : center.agent(binding.peripheralId, binding.agentId);
    const monitored = has(grant, ServiceMask.CTI_SERVICE_ALL_EVENTS | ServiceMask.CTI_SERVICE_CLIENT_EVENTS);
    const own = [...center.peripherals()].find((each) => each.id === grant.peripheralId);
    const all = [...center.peripherals()];
    return {
      type: 'OPEN_CONF',
      InvokeID: invokeId,
      ServicesGranted: grant.services,
      MonitorID: monitored ? session.id : 0,
      PGStatus: pgStatus(status),
      ICMCentralControllerTime: Math.floor(this.clock.now() / 1000),
      PeripheralOnline: own && binding ? own.online : status.peripheralsOffline === 0,
      PeripheralType: peripheralType(center, own?.id ?? all[0]?.id ?? NULL_PERIPHERAL_ID),
      AgentState: agent?.state ?? AgentState.AGENT_STATE_LOGOUT,
      SessionType: this.#active ? SessionType.ACTIVE : SessionType.STANDBY,
      AgentExtension: binding?.extension,
      AgentID: binding?.agentId,
      AgentInstrument: binding?.instrument,
      ...(own === undefined && {
        NumPeripherals: all.length,
        Peripherals: all.map((each) => ({ FltPeripheralID: each.id, MultilineAgentControl: 0 })),
      }),
    };
  }

  /** What follows OPEN_CONF: how things stand. */
  *#introduction(session: ClientSession): Generator<MessageInit> {
    const grant = session.grant!;
    const { center } = this.pair;
    if (has(grant, ServiceMask.CTI_SERVICE_ALL_EVENTS)) {
      for (const peripheral of center.peripherals()) {
        if (grant.peripheralId !== NULL_PERIPHERAL_ID && grant.peripheralId !== peripheral.id) continue;
        const id = peripheral.online ? SystemEventID.SYS_PERIPHERAL_ONLINE : SystemEventID.SYS_PERIPHERAL_OFFLINE;
        yield systemMessage(id, this.clock.now(), this.#status(), { peripheralId: peripheral.id });
      }
    }
    if (grant.binding !== undefined) yield* this.#callsInProgress(session, grant.binding);
    if (has(grant, ServiceMask.CTI_SERVICE_SUPERVISOR)) {
      const { binding } = grant;
      const who = binding?.agentId === undefined ? 'all' : center.agent(binding.peripheralId, binding.agentId);
      if (who) for (const team of teamsOf(center, who)) yield* teamMessages(center, team, 0, team.members);
    }
    if (has(grant, ServiceMask.CTI_SERVICE_CLIENT_MONITOR)) {
      for (const other of this.#open) if (other !== session) yield this.#opened(other);
    }
  }

  *#callsInProgress(session: ClientSession, binding: Binding): Generator<MessageInit> {
    const { center } = this.pair;
    const device = binding.instrument && center.device(binding.peripheralId, binding.instrument);
    if (!device) return;
    for (const connection of device.connections) {
      const call = center.call(binding.peripheralId, connection.callId);
      if (call === undefined) continue;
      yield {
        type: 'BEGIN_CALL_EVENT',
        MonitorID: session.id,
        PeripheralID: binding.peripheralId,
        PeripheralType: peripheralType(center, binding.peripheralId),
        CallType: connection.callType,
        ConnectionDeviceIDType: STATIC,
        ConnectionCallID: connection.callId,
        ConnectionDeviceID: connection.deviceId,
        CalledPartyDisposition: call.facts.disposition,
        ...callDataFields(call.data),
        ...routerCallKeyFields(call.facts.routerCallKey),
        CTIClients: this.clientsAt(binding.peripheralId, connection.deviceId),
        CallReferenceID: callReference(call.facts),
      };
    }
  }

  *#clientMonitors(about: ClientSession): Generator<ClientSession> {
    for (const session of this.#open) {
      if (session !== about && has(session.grant!, ServiceMask.CTI_SERVICE_CLIENT_MONITOR)) yield session;
    }
  }

  #opened(session: ClientSession): MessageInit {
    const grant = session.grant!;
    return {
      type: 'CLIENT_SESSION_OPENED_EVENT',
      ServicesGranted: grant.services,
      CallMsgMask: grant.callMask,
      AgentStateMask: grant.agentMask,
      ...clientFields(session, grant),
    };
  }

  #closedEvent(session: ClientSession, status: number): MessageInit {
    return { type: 'CLIENT_SESSION_CLOSED_EVENT', Status: status, ...clientFields(session, session.grant!) };
  }

  /** A desktop with a monitored connection vanished: its agent must not be offered calls any more. */
  #connectionLost(grant: Grant | undefined): void {
    if (!grant?.binding || !has(grant, ServiceMask.CTI_SERVICE_CONNECTION_MONITOR)) return;
    const { peripheralId, instrument } = grant.binding;
    const agent = instrument === undefined ? undefined : this.pair.center.agentAt(peripheralId, instrument);
    if (agent === undefined || instrument === undefined) return;
    this.pair.center.setAgentState({
      peripheralId,
      instrument,
      state: AgentState.AGENT_STATE_NOT_READY,
      agentId: agent.agentId,
      reasonCode: CLIENT_LOST,
    });
  }
}

/** EventReasonCode of an agent whose desktop has vanished. */
const CLIENT_LOST = 50002;

function sameBinding(one: Binding | undefined, other: Binding | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.peripheralId !== other.peripheralId) return false;
  return one.instrument !== undefined && other.instrument !== undefined
    ? one.instrument === other.instrument
    : one.agentId === other.agentId;
}

function clientFields(session: ClientSession, grant: Grant) {
  const colon = session.peer.lastIndexOf(':');
  return {
    SessionID: session.id,
    PeripheralID: grant.peripheralId,
    ClientPort: Number(session.peer.slice(colon + 1)) || 0,
    ClientAddress: session.peer.slice(0, Math.max(0, colon)).slice(0, 63),
    ClientID: grant.clientId,
    ClientSignature: grant.signature,
    AgentExtension: grant.binding?.extension,
    AgentID: grant.binding?.agentId,
    AgentInstrument: grant.binding?.instrument,
  };
}

/** The agent and device that OPEN_REQ names with up to three fields; they must agree. */
function resolve(
  center: Center,
  peripheralId: number,
  named: { agentId?: string; extension?: string; instrument?: string },
): (Binding & { supervisor: boolean }) | 'unknown' | 'inconsistent' {
  const byInstrument = named.instrument === undefined ? undefined : center.device(peripheralId, named.instrument);
  const byExtension = named.extension === undefined ? undefined : center.device(peripheralId, named.extension);
  if (named.instrument !== undefined && byInstrument === undefined) return 'unknown';
  if (named.extension !== undefined && byExtension === undefined) return 'unknown';
  if (byInstrument && byExtension && byInstrument.instrument !== byExtension.instrument) return 'inconsistent';
  const device = byInstrument ?? byExtension;
  const agent = named.agentId === undefined ? undefined : center.agent(peripheralId, named.agentId);
  if (named.agentId !== undefined && agent === undefined) return 'unknown';
  if (agent?.loggedIn && device && agent.instrument !== device.instrument) return 'inconsistent';
  if (agent && device?.agentId !== undefined && device.agentId !== agent.agentId) return 'inconsistent';
  const sitting = agent ?? (device && center.agentAt(peripheralId, device.instrument));
  return {
    peripheralId,
    instrument: device?.instrument ?? (agent?.loggedIn ? agent.instrument : agent?.config.instrument),
    extension: device?.id ?? agent?.extension,
    agentId: sitting?.agentId,
    supervisor: sitting?.config.supervisor ?? false,
  };
}
