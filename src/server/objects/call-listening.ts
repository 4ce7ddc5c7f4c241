/**
 * Silent monitoring based on Unified CM: the switch joins the supervisor to the call, and the events tell both sides
 * that it has begun and ended.
 */
import type { Args } from '../../ctios/index.js';
import type { ServerAgent } from './agents.js';
import type { ServerCall } from './calls.js';
import type { Context } from './context.js';

const Disposition = { ended: 0 };

/** A supervisor listens to a call. */
interface Listening {
  supervisor: ServerAgent;
  target: ServerAgent;
  callId: string | undefined;
}

export class CallListening {
  /** By UniqueObjectID of the supervisor's connection. */
  readonly #listening = new Map<string, Listening>();
  /** Clients of an agent. */
  clientsOf: (agent: ServerAgent) => Iterable<string> = () => [];

  constructor(private readonly context: Context) {}

  listens(connection: string): boolean {
    return this.#listening.has(connection);
  }

  /** @param connection UniqueObjectID of the supervisor's own connection to the monitored call */
  started(supervisor: ServerAgent, target: ServerAgent, call: ServerCall | undefined, connection: string): void {
    const listening: Listening = { supervisor, target, callId: call?.id };
    this.#listening.set(connection, listening);
    this.#tellBoth('OnSilentMonitorStartedEvent', listening, {});
  }

  /** The supervisor's connection is gone: nobody listens any more. */
  callEnded(call: ServerCall): void {
    const listening = this.#listening.get(call.id);
    if (listening === undefined) return;
    this.#listening.delete(call.id);
    this.#tellBoth('OnSilentMonitorStopRequestedEvent', listening, { SilentMonitorCallDisposition: Disposition.ended });
  }

  renamed(old: string, call: ServerCall): void {
    const listening = this.#listening.get(old);
    if (listening === undefined) return;
    this.#listening.delete(old);
    this.#listening.set(call.id, listening);
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
      for (const client of this.clientsOf(target)) this.context.publisher.publish(event, args, { client });
    }
  }
}
