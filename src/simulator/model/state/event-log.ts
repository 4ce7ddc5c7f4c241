import type { Clock } from '../../../common/clock.js';
import type { SimulatedConnection } from './entities.js';
import type { EventView } from './events/call-events.js';
import type { ConnectionRef } from './events/values.js';
import type { CallEvent, TelephonyEvent, TelephonyListener } from './events.js';

/** Events as created: number and time are added here. */
type Pending<E> = E extends TelephonyEvent ? Omit<E, 'sequence' | 'time'> : never;
export type PendingEvent = Pending<TelephonyEvent>;

/** The specific part of a call event: what it has beyond connection, views, cause and facts. */
type Own<E> = E extends CallEvent
  ? Omit<E, 'sequence' | 'time' | 'peripheralId' | 'callId' | 'connection' | 'views' | 'cause' | 'call'>
  : never;
export type OwnFacts = Own<CallEvent>;

/**
 * Publishes events, in order. Events are published when the outermost command is done, so that listeners see a
 * consistent world, and a listener's own commands come after the events that it received.
 */
export class SimulatorEventLog {
  #listeners: TelephonyListener[] = [];
  #events: TelephonyEvent[] = [];
  #depth = 0;
  #telling = false;
  #sequence = 0;

  constructor(private readonly clock: Clock) {}

  listen(listener: TelephonyListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }

  tell(event: PendingEvent): void {
    this.#events.push({ ...event, sequence: ++this.#sequence, time: this.clock.now() } as TelephonyEvent);
  }

  /** Publishes an event of a call. @param views whom it concerns; by default every party */
  tellCall(
    own: OwnFacts,
    about: SimulatedConnection,
    cause: number,
    views: readonly SimulatedConnection[] = about.call.connections,
    connection: ConnectionRef = about.ref,
  ): void {
    const call = about.call;
    this.tell({
      ...own,
      peripheralId: call.peripheral.id,
      callId: call.id,
      connection,
      views: views.map(viewOf),
      cause,
      call: call.facts,
    } as PendingEvent);
  }

  /** Runs a command; its events are published when it, and any command it is part of, has ended. */
  transact<T>(run: () => T): T {
    this.#depth++;
    try {
      return run();
    } finally {
      if (--this.#depth === 0) this.#flush();
    }
  }

  #flush(): void {
    if (this.#telling) return;
    this.#telling = true;
    try {
      // A listener's commands append to the list while it is being published.
      for (let index = 0; index < this.#events.length; index++)
        for (const listener of this.#listeners) listener(this.#events[index]!);
    } finally {
      this.#events = [];
      this.#telling = false;
    }
  }
}

export function viewOf(connection: SimulatedConnection): EventView {
  const { device, call } = connection;
  return {
    deviceId: device.id,
    kind: device.kind,
    device: device.ref,
    state: connection.state,
    callId: call.id,
    callType: connection.callType,
    lineType: connection.lineType,
    lineHandle: device.lineHandle,
    ...(device.agent === undefined ? {} : { agentId: device.agent.config.agentId }),
  };
}
