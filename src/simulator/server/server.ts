/**
 * One side of the pair of CTI Servers: its sessions, and whether it is the active one. Both sides look at one and the
 * same contact center; the active one serves, the other waits (protocol 24 and later let a client wait with it).
 */
import type { ByteStream } from '../../common/byte-stream.js';
import type { Clock } from '../../common/clock.js';
import {
  AgentState,
  type MessageOf,
  NULL_PERIPHERAL_ID,
  ServiceMask,
  StatusCode,
  SystemEventID,
} from '../../ged188/index.js';
import type { Center } from './center.js';
import { has } from './delivery/audience.js';
import { type MaintainedSide, Maintenance } from './maintenance.js';
import { systemMessage } from './messages/agent-messages.js';
import { Recorders } from './recorders.js';
import { resolveBinding, sameBinding } from './session/binding.js';
import { type Binding, type Grant, negotiateOpen } from './session/open.js';
import { SimulatorSession, type SimulatorSessionHost } from './session/session.js';
import {
  openConfirmation,
  type SessionOpening,
  sessionClosed,
  sessionOpened,
  sessionOpening,
} from './session/session-opening.js';

/** What both sides share. */
export interface Pair {
  /** Whole before either side is asked anything. */
  readonly sides: { readonly A: CtiServer; readonly B: CtiServer };
  readonly center: Center;
  readonly clock: Clock;
  readonly strict: boolean;
  /** How text outside ASCII is written. */
  readonly charset: string;
  readonly credentials: { readonly clientId: string; readonly clientPassword?: string } | undefined;
  /** Bytes a client may leave unread. */
  readonly unreadLimit: number;
  centralControllerOnline: boolean;
  /** SessionIDs and MonitorIDs come from one row of numbers, so that they never collide. */
  nextId(): number;
  /** A frame came on a session. */
  dispatch(server: CtiServer, session: SimulatorSession, frame: Buffer): void;
  /** A client has taken an agent's seat: it logs the agent in or out, or is bound to it. */
  attended(agentId: string): void;
}

export class CtiServer implements SimulatorSessionHost, MaintainedSide {
  readonly clock: Clock;
  readonly unreadLimit: number;
  readonly charset: string;
  readonly recorders = new Recorders();
  readonly maintenance: Maintenance;
  #sessions = new Map<number, SimulatorSession>();
  #open = new Set<SimulatorSession>();
  #active: boolean;
  #running = true;

  constructor(
    readonly side: 'A' | 'B',
    private readonly pair: Pair,
    active: boolean,
  ) {
    this.clock = pair.clock;
    this.unreadLimit = pair.unreadLimit;
    this.charset = pair.charset;
    this.#active = active;
    this.maintenance = new Maintenance(this, pair.clock);
  }

  /** The other side. */
  get peer(): CtiServer {
    return this.pair.sides[this.side === 'A' ? 'B' : 'A'];
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
    const session = new SimulatorSession(this.pair.nextId(), this.side, stream, this, reset);
    this.#sessions.set(session.id, session);
  }

  /** All connections, opened or not. */
  sessions(): Iterable<SimulatorSession> {
    return this.#sessions.values();
  }

  /** Sessions that are served. */
  openSessions(): Iterable<SimulatorSession> {
    return this.#open;
  }

  /** Sessions that hear of events here; during a hand-over they hear of them from the other side. */
  listeners(): Iterable<SimulatorSession> {
    return this.maintenance.handingOver ? [] : this.#open;
  }

  session(id: number): SimulatorSession | undefined {
    const found = this.#sessions.get(id);
    return found && this.#open.has(found) ? found : undefined;
  }

  newMonitorId(): number {
    return this.pair.nextId();
  }

  /** This side takes over: its standby sessions are served from now on. Where it is handing over, it goes on serving. */
  activate(): void {
    this.maintenance.signal('needed');
    if (this.#active) return;
    this.#active = true;
    for (const session of [...this.#sessions.values()]) session.signal('activated');
  }

  activatePeer(): void {
    this.peer.activate();
  }

  /** The other side has taken over; whoever is still here is told to go. */
  deactivate(): void {
    this.#active = false;
    this.maintenance.signal('stopped');
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

  received(session: SimulatorSession, frame: Buffer): void {
    this.pair.dispatch(this, session, frame);
  }

  /** OPEN_REQ. @returns the status with which it is refused; undefined if the session is open */
  open(session: SimulatorSession, request: MessageOf<'OPEN_REQ'>): number | undefined {
    const { center, strict, credentials } = this.pair;
    const verdict = negotiateOpen(request, {
      strict,
      credentials,
      active: this.#active,
      inMaintenance: this.maintenance.running,
      isPeripheral: (id) => center.config.peripherals.some((each) => each.id === id),
      resolve: (peripheralId, named) => resolveBinding(center, peripheralId, named),
      takenByAnother: (binding, clientId) => this.#isTaken(binding, clientId),
    });
    if ('refused' in verdict) return verdict.refused;
    this.#replace(verdict);
    session.grant = verdict;
    session.send({ ...openConfirmation(session, this.#situation()), InvokeID: request.InvokeID });
    session.open(verdict, !this.#active);
    return undefined;
  }

  began(session: SimulatorSession, takenOver: boolean): void {
    this.#open.add(session);
    const agentId = session.grant?.binding?.agentId;
    if (agentId !== undefined) this.attended(agentId);
    for (const monitor of this.#clientMonitors(session)) monitor.send(sessionOpened(session));
    if (!takenOver) session.sendAll(sessionOpening(session, this.#situation()));
  }

  ended(session: SimulatorSession, status: number, lost: boolean): void {
    this.#open.delete(session);
    this.recorders.forget(session);
    this.maintenance.forget(session);
    for (const other of this.#open) {
      for (const { id, target } of other.monitors.values()) {
        if (target.kind === 'session' && target.sessionId === session.id) other.monitors.delete(id);
      }
    }
    for (const monitor of this.#clientMonitors(session)) monitor.send(sessionClosed(session, status));
    if (lost) this.#connectionLost(session.grant);
  }

  closed(session: SimulatorSession): void {
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
    const message = systemMessage(id, this.clock.now(), this.#situation().status, more);
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

  #situation(): SessionOpening {
    const { center, centralControllerOnline } = this.pair;
    const peripheralsOffline = [...center.peripherals()].filter((each) => !each.online).length;
    return {
      center,
      now: this.clock.now(),
      active: this.#active,
      status: { centralControllerOnline, peripheralsOffline },
      sessions: this.#open,
      clientsAt: (peripheralId, deviceId) => this.clientsAt(peripheralId, deviceId),
    };
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

  *#clientMonitors(about: SimulatorSession): Generator<SimulatorSession> {
    for (const session of this.#open) {
      if (session !== about && has(session.grant!, ServiceMask.CTI_SERVICE_CLIENT_MONITOR)) yield session;
    }
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
