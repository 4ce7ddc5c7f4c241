/**
 * Silent monitoring based on Unified CM: the switch joins the supervisor to the call, and events notify both sides when
 * it begins and ends. Their desktops may be at different servers: each server is notified by the one that sent the
 * request to the switch, and observes the end of the supervisor's connection itself.
 */

import type { Args } from '../../../ctios/index.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { BodyOf } from '../../peers/requests/peer-requests.js';
import type { Peer } from '../../peers/requests/peers-api.js';
import { requestAll } from '../../peers/requests/request-all.js';
import type { Context } from '../core/context.js';

const Disposition = { ended: 0 };

/** A supervisor monitors a call. */
interface Listening {
  supervisor: ServerAgent;
  target: ServerAgent;
  callId: string | undefined;
  /** The peer whose client requested it; undefined: a client of this server. */
  peerId: string | undefined;
  /** Whether the desktops were notified, which happens once the supervisor's connection exists. */
  announced: boolean;
}

export class UnifiedCmSilentMonitor {
  /** By UniqueObjectID of the supervisor's connection. */
  readonly #listening = new Map<string, Listening>();

  /** @param changed called when a supervisor starts or stops monitoring an agent */
  constructor(
    private readonly context: Context,
    private readonly changed: (target: ServerAgent) => void,
  ) {
    const { peers } = context;
    peers.answer('ListeningBegan', (body, from) => this.#began(body, from));
    peers.answer('ListeningEnded', ({ Connection }) => {
      this.#end(Connection);
      return {};
    });
    peers.watch({ linked: (peer) => this.#tellAll(peer), lost: (peer) => this.#tidy(peer) });
  }

  listens(connection: string): boolean {
    return this.#listening.has(connection);
  }

  /** The supervisor who monitors this agent: one at a time, at whichever server. */
  listenerOf(target: ServerAgent): ServerAgent | undefined {
    for (const listening of this.#listening.values()) if (listening.target === target) return listening.supervisor;
    return undefined;
  }

  /** @param connection UniqueObjectID of the supervisor's own connection to the monitored call */
  started(supervisor: ServerAgent, target: ServerAgent, call: ServerCall | undefined, connection: string): void {
    const listening: Listening = { supervisor, target, callId: call?.id, peerId: undefined, announced: false };
    this.#begin(connection, listening);
    const { peers, settings } = this.context;
    requestAll(peers, 'ListeningBegan', bodyOf(connection, listening), settings.answerMs);
  }

  /** A call event: the supervisor's connection exists now, if the confirmation came first. */
  callEvent(call: ServerCall): void {
    if (this.#listening.size === 0) return;
    const listening = this.#listening.get(call.id);
    if (listening !== undefined) this.#announce(listening);
  }

  /** The supervisor's connection is gone: the monitoring has ended. */
  callEnded(call: ServerCall): void {
    const listening = this.#end(call.id);
    if (listening === undefined || listening.peerId !== undefined) return;
    const { peers, settings } = this.context;
    requestAll(peers, 'ListeningEnded', { Connection: call.id }, settings.answerMs);
  }

  renamed(old: string, call: ServerCall): void {
    const listening = this.#listening.get(old);
    if (listening === undefined) return;
    this.#listening.delete(old);
    this.#listening.set(call.id, listening);
  }

  // --- peers ---

  /** An agent who is unknown here has no desktop here. A peer that is linked again repeats its notifications. */
  #began({ Supervisor, Target, Connection, Call }: BodyOf<'ListeningBegan'>, from: Peer): Record<string, never> {
    const { agents } = this.context.world;
    const [supervisor, target] = [agents.byId(Supervisor), agents.byId(Target)];
    if (supervisor === undefined || target === undefined || this.listens(Connection)) return {};
    this.#begin(Connection, { supervisor, target, callId: Call, peerId: from.id, announced: false });
    return {};
  }

  /** A peer that was just linked, perhaps after a restart, receives the current state. */
  #tellAll(peer: Peer): void {
    const { peers, settings } = this.context;
    for (const [connection, listening] of this.#listening) {
      if (listening.peerId !== undefined) continue;
      peers.ask(peer, 'ListeningBegan', bodyOf(connection, listening), settings.answerMs, () => {});
    }
  }

  /**
   * Anything the peer would have reported this server observes itself, except the end of a call that ended before it
   * was reported.
   */
  #tidy({ id }: Peer): void {
    for (const [connection, { peerId }] of this.#listening) {
      if (peerId === id && this.context.world.calls.byId(connection) === undefined) this.#end(connection);
    }
  }

  // --- notifications ---

  #begin(connection: string, listening: Listening): void {
    this.#listening.set(connection, listening);
    if (this.context.world.calls.byId(connection) !== undefined) this.#announce(listening);
    this.changed(listening.target);
  }

  #announce(listening: Listening): void {
    if (listening.announced) return;
    listening.announced = true;
    this.#tellBoth('OnSilentMonitorStartedEvent', listening, {});
  }

  #end(connection: string): Listening | undefined {
    const listening = this.#listening.get(connection);
    if (listening === undefined) return undefined;
    this.#listening.delete(connection);
    if (listening.announced) {
      this.#tellBoth('OnSilentMonitorStopRequestedEvent', listening, {
        SilentMonitorCallDisposition: Disposition.ended,
      });
    }
    this.changed(listening.target);
    return listening;
  }

  #tellBoth(event: string, { supervisor, target, callId }: Listening, more: Args): void {
    const args: Args = {
      MonitoredUniqueObjectID: target.id,
      AgentID: target.agentId,
      PeripheralID: target.peripheralId,
      SilentMonitorInitiatingAgentUID: supervisor.id,
      SilentMonitorTargetAgentUID: target.id,
      ...more,
    };
    if (supervisor.instrument !== undefined) args.SilentMonitorInitiatingDeviceID = supervisor.instrument;
    if (target.instrument !== undefined) {
      args.SilentMonitorTargetDeviceID = target.instrument;
      args.DeviceID = target.instrument;
    }
    if (callId !== undefined) args.SilentMonitorCallUID = callId;
    this.context.publisher.publish(event, args, { agent: supervisor.id });
    if (supervisor !== target) {
      for (const client of this.context.desktops.clientsOf(target))
        this.context.publisher.publish(event, args, { client });
    }
  }
}

function bodyOf(connection: string, { supervisor, target, callId }: Listening): BodyOf<'ListeningBegan'> {
  const body = { Supervisor: supervisor.id, Target: target.id, Connection: connection };
  return callId === undefined ? body : { ...body, Call: callId };
}
