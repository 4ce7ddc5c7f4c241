/**
 * One side of the pair of CTI Servers: its sessions, and whether it is the active one. Both sides share one contact
 * center; the active one serves, the other is the standby (from protocol 24 on a client can have a session with it).
 */

import type { Clock } from '../../common/clock.js';
import type { ByteStream } from '../../common/network/byte-stream.js';
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
  /** Complete before either side is used. */
  readonly sides: { readonly A: CtiServer; readonly B: CtiServer };
  readonly center: Center;
  readonly clock: Clock;
  readonly strict: boolean;
  /** The charset of text outside ASCII. */
  readonly charset: string;
  readonly credentials: { readonly clientId: string; readonly clientPassword?: string } | undefined;
  /** Bytes queued for a client before it is disconnected. */
  readonly unreadLimit: number;
  centralControllerOnline: boolean;
  /** SessionIDs and MonitorIDs share one sequence, so that they never collide. */
  nextId(): number;
  /** A session received a frame. */
  dispatch(server: CtiServer, session: SimulatorSession, frame: Buffer): void;
  /** A client has taken over an agent: it logs the agent in or out, or is bound to it. */
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

  /** False while the side is stopped: its listener accepts no client. */
  get running(): boolean {
    return this.#running;
  }

  /** Whether there is any recipient. */
  get listens(): boolean {
    return this.#open.size > 0;
  }

  /** A client has connected. @param reset drops the connection with a reset, if the transport can */
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

  /** Sessions in service. */
  openSessions(): Iterable<SimulatorSession> {
    return this.#open;
  }

  /** Sessions that receive events here; during a hand-over they receive them from the other side. */
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

  /**
   * This side takes over: its standby sessions are in service from now on. If it is handing over, it stays in service.
   */
  activate(): void {
    this.maintenance.signal('needed');
    if (this.#active) return;
    this.#active = true;
    for (const session of [...this.#sessions.values()]) session.signal('activated');
  }

  activatePeer(): void {
    this.peer.activate();
  }

  /** The other side has taken over; clients that are still here are dismissed. */
  deactivate(): void {
    this.#active = false;
    this.maintenance.signal('stopped');
    for (const session of [...this.#open]) session.signal('dismissed', StatusCode.E_CTI_CTI_SERVER_OFFLINE);
  }

  /** The end of a hand-over: connections are closed gracefully, and this side becomes the standby. */
  stepBack(): void {
    this.#active = false;
    for (const session of [...this.#sessions.values()]) session.drop('close');
  }

  /** Stops serving. @param how `announced`: clients are notified first; `crash`: connections end without notice */
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

  /** OPEN_REQ. @returns the status of its refusal; undefined if the session is open */
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

  /** SYSTEM_EVENT: the central controller is on-line or off-line. */
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

  /** The same client opens a new session for the same device: the old session is stale. */
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

  /** A desktop with a monitored connection disconnected: its agent must not be offered calls any longer. */
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

/** EventReasonCode of an agent whose desktop has disconnected. */
const CLIENT_LOST = 50002;
