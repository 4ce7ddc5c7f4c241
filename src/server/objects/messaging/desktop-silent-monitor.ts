/**
 * Silent monitoring based on CTI OS: the server carries the requests between the two desktops, which do the rest; it
 * does not capture packets. This file has the sessions of the monitoring desktops; the monitored one may be at a peer
 * (there,
 * `remote-silent-monitor.ts`).
 */

import { type Args, constants, enums } from '../../../ctios/index.js';
import { CallType, LocalConnectionState } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { type EndAtPeer, requestAll } from '../../peers/requests/request-all.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { overheardAgent } from '../requests/subjects.js';
import { unansweredBy } from './peer-failures.js';
import type { RemoteSilentMonitor } from './remote-silent-monitor.js';

const Status = constants(enums.SilentMonitorStatus);

/** One desktop monitors another. */
interface Session {
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

export class SilentMonitoring {
  readonly #sessions = new Map<number, Session>();
  #keys = 0;

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly overheard: RemoteSilentMonitor,
  ) {
    // What a desktop supports is negotiated between the desktops; the server does not record it.
    for (const name of ['StartSMMonitoringMode', 'StartSMMonitoredMode']) {
      requests.add(name, (request) => {
        if (!this.#refuses(request)) request.confirm();
      });
    }
    requests.add('StopSilentMonitorMode', (request) => this.#stopMode(request));
    requests.add('StartSilentMonitorRequest', (request) => this.#start(request));
    requests.add('StopSilentMonitorRequest', (request) => this.#stop(request));
    requests.add('AcceptSilentMonitoring', (request) => this.#accept(request));
    context.peers.answer('AcceptSilentMonitor', ({ SMSessionKey }, from) => ({
      Result: this.#accepted(SMSessionKey, from.id),
    }));
    context.peers.answer('LeaveSilentMonitor', ({ SMSessionKey }, from) => {
      const session = this.#sessions.get(SMSessionKey);
      if (session !== undefined) {
        session.peers.delete(from.id);
        this.#left(session, from.id);
      }
      return {};
    });
    context.peers.watch({ lost: ({ id }) => this.#lost(id) });
  }

  /** The desktop is gone, or no longer wants silent monitoring. */
  release(clientId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.clientId === clientId) this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoringClient);
      else if (this.context.desktops.clientsOf(session.target).includes(clientId)) this.#left(session, clientId);
    }
    this.overheard.release(clientId);
  }

  /** A desktop is gone: sessions that monitored it end, and pending requests to it may remain without a response. */
  #left(session: Session, clientOrPeer: string): void {
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

  #disconnect(session: Session, status: number): void {
    this.#sessions.delete(session.key);
    const args: Args = {
      MonitoredUniqueObjectID: session.target.id,
      SMSessionKey: session.key,
      StatusCode: status,
    };
    for (const client of [session.clientId, ...this.context.desktops.clientsOf(session.target)]) {
      this.context.publisher.publish('OnSilentMonitorSessionDisconnected', args, { client });
    }
    this.#stopAtPeers(session, status);
  }

  /** A desktop at a peer accepts the monitoring. */
  #accepted(key: number, peerId: string): 'accepted' | 'no session' {
    const session = this.#sessions.get(key);
    if (session === undefined) return 'no session';
    session.accepted.add(peerId);
    this.#report(session, Status.eSMStatusMonitorStarted);
    return 'accepted';
  }

  /** The peer ends the session for its desktops itself. */
  #lost(peerId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (!session.peers.delete(peerId)) continue;
      const wasListenedTo = session.accepted.delete(peerId) && session.accepted.size === 0;
      const others = session.peers.size > 0 || this.context.desktops.clientsOf(session.target).length > 0;
      if (!wasListenedTo && others) continue;
      this.#disconnect(session, Status.eSMStatusSessionTerminatedAbnormally);
    }
  }

  #stopAtPeers({ key, peers }: Session, status?: number): void {
    if (peers.size === 0) return;
    const body = status === undefined ? { SMSessionKey: key } : { SMSessionKey: key, StatusCode: status };
    requestAll(this.context.peers, 'StopSilentMonitor', body, this.context.settings.answerMs);
  }

  /** @returns whether silent monitoring is done otherwise here: the request has ended then */
  #refuses(request: RequestContext): boolean {
    if (!this.context.settings.ccmBasedSilentMonitor) return false;
    const { name } = request.definition;
    const why = `${name}: silent monitoring is based on Unified CM here; SuperviseCall does it.`;
    request.respond(refusal({ request: name }, 'E_CTIOS_INVALID_SILENT_MONITOR_MODE', why));
    return true;
  }

  /** Ends the sessions of the desktop, whether it monitors or is monitored. */
  #stopMode(request: RequestContext): void {
    if (this.#refuses(request)) return;
    request.confirm();
    this.release(request.from.clientId);
  }

  #start(request: RequestContext): void {
    if (this.#refuses(request)) return;
    const { args, from, definition } = request;
    const target = overheardAgent(this.context, request);
    if (target === undefined) {
      request.respond(this.requests.noAgent(request));
      return;
    }
    if (target.told && !target.loggedIn) {
      const why = `${definition.name}: agent ${target.agentId} is not logged in.`;
      const subject = { request: definition.name, objectId: target.id };
      request.respond(refusal(subject, 'CTIOS_AGENT_NOT_LOGGED_IN', why));
      return;
    }
    const key = numberArgument(args.SMSessionKey) || this.#freeKey();
    if (key === undefined || this.#sessions.has(key)) {
      const why = `${definition.name}: SMSessionKey ${key ?? ''} is in use.`;
      const subject = { request: definition.name, objectId: target.id };
      request.respond(refusal(subject, 'CTIOS_INVALID_ARGUMENT', why));
      return;
    }
    const described = this.#describe(args, target, key, from.clientId);
    const session: Session = {
      key,
      clientId: from.clientId,
      target,
      args: described,
      peers: new Set(),
      accepted: new Set(),
    };
    this.#sessions.set(key, session);
    const clients = this.context.desktops.clientsOf(target);
    if (clients.length === 0) {
      this.#startAtPeers(request, session);
      return;
    }
    request.respond(confirmed(session));
    for (const client of clients) {
      this.context.publisher.publish(
        'OnSilentMonitorStartRequestedEvent',
        { ...session.args, DoDefaultMessageHandling: true },
        { client },
      );
    }
    // The agent's other desktops. It is already certain that one was asked.
    this.#askPeers(session, request.answerMs, () => {});
  }

  #freeKey(): number | undefined {
    for (let tries = 0; tries < LAST_KEY; tries++) {
      this.#keys = (this.#keys % LAST_KEY) + 1;
      if (!this.#sessions.has(this.#keys)) return this.#keys;
    }
    return undefined;
  }

  #startAtPeers(request: RequestContext, session: Session): void {
    this.#askPeers(session, request.answerMs, (ends) =>
      request.attempt(() => request.respond(this.#resultOf(request, session, ends))),
    );
  }

  #askPeers(
    session: Session,
    answerMs: number,
    ended: (ends: readonly EndAtPeer<'StartSilentMonitor'>[]) => void,
  ): void {
    const { key, target, args } = session;
    const body = { PeripheralID: target.peripheralId, AgentID: target.agentId, SMSessionKey: key, Session: args };
    requestAll(this.context.peers, 'StartSilentMonitor', body, answerMs, (ends) => {
      for (const end of ends) {
        // The outcome at the peer is unknown: a desktop may have been asked.
        if (end.outcome === 'unknown' || (end.outcome === 'answered' && end.answer.Desktops > 0)) {
          session.peers.add(end.peer.id);
        }
      }
      // It ended before the peers were told of it.
      if (this.#sessions.get(key) !== session) this.#stopAtPeers(session);
      ended(ends);
    });
  }

  #resultOf(
    request: RequestContext,
    session: Session,
    ends: readonly EndAtPeer<'StartSilentMonitor'>[],
  ): RequestResult {
    if (ends.some((end) => end.outcome === 'answered' && end.answer.Desktops > 0)) return confirmed(session);
    const { name } = request.definition;
    const subject = { request: name, objectId: session.target.id };
    this.#sessions.delete(session.key);
    this.#stopAtPeers(session);
    for (const outcome of ['unknown', 'failed'] as const) {
      const end = ends.find((each) => each.outcome === outcome);
      if (end !== undefined && end.outcome !== 'answered') return unansweredBy(subject, end);
    }
    this.#report(session, Status.eSMStatusPeerSilentMonitorNotEnabled);
    return refusal(
      subject,
      'CTIOS_NO_RECIPIENT',
      `${name}: agent ${session.target.agentId} has no desktop that could be listened to.`,
    );
  }

  #describe(args: Args, target: ServerAgent, key: number, clientId: string): Args {
    const described: Args = {
      MonitoredUniqueObjectID: target.id,
      AgentID: target.agentId,
      PeripheralID: target.peripheralId,
      SMSessionKey: key,
      OriginatingServerID: this.context.peers.self,
      OriginatingClientID: clientId,
    };
    if (target.instrument !== undefined) described.DeviceID = target.instrument;
    for (const keyword of ['MonitoringIPAddress', 'MonitoringIPPort', 'HeartbeatInterval', 'HeartbeatTimeout']) {
      const value = args[keyword];
      if (value !== undefined) described[keyword] = value;
    }
    return described;
  }

  #report({ target, key, clientId }: Session, status: number): void {
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

  #accept(request: RequestContext): void {
    const key = numberArgument(request.args.SMSessionKey) ?? -1;
    const server = textArgument(request.args.OriginatingServerID);
    const session = server === undefined || server === this.context.peers.self ? this.#sessions.get(key) : undefined;
    if (session === undefined) {
      const overheard = this.overheard.find(key, server);
      if (overheard === undefined || !this.#isAsked(request, overheard.target)) this.#noSession(request);
      else this.overheard.accept(request, overheard);
      return;
    }
    if (!this.#isAsked(request, session.target)) {
      this.#noSession(request);
      return;
    }
    session.accepted.add(request.from.clientId);
    request.confirm();
    this.context.publisher.publish('OnSilentMonitorStartedEvent', session.args, { client: request.from.clientId });
    this.#report(session, Status.eSMStatusMonitorStarted);
  }

  #stop(request: RequestContext): void {
    const session = this.#sessions.get(numberArgument(request.args.SMSessionKey) ?? -1);
    // A client that did not begin it does not learn that it exists.
    if (session?.clientId !== request.from.clientId) {
      this.#noSession(request);
      return;
    }
    this.#sessions.delete(session.key);
    request.respond({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopSilentMonitorConf', args: session.args },
    });
    for (const client of this.context.desktops.clientsOf(session.target)) {
      this.context.publisher.publish('OnSilentMonitorStopRequestedEvent', session.args, { client });
    }
    this.#stopAtPeers(session);
  }

  /** Only a desktop of the agent to be monitored can accept. */
  #isAsked({ from }: RequestContext, target: ServerAgent): boolean {
    return this.context.desktops.agentOfClient(from.clientId) === target;
  }

  #noSession(request: RequestContext): void {
    const { name } = request.definition;
    const why = `${name}: there is no such silent monitor session.`;
    request.respond(refusal({ request: name }, 'CTIOS_NO_OBJECT', why));
  }
}

function confirmed({ args }: Session): RequestResult {
  return { outcome: 'confirmed', conf: { kind: 'event', event: 'OnStartSilentMonitorConf', args } };
}
