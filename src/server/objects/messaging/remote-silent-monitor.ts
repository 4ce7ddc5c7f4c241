/**
 * Silent monitoring based on CTI OS, where the desktop that is to be listened to is at this server and the one that
 * listens at a peer: the requests between the two cross the link of the servers, and end with it.
 */

import { type Args, constants, enums } from '../../../ctios/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import type { BodyOf } from '../../peers/peer-requests.js';
import type { Peer } from '../../peers/peers-api.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-dispatcher.js';
import { unansweredBy } from './peer-failures.js';

const Status = constants(enums.SilentMonitorStatus);

/** A desktop of the peer listens to a desktop here. */
interface Overheard {
  readonly peer: Peer;
  /** Of the peer's choice: unique there, not here. */
  readonly key: number;
  readonly target: ServerAgent;
  readonly args: Args;
  /** Clients that let themselves be listened to. */
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

  /** A desktop is gone: the one that listens to it is told, or that none is left that could be listened to. */
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
   * The session that a desktop here means.
   * @param server OriginatingServerID, where it was given
   */
  find(key: number, server: string | undefined): Overheard | undefined {
    for (const session of this.#sessions.values()) {
      if (session.key === key && (server === undefined || server === session.args.OriginatingServerID)) return session;
    }
    return undefined;
  }

  /** The desktop here accepts: the one that listens is told, then the request is confirmed. */
  accept(request: RequestContext, session: Overheard): Promise<RequestResult> {
    const { peers, publisher } = this.context;
    const { name } = request.definition;
    return new Promise((resolve) =>
      peers.ask(session.peer, 'AcceptSilentMonitor', { SMSessionKey: session.key }, request.answerMs, (end) => {
        let result: RequestResult = { outcome: 'confirmed' };
        if (end.outcome !== 'answered') result = unansweredBy({ request: name }, end);
        else if (end.answer.Result === 'no session') {
          this.#sessions.delete(keyOf(session.peer, session.key));
          result = refusal({ request: name }, 'CTIOS_NO_OBJECT', `${name}: there is no such silent monitor session.`);
        }
        request.end(result);
        if (result.outcome === 'confirmed') {
          session.accepted.add(request.from.clientId);
          publisher.publish('OnSilentMonitorStartedEvent', session.args, { client: request.from.clientId });
        }
        resolve(result);
      }),
    );
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
