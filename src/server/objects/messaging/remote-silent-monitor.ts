/**
 * Silent monitoring based on CTI OS, with the monitored desktop at this server and the monitoring one at a peer: the
 * requests between the two cross the link between the servers, and the session ends with that link.
 */

import { type Args, constants, enums } from '../../../ctios/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { AnswerOf, BodyOf } from '../../peers/requests/peer-requests.js';
import type { Peer, PeerResult } from '../../peers/requests/peers-api.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import { unansweredBy } from './peer-failures.js';

const Status = constants(enums.SilentMonitorStatus);

/** A desktop of the peer monitors a desktop here. */
interface Overheard {
  readonly peer: Peer;
  /** Chosen by the peer: unique there, not here. */
  readonly key: number;
  readonly target: ServerAgent;
  readonly args: Args;
  /** Clients that accept being monitored. */
  readonly accepted: Set<string>;
}

export class RemoteSilentMonitor {
  readonly #sessions = new Map<string, Overheard>();

  constructor(private readonly context: Context) {
    const { peers } = context;
    peers.answer('StartSilentMonitor', (body, from) => ({ Desktops: this.#start(body, from) }));
    peers.answer('StopSilentMonitor', ({ SMSessionKey, StatusCode }, from) => {
      const session = this.#sessions.get(keyOf(from, SMSessionKey));
      if (session !== undefined) this.#end(session, StatusCode);
      return {};
    });
    peers.watch({
      lost: (peer) => {
        for (const session of [...this.#sessions.values()]) {
          if (session.peer.id === peer.id) this.#end(session, Status.eSMStatusSessionTerminatedAbnormally);
        }
      },
    });
  }

  /** A desktop is gone: the monitoring desktop is notified, also if no desktop is left that could be monitored. */
  release(clientId: string): void {
    const { peers, settings } = this.context;
    for (const session of [...this.#sessions.values()]) {
      const { peer, key, target, accepted } = session;
      const clients = this.context.desktops.clientsOf(target);
      const wasListenedTo = accepted.delete(clientId);
      const wasAsked = clients.includes(clientId);
      if (accepted.size > 0 || !(wasListenedTo || (wasAsked && clients.length === 1))) continue;
      this.#end(session, Status.eSMStatusSessionTerminatedByMonitoredClient);
      peers.ask(peer, 'LeaveSilentMonitor', { SMSessionKey: key }, settings.answerMs, () => {});
    }
  }

  /**
   * The session that a desktop here refers to.
   * @param server OriginatingServerID, if it was given
   */
  find(key: number, server: string | undefined): Overheard | undefined {
    for (const session of this.#sessions.values()) {
      if (session.key === key && (server === undefined || server === session.args.OriginatingServerID)) return session;
    }
    return undefined;
  }

  /** The desktop here accepts: the monitoring desktop is notified, then the request is confirmed. */
  accept(request: RequestContext, session: Overheard): void {
    const { peers } = this.context;
    peers.ask(session.peer, 'AcceptSilentMonitor', { SMSessionKey: session.key }, request.answerMs, (end) =>
      request.attempt(() => this.#acceptedBy(request, session, end)),
    );
  }

  #acceptedBy(request: RequestContext, session: Overheard, end: PeerResult<AnswerOf<'AcceptSilentMonitor'>>): void {
    const { name } = request.definition;
    const { clientId } = request.from;
    if (end.outcome !== 'answered') request.respond(unansweredBy({ request: name }, end));
    else if (end.answer.Result === 'no session') {
      this.#sessions.delete(keyOf(session.peer, session.key));
      const why = `${name}: there is no such silent monitor session.`;
      request.respond(refusal({ request: name }, 'CTIOS_NO_OBJECT', why));
    } else {
      request.confirm();
      session.accepted.add(clientId);
      this.context.publisher.publish('OnSilentMonitorStartedEvent', session.args, { client: clientId });
    }
  }

  /** @returns how many desktops were asked */
  #start({ PeripheralID, AgentID, SMSessionKey, Session }: BodyOf<'StartSilentMonitor'>, peer: Peer): number {
    const { world, settings } = this.context;
    const target = world.agents.find(PeripheralID, AgentID);
    if (target === undefined || settings.ccmBasedSilentMonitor) return 0;
    const clients = this.context.desktops.clientsOf(target);
    if (clients.length === 0) return 0;
    const session = { peer, key: SMSessionKey, target, args: Session, accepted: new Set<string>() };
    this.#sessions.set(keyOf(peer, SMSessionKey), session);
    this.#tell('OnSilentMonitorStartRequestedEvent', session, { ...Session, DoDefaultMessageHandling: true });
    return clients.length;
  }

  #end(session: Overheard, status: number | undefined): void {
    this.#sessions.delete(keyOf(session.peer, session.key));
    if (status === undefined) this.#tell('OnSilentMonitorStopRequestedEvent', session, session.args);
    else {
      this.#tell('OnSilentMonitorSessionDisconnected', session, {
        MonitoredUniqueObjectID: session.target.id,
        SMSessionKey: session.key,
        StatusCode: status,
      });
    }
  }

  #tell(event: string, { target }: Overheard, args: Args): void {
    for (const client of this.context.desktops.clientsOf(target))
      this.context.publisher.publish(event, args, { client });
  }
}

function keyOf({ id }: Peer, key: number): string {
  return `${id} ${key}`;
}
