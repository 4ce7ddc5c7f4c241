/**
 * The sessions in which a desktop here silently monitors another: their keys, and every way in which one ends. The
 * monitored desktop may be here or at a peer.
 */
import { type Args, constants, enums } from '../../../ctios/index.js';
import { CallType, LocalConnectionState } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import { requestAll } from '../../peers/requests/request-all.js';
import type { Context } from '../core/context.js';

const Status = constants(enums.SilentMonitorStatus);

/** One desktop monitors another. */
export interface SilentMonitorSession {
  key: number;
  /** The monitoring client. */
  clientId: string;
  target: ServerAgent;
  args: Args;
  /** Ids of the peers whose desktops were asked. */
  peers: Set<string>;
  /** The desktop that accepted: a client here, or the id of a peer for its desktop there. */
  accepted: Set<string>;
}

const NON_ACD: ReadonlySet<number> = new Set([
  CallType.CALLTYPE_OTHER_IN,
  CallType.CALLTYPE_OUT,
  CallType.CALLTYPE_AGENT_INSIDE,
  CallType.CALLTYPE_NON_ACD,
]);

/** SMSessionKey is a USHORT. */
const LAST_KEY = 0xffff;

export class SilentMonitorSessions {
  readonly #sessions = new Map<number, SilentMonitorSession>();
  #keys = 0;

  constructor(private readonly context: Context) {}

  get(key: number): SilentMonitorSession | undefined {
    return this.#sessions.get(key);
  }

  has(key: number): boolean {
    return this.#sessions.has(key);
  }

  add(session: SilentMonitorSession): void {
    this.#sessions.set(session.key, session);
  }

  remove({ key }: SilentMonitorSession): void {
    this.#sessions.delete(key);
  }

  freeKey(): number | undefined {
    for (let tries = 0; tries < LAST_KEY; tries++) {
      this.#keys = (this.#keys % LAST_KEY) + 1;
      if (!this.#sessions.has(this.#keys)) return this.#keys;
    }
    return undefined;
  }

  /** The desktop is gone, or no longer wants silent monitoring. */
  release(clientId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.clientId === clientId) this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoringClient);
      else if (this.context.desktops.clientsOf(session.target).includes(clientId)) this.#left(session, clientId);
    }
  }

  /** A desktop is gone: sessions that monitored it end, and pending requests to it may remain without a response. */
  #left(session: SilentMonitorSession, clientOrPeer: string): void {
    const { accepted, peers, target } = session;
    const wasListenedTo = accepted.delete(clientOrPeer);
    const couldStillAccept =
      peers.size > 0 || this.context.desktops.clientsOf(target).some((client) => client !== clientOrPeer);
    if (accepted.size > 0 || (!wasListenedTo && couldStillAccept)) return;
    this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoredClient);
  }

  /** An agent who has logged out cannot be monitored. */
  stateChanged(agent: ServerAgent): void {
    if (!agent.loggedIn) this.#endFor(agent, Status.eSMStatusPeerLoggedOut);
  }

  /** StopSMNonACDCall: a call that did not come from a skill group must not be monitored. */
  callEvent(call: ServerCall): void {
    if (this.#sessions.size === 0) return;
    const { agent, status, data } = call;
    if (agent === undefined || status !== LocalConnectionState.LCS_CONNECT) return;
    if (!this.context.settings.stopSilentMonitorOnNonAcdCall || !NON_ACD.has(data.CallType as number)) return;
    this.#endFor(agent, Status.eSMStatusMonitorStopped);
  }

  #endFor(target: ServerAgent, status: number): void {
    for (const session of [...this.#sessions.values()])
      if (session.target === target) this.#disconnect(session, status);
  }

  #disconnect(session: SilentMonitorSession, status: number): void {
    this.#sessions.delete(session.key);
    const args: Args = {
      MonitoredUniqueObjectID: session.target.id,
      SMSessionKey: session.key,
      StatusCode: status,
    };
    for (const client of [session.clientId, ...this.context.desktops.clientsOf(session.target)]) {
      this.context.publisher.publish('OnSilentMonitorSessionDisconnected', args, { client });
    }
    this.stopAtPeers(session, status);
  }

  /** A desktop at a peer accepts the monitoring. */
  acceptedAtPeer(key: number, peerId: string): 'accepted' | 'no session' {
    const session = this.#sessions.get(key);
    if (session === undefined) return 'no session';
    session.accepted.add(peerId);
    this.report(session, Status.eSMStatusMonitorStarted);
    return 'accepted';
  }

  /** The peer ends the session for its desktops itself. */
  peerLost(peerId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (!session.peers.delete(peerId)) continue;
      const wasListenedTo = session.accepted.delete(peerId) && session.accepted.size === 0;
      const others = session.peers.size > 0 || this.context.desktops.clientsOf(session.target).length > 0;
      if (!wasListenedTo && others) continue;
      this.#disconnect(session, Status.eSMStatusSessionTerminatedAbnormally);
    }
  }

  stopAtPeers({ key, peers }: SilentMonitorSession, status?: number): void {
    if (peers.size === 0) return;
    const body = status === undefined ? { SMSessionKey: key } : { SMSessionKey: key, StatusCode: status };
    requestAll(this.context.peers, 'StopSilentMonitor', body, this.context.settings.answerMs);
  }

  /** A desktop at a peer is gone. */
  leftAtPeer(key: number, peerId: string): void {
    const session = this.#sessions.get(key);
    if (session === undefined) return;
    session.peers.delete(peerId);
    this.#left(session, peerId);
  }

  report({ target, key, clientId }: SilentMonitorSession, status: number): void {
    this.context.publisher.publish(
      'OnSilentMonitorStatusReportEvent',
      {
        MonitoredUniqueObjectID: target.id,
        SMSessionKey: key,
        StatusCode: status,
        OriginatingServerID: this.context.peers.self,
        OriginatingClientID: clientId,
        TargetCILClientID: clientId,
      },
      { client: clientId },
    );
  }
}
