/**
 * Silent monitoring based on CTI OS: the server carries the requests between the two desktops, which do the rest; it
 * does not capture packets. This file has the requests of both desktops; the sessions are in
 * `silent-monitor-sessions.ts`. The monitored desktop may be at a peer (there, `remote-silent-monitor.ts`).
 */

import { type Args, constants, enums } from '../../../ctios/index.js';
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
import { type SilentMonitorSession, SilentMonitorSessions } from './silent-monitor-sessions.js';

const Status = constants(enums.SilentMonitorStatus);

export class SilentMonitoring {
  readonly #sessions: SilentMonitorSessions;

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly overheard: RemoteSilentMonitor,
  ) {
    this.#sessions = new SilentMonitorSessions(context);
    // The desktops negotiate their capabilities; the server does not record them.
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
      Result: this.#sessions.acceptedAtPeer(SMSessionKey, from.id),
    }));
    context.peers.answer('LeaveSilentMonitor', ({ SMSessionKey }, from) => {
      this.#sessions.leftAtPeer(SMSessionKey, from.id);
      return {};
    });
    context.peers.watch({ lost: ({ id }) => this.#sessions.peerLost(id) });
  }

  /** The desktop is gone, or no longer wants silent monitoring. */
  release(clientId: string): void {
    this.#sessions.release(clientId);
    this.overheard.release(clientId);
  }

  stateChanged(agent: ServerAgent): void {
    this.#sessions.stateChanged(agent);
  }

  callEvent(call: ServerCall): void {
    this.#sessions.callEvent(call);
  }

  /** @returns whether this site uses the other kind of silent monitoring; the request has then ended */
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
    const key = numberArgument(args.SMSessionKey) || this.#sessions.freeKey();
    if (key === undefined || this.#sessions.has(key)) {
      const why = `${definition.name}: SMSessionKey ${key ?? ''} is in use.`;
      const subject = { request: definition.name, objectId: target.id };
      request.respond(refusal(subject, 'CTIOS_INVALID_ARGUMENT', why));
      return;
    }
    const described = this.#describe(args, target, key, from.clientId);
    const session: SilentMonitorSession = {
      key,
      clientId: from.clientId,
      target,
      args: described,
      peers: new Set(),
      accepted: new Set(),
    };
    this.#sessions.add(session);
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

  #startAtPeers(request: RequestContext, session: SilentMonitorSession): void {
    this.#askPeers(session, request.answerMs, (ends) =>
      request.attempt(() => request.respond(this.#resultOf(request, session, ends))),
    );
  }

  #askPeers(
    session: SilentMonitorSession,
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
      // It ended before the peers were notified of it.
      if (this.#sessions.get(key) !== session) this.#sessions.stopAtPeers(session);
      ended(ends);
    });
  }

  #resultOf(
    request: RequestContext,
    session: SilentMonitorSession,
    ends: readonly EndAtPeer<'StartSilentMonitor'>[],
  ): RequestResult {
    if (ends.some((end) => end.outcome === 'answered' && end.answer.Desktops > 0)) return confirmed(session);
    const { name } = request.definition;
    const subject = { request: name, objectId: session.target.id };
    this.#sessions.remove(session);
    this.#sessions.stopAtPeers(session);
    for (const outcome of ['unknown', 'failed'] as const) {
      const end = ends.find((each) => each.outcome === outcome);
      if (end !== undefined && end.outcome !== 'answered') return unansweredBy(subject, end);
    }
    this.#sessions.report(session, Status.eSMStatusPeerSilentMonitorNotEnabled);
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
    this.#sessions.report(session, Status.eSMStatusMonitorStarted);
  }

  #stop(request: RequestContext): void {
    const session = this.#sessions.get(numberArgument(request.args.SMSessionKey) ?? -1);
    // A client that did not start it must not learn that it exists.
    if (session?.clientId !== request.from.clientId) {
      this.#noSession(request);
      return;
    }
    this.#sessions.remove(session);
    request.respond({
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopSilentMonitorConf', args: session.args },
    });
    for (const client of this.context.desktops.clientsOf(session.target)) {
      this.context.publisher.publish('OnSilentMonitorStopRequestedEvent', session.args, { client });
    }
    this.#sessions.stopAtPeers(session);
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

function confirmed({ args }: SilentMonitorSession): RequestResult {
  return { outcome: 'confirmed', conf: { kind: 'event', event: 'OnStartSilentMonitorConf', args } };
}
