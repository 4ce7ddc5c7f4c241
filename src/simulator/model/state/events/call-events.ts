/** The events of calls and their connections. */
import type { DeviceKind } from '../config.js';
import type {
  CallDataField,
  CallFacts,
  ConnectionRef,
  DeviceRef,
  SimulatedConnectionState,
  SkillGroupRef,
} from './values.js';

/** An event from the point of view of one device. */
export interface EventView {
  readonly deviceId: string;
  readonly kind: DeviceKind;
  readonly device: DeviceRef;
  /** The state of this device's own connection, after the event. */
  readonly state: SimulatedConnectionState;
  /** The call id under which this device knows the call. Differs from the event's only when two calls become one. */
  readonly callId: number;
  /** CallType of GED-188 for this party. */
  readonly callType: number;
  /** LineType of GED-188. */
  readonly lineType: number;
  readonly lineHandle: number;
  /** The agent logged in at this device. */
  readonly agentId?: string;
}

/** What events of a call have in common. */
export interface CallHappening {
  /** Counts all events of the model, from 1. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly peripheralId: number;
  readonly callId: number;
  /** The connection that the event is about. */
  readonly connection: ConnectionRef;
  readonly views: readonly EventView[];
  /** EventCause of GED-188; 65535 for none. */
  readonly cause: number;
  /** Where the call is now. */
  readonly call: CallFacts;
}

/** A device joins a call: the first event of this connection. Views: that device only. */
export interface CallBeginEvent extends CallHappening {
  readonly kind: 'callBegin';
}
/** A device has left a call: the last event of this connection. Views: that device only. */
export interface CallEndEvent extends CallHappening {
  readonly kind: 'callEnd';
}
export interface CallDeliveredEvent extends CallHappening {
  readonly kind: 'callDelivered';
  readonly alerting: DeviceRef;
  readonly skillGroup?: SkillGroupRef;
}
export interface CallEstablishedEvent extends CallHappening {
  readonly kind: 'callEstablished';
  readonly answering: DeviceRef;
  readonly skillGroup?: SkillGroupRef;
}
export interface CallHeldEvent extends CallHappening {
  readonly kind: 'callHeld';
  readonly holding: DeviceRef;
}
export interface CallRetrievedEvent extends CallHappening {
  readonly kind: 'callRetrieved';
  readonly retrieving: DeviceRef;
}
/** The call as a whole is over. One event per party, with that party's view and connection. */
export interface CallClearedEvent extends CallHappening {
  readonly kind: 'callCleared';
}
export interface CallConnectionClearedEvent extends CallHappening {
  readonly kind: 'callConnectionCleared';
  readonly releasing: DeviceRef;
}
export interface CallOriginatedEvent extends CallHappening {
  readonly kind: 'callOriginated';
}
export interface CallFailedEvent extends CallHappening {
  readonly kind: 'callFailed';
  readonly failing: DeviceRef;
}
export interface CallServiceInitiatedEvent extends CallHappening {
  readonly kind: 'callServiceInitiated';
  /** The call being consulted about. */
  readonly consultOf?: ConnectionRef;
}
export interface CallReachedNetworkEvent extends CallHappening {
  readonly kind: 'callReachedNetwork';
  readonly trunk: DeviceRef;
}
export interface CallQueuedEvent extends CallHappening {
  readonly kind: 'callQueued';
  readonly queue: DeviceRef;
  /** Calls waiting, this one included. */
  readonly numQueued: number;
  readonly skillGroups: readonly SkillGroupRef[];
}
export interface CallDequeuedEvent extends CallHappening {
  readonly kind: 'callDequeued';
  readonly queue: DeviceRef;
  readonly numQueued: number;
  readonly skillGroups: readonly SkillGroupRef[];
}
export interface CallDivertedEvent extends CallHappening {
  readonly kind: 'callDiverted';
  readonly diverting: DeviceRef;
}
/** Two calls become one, under the primary's id. */
export interface CallTransferredEvent extends CallHappening {
  readonly kind: 'callTransferred';
  /** The transferring device's own connections. A single-step transfer has no secondary call: id 0xffffffff. */
  readonly primary: ConnectionRef;
  readonly secondary: ConnectionRef;
  readonly transferring: DeviceRef;
  readonly transferred: DeviceRef;
  /** Parties of the call afterwards. */
  readonly parties: readonly ConnectionRef[];
  readonly skillGroup?: SkillGroupRef;
}
export interface CallConferencedEvent extends CallHappening {
  readonly kind: 'callConferenced';
  readonly primary: ConnectionRef;
  readonly secondary: ConnectionRef;
  readonly controller: DeviceRef;
  readonly added: DeviceRef;
  readonly parties: readonly ConnectionRef[];
  readonly skillGroup?: SkillGroupRef;
}
/**
 * Call data, call type or call id changed. Each view contains the id under which its device knew the call so far
 * (`callId`); `connection.callId` and `newCallId` are equal unless the call was renamed for that device. In that case
 * there is one event for that device: `connection` is the old one, `newConnection` the new one.
 */
export interface CallDataUpdateEvent extends CallHappening {
  readonly kind: 'callDataUpdate';
  readonly newConnection: ConnectionRef;
  /** What changed, for publishers that send changes only; empty when only type or id changed. */
  readonly changed: readonly CallDataField[];
}
