/**
 * The live messages that wait while a snapshot is taken, and how they are applied after it: in the order of their
 * arrival, without those that the snapshot has made obsolete.
 */
import { EventCause, type Message, type MessageName } from '../../../ged188/index.js';
import { idOfConnection } from '../../model/entities.js';
import type { Context } from '../core/context.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { Snapshot } from './snapshot-taker.js';

/** Messages about objects in a snapshot. */
const ABOUT_OBJECTS: ReadonlySet<string> = new Set<MessageName>([
  'BEGIN_CALL_EVENT',
  'END_CALL_EVENT',
  'CALL_DATA_UPDATE_EVENT',
  'CALL_DELIVERED_EVENT',
  'CALL_ESTABLISHED_EVENT',
  'CALL_HELD_EVENT',
  'CALL_RETRIEVED_EVENT',
  'CALL_CLEARED_EVENT',
  'CALL_CONNECTION_CLEARED_EVENT',
  'CALL_ORIGINATED_EVENT',
  'CALL_FAILED_EVENT',
  'CALL_CONFERENCED_EVENT',
  'CALL_TRANSFERRED_EVENT',
  'CALL_DIVERTED_EVENT',
  'CALL_SERVICE_INITIATED_EVENT',
  'CALL_QUEUED_EVENT',
  'CALL_DEQUEUED_EVENT',
  'CALL_REACHED_NETWORK_EVENT',
  'CALL_TRANSLATION_ROUTE_EVENT',
  'AGENT_PRE_CALL_EVENT',
  'AGENT_PRE_CALL_ABORT_EVENT',
  'AGENT_STATE_EVENT',
  'RTP_STARTED_EVENT',
  'RTP_STOPPED_EVENT',
  'EMERGENCY_CALL_EVENT',
]);

interface HeldMessage {
  message: Message;
  /** Sequence of arrival. */
  arrival: number;
}

/** Whether a message is about an object that a snapshot contains, so that it must wait for the snapshot. */
export function concernsSnapshot({ type }: Message): boolean {
  return ABOUT_OBJECTS.has(type);
}

export class HeldMessages {
  /** Undefined while no message has to wait. */
  #messages: HeldMessage[] | undefined;

  constructor(
    private readonly context: Context,
    private readonly calls: CallTracker,
    private readonly apply: (message: Message) => void,
  ) {}

  /** Whether messages have to wait. */
  get holding(): boolean {
    return this.#messages !== undefined;
  }

  get length(): number {
    return this.#messages?.length ?? 0;
  }

  start(): void {
    this.#messages ??= [];
  }

  discard(): void {
    this.#messages = undefined;
  }

  hold(message: Message, arrival: number): void {
    this.#messages?.push({ message, arrival });
  }

  /** The connections of which a waiting message reports the beginning. */
  callsBegun(): Set<string> {
    return this.#connectionsOf('BEGIN_CALL_EVENT');
  }

  /** A known call that was renamed while the snapshot was taken is in it under its new name, so it has not vanished. */
  followRenames(snapshot: Snapshot): void {
    this.#messages = this.#messages?.filter(({ message: m }) => {
      if (m.type !== 'CALL_DATA_UPDATE_EVENT') return true;
      const known = this.context.world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
      if (known === undefined) return true;
      const renamed = idOfConnection({
        peripheralId: m.PeripheralID,
        callId: m.NewConnectionCallID,
        deviceIdType: m.NewConnectionDeviceIDType,
        deviceId: m.NewConnectionDeviceID ?? '',
      });
      if (renamed === known.id || !snapshot.calls.has(renamed)) return true;
      this.calls.handle(m);
      return false;
    });
  }

  /**
   * Applies the waiting messages in order, except those that a later response already covers; from now on no message
   * waits.
   * @param answered names of the agents in the snapshot
   */
  release(answered: ReadonlySet<string>): void {
    const held = this.#messages ?? [];
    const over = this.#callsOver();
    this.#messages = undefined;
    for (const { message, arrival } of held) {
      if (this.#isOld(message, arrival, answered) || over.has(connectionOf(message) ?? '')) continue;
      this.context.order.current = arrival;
      this.apply(message);
    }
  }

  /**
   * Calls that had ended when the snapshot was taken: waiting messages about them, including their end, are obsolete.
   */
  #callsOver(): Set<string> {
    const over = this.#connectionsOf('END_CALL_EVENT');
    const begun = this.callsBegun();
    for (const id of over) if (begun.has(id) || this.context.world.calls.byId(id) !== undefined) over.delete(id);
    return over;
  }

  #connectionsOf(type: Message['type']): Set<string> {
    const ids = new Set<string>();
    for (const { message } of this.#messages ?? []) {
      const id = message.type === type ? connectionOf(message) : undefined;
      if (id !== undefined) ids.add(id);
    }
    return ids;
  }

  #isOld(m: Message, arrival: number, answered: ReadonlySet<string>): boolean {
    if (m.type === 'AGENT_STATE_EVENT') {
      if (!answered.has(`${m.PeripheralID}.${m.AgentID}`)) return false;
      return arrival < (this.context.world.agents.find(m.PeripheralID, m.AgentID)?.updatedAtSeq ?? 0);
    }
    if (!('ConnectionCallID' in m) || !('EventCause' in m)) return false;
    // An older message about the parties: the snapshot's are newer.
    if (m.EventCause !== EventCause.CEC_CALL_PARTY_UPDATE_IND) return false;
    const call = this.context.world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
    return call !== undefined && arrival < call.updatedAtSeq;
  }
}

/** The UniqueObjectID of the connection that a message names. */
function connectionOf(m: Message): string | undefined {
  if (!('ConnectionCallID' in m) || !('ConnectionDeviceIDType' in m) || !('PeripheralID' in m)) return undefined;
  return idOfConnection({
    peripheralId: m.PeripheralID,
    callId: m.ConnectionCallID,
    deviceIdType: m.ConnectionDeviceIDType,
    deviceId: m.ConnectionDeviceID ?? '',
  });
}
