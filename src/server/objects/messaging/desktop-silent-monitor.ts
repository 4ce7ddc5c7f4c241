/**
 * Silent monitoring based on CTI OS: the server carries the requests between the two desktops, which do the rest
 * themselves; the capture of packets at a desktop is no business of a server. Here are the sessions of the desktops that
 * listen; the one that is listened to may be at a peer (`remote-silent-monitor.ts`, there).
 */

import { type Args, constants, enums } from '../../../ctios/index.js';
import { CallType, LocalConnectionState } from '../../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { type EndAtPeer, requestAll } from '../../peers/request-all.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext, Requests } from '../requests/request-dispatcher.js';
import { overheardAgent } from '../requests/subjects.js';
import { unansweredBy } from './peer-failures.js';
import type { RemoteSilentMonitor } from './remote-silent-monitor.js';

const Status = constants(enums.SilentMonitorStatus);

/** One desktop listens to another. */
interface Session {
  key: number;
  /** The client that listens. */
  clientId: string;
  target: ServerAgent;
  args: Args;
  /** Ids of the peers where desktops were asked. */
  peers: Set<string>;
  /** Who lets itself be listened to: a client here, or the id of a peer for its desktop there. */
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
    // What a desktop is ready for is between it and the desktops that ask; the server takes note of nothing.
    for (const name of ['StartSMMonitoringMode', 'StartSMMonitoredMode']) {
      requests.add(name, (request) => this.#notHere(request) ?? { outcome: 'confirmed' });
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

  /** The desktop is gone, or wants no silent monitoring any more. */
  release(clientId: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.clientId === clientId) this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoringClient);
      else if (this.context.desktops.clientsOf(session.target).includes(clientId)) this.#left(session, clientId);
    }
    this.overheard.release(clientId);
  }

  /** A desktop is gone. Who listened to it hears nothing any more; who asked it may be left without an answer. */
  #left(session: Session, clientOrPeer: string): void {
    const { accepted, peers, target } = session;
    const wasListenedTo = accepted.delete(clientOrPeer);
    const couldStillAccept =
      peers.size > 0 || this.context.desktops.clientsOf(target).some((client) => client !== clientOrPeer);
    if (accepted.size > 0 || (!wasListenedTo && couldStillAccept)) return;
    this.#disconnect(session, Status.eSMStatusSessionTerminatedByMonitoredClient);
  }

  /** Who has gone cannot be listened to. */
  stateChanged(agent: ServerAgent): void {
    if (!agent.loggedIn) this.#endFor(agent, Status.eSMStatusPeerLoggedOut);
  }

  /** StopSMNonACDCall: a call that no skill group sent is nobody's to listen to. */
  callEvent(call: ServerCall): void {
    const { agent, status, data } = call;
    if (agent === undefined || status !== LocalConnectionState.LCS_CONNECT || this.#sessions.size === 0) return;
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

  /** A desktop at a peer lets itself be listened to. */
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

  #notHere(request: RequestContext): RequestResult | undefined {
    if (!this.context.settings.ccmBasedSilentMonitor) return undefined;
    const { name } = request.definition;
    return refusal(
      { request: name },
      'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
      `${name}: silent monitoring is based on Unified CM here; SuperviseCall does it.`,
    );
  }

  /** Ends the sessions of the desktop, whichever end of them it is. */
  #stopMode(request: RequestContext): RequestResult {
    const refused = this.#notHere(request);
    if (refused !== undefined) return refused;
    request.end({ outcome: 'confirmed' });
    this.release(request.from.clientId);
    return { outcome: 'confirmed' };
  }

  #start(request: RequestContext): Promise<RequestResult> | RequestResult {
    const refused = this.#notHere(request);
    if (refused !== undefined) return refused;
    const { args, from, definition } = request;
    const target = overheardAgent(this.context, request);
    if (target === undefined) return this.requests.noAgent(request);
    if (target.told && !target.loggedIn) {
      return refusal(
        { request: definition.name, objectId: target.id },
        'CTIOS_AGENT_NOT_LOGGED_IN',
        `${definition.name}: agent ${target.agentId} is not logged in.`,
      );
    }
    const key = numberArgument(args.SMSessionKey) || this.#freeKey();
    if (key === undefined || this.#sessions.has(key)) {
      const why = `${definition.name}: SMSessionKey ${key ?? ''} is in use.`;
      return refusal({ request: definition.name, objectId: target.id }, 'CTIOS_INVALID_ARGUMENT', why);
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
    if (clients.length === 0) return this.#startAtPeers(request, session);
    const result = confirmed(session);
    request.end(result);
    for (const client of clients) {
      this.context.publisher.publish(
        'OnSilentMonitorStartRequestedEvent',
        { ...session.args, DoDefaultMessageHandling: true },
        { client },
      );
    }
    // The agent's other desktops. That one was asked is certain already.
    this.#askPeers(session, request.answerMs, () => {});
    return result;
  }

  #freeKey(): number | undefined {
    for (let tries = 0; tries < LAST_KEY; tries++) {
      this.#keys = (this.#keys % LAST_KEY) + 1;
      if (!this.#sessions.has(this.#keys)) return this.#keys;
    }
    return undefined;
  }

  #startAtPeers(request: RequestContext, session: Session): Promise<RequestResult> {
    return new Promise((resolve) =>
      this.#askPeers(session, request.answerMs, (ends) => {
        const result = this.#resultOf(request, session, ends);
        request.end(result);
        resolve(result);
      }),
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
        // Where nobody knows, a desktop may have been asked.
        if (end.outcome === 'unknown' || (end.outcome === 'answered' && end.answer.Desktops > 0)) {
          session.peers.add(end.peer.id);
        }
      }
      // It was over before the peers knew of it.
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

  #accept(request: RequestContext): Promise<RequestResult> | RequestResult {
    const key = numberArgument(request.args.SMSessionKey) ?? -1;
    const server = textArgument(request.args.OriginatingServerID);
    const session = server === undefined || server === this.context.peers.self ? this.#sessions.get(key) : undefined;
    if (session === undefined) {
      const overheard = this.overheard.find(key, server);
      return overheard === undefined || !this.#isAsked(request, overheard.target)
        ? this.#noSession(request)
        : this.overheard.accept(request, overheard);
    }
    if (!this.#isAsked(request, session.target)) return this.#noSession(request);
    session.accepted.add(request.from.clientId);
    request.end({ outcome: 'confirmed' });
    this.context.publisher.publish('OnSilentMonitorStartedEvent', session.args, { client: request.from.clientId });
    this.#report(session, Status.eSMStatusMonitorStarted);
    return { outcome: 'confirmed' };
  }

  #stop(request: RequestContext): RequestResult {
    const session = this.#sessions.get(numberArgument(request.args.SMSessionKey) ?? -1);
    // Who did not begin it is not told that there is one.
    if (session?.clientId !== request.from.clientId) return this.#noSession(request);
    this.#sessions.delete(session.key);
    request.end({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopSilentMonitorConf', args: session.args },
    });
    for (const client of this.context.desktops.clientsOf(session.target)) {
      this.context.publisher.publish('OnSilentMonitorStopRequestedEvent', session.args, { client });
    }
    this.#stopAtPeers(session);
    return { outcome: 'confirmed' };
  }

  /** Only a desktop of the agent that is to be listened to can let itself be. */
  #isAsked({ from }: RequestContext, target: ServerAgent): boolean {
    return this.context.desktops.agentOfClient(from.clientId) === target;
  }

  #noSession(request: RequestContext): RequestResult {
    const { name } = request.definition;
    return refusal({ request: name }, 'CTIOS_NO_OBJECT', `${name}: there is no such silent monitor session.`);
  }
}

function confirmed({ args }: Session): RequestResult {
  return { outcome: 'confirmed', conf: { kind: 'event', event: 'OnStartSilentMonitorConf', args } };
}
