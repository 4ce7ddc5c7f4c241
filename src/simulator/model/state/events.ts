/**
 * The events of the telephony model. Each event identifies the connection that it concerns (`connection`) and contains
 * a *view* for each participating device: the state of that device's own connection after the event. A publisher makes
 * one GED-188 message for each view that has a recipient. The view provides ConnectionCallID and ConnectionDeviceID of
 * the recipient's own connection, LocalConnectionState, and the call type for that party. An all-events session receives
 * every view, and only these fields distinguish two views of one event. The event's device is sent in AlertingDeviceID,
 * HoldingDeviceID, ReleasingDeviceID and so on.
 *
 * An event describes one point in time and is never modified afterwards.
 */

import type {
  AgentPreCallAbortEvent,
  AgentPreCallEvent,
  AgentStateEvent,
  EmergencyCallEvent,
  SilentMonitorEvent,
  SupervisorAssistEvent,
} from './events/agent-events.js';
import type {
  CallBeginEvent,
  CallClearedEvent,
  CallConferencedEvent,
  CallConnectionClearedEvent,
  CallDataUpdateEvent,
  CallDeliveredEvent,
  CallDequeuedEvent,
  CallDivertedEvent,
  CallEndEvent,
  CallEstablishedEvent,
  CallFailedEvent,
  CallHeldEvent,
  CallOriginatedEvent,
  CallQueuedEvent,
  CallReachedNetworkEvent,
  CallRetrievedEvent,
  CallServiceInitiatedEvent,
  CallTransferredEvent,
} from './events/call-events.js';
import type {
  DtmfSentEvent,
  RecordingEvent,
  RecordingTargetEvent,
  RtpStartedEvent,
  RtpStoppedEvent,
} from './events/media-events.js';
import type {
  ConfigChangedEvent,
  DeviceStatusEvent,
  PeripheralStatusEvent,
  TeamChangedEvent,
} from './events/site-events.js';

/** Events that belong to a call and carry views. */
export type CallEvent =
  | CallBeginEvent
  | CallEndEvent
  | CallDeliveredEvent
  | CallEstablishedEvent
  | CallHeldEvent
  | CallRetrievedEvent
  | CallClearedEvent
  | CallConnectionClearedEvent
  | CallOriginatedEvent
  | CallFailedEvent
  | CallServiceInitiatedEvent
  | CallReachedNetworkEvent
  | CallQueuedEvent
  | CallDequeuedEvent
  | CallDivertedEvent
  | CallTransferredEvent
  | CallConferencedEvent
  | CallDataUpdateEvent
  | RtpStartedEvent
  | RtpStoppedEvent
  | RecordingEvent
  | RecordingTargetEvent
  | DtmfSentEvent;

export type TelephonyEvent =
  | CallEvent
  | AgentPreCallEvent
  | AgentPreCallAbortEvent
  | AgentStateEvent
  | EmergencyCallEvent
  | SupervisorAssistEvent
  | SilentMonitorEvent
  | TeamChangedEvent
  | ConfigChangedEvent
  | PeripheralStatusEvent
  | DeviceStatusEvent;
export type TelephonyEventKind = TelephonyEvent['kind'];
export type TelephonyEventOf<K extends TelephonyEventKind> = Extract<TelephonyEvent, { kind: K }>;
export type TelephonyListener = (event: TelephonyEvent) => void;
