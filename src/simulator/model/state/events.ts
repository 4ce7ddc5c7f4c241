import type { DeviceKind } from './config.js';

/**
 * The events of the telephony model. An event names the connection it is about (`connection`) and carries a *view* for
 * every device that took part: the state of that device's own connection afterwards. A publisher makes one GED-188
 * message for each view that has a recipient. The view provides ConnectionCallID and ConnectionDeviceID (its own
 * connection: an all-events session receives every view, and could not tell two views of one event apart by any other
 * field), LocalConnectionState and the call type for that party; the event's device goes into AlertingDeviceID,
 * HoldingDeviceID, ReleasingDeviceID and so on.
 *
 * Everything in an event is a value at the time of the event and is never modified afterwards.
 */

/** A device as named in a message. `type` is a DeviceIDType; an unknown device is `{ id: '', type: 65535 }`. */
export interface DeviceRef {
  readonly id: string;
  readonly type: number;
}

/** One end of a call. `deviceId` is the ConnectionDeviceID, of static type (0). */
export interface ConnectionRef {
  readonly peripheralId: number;
  readonly callId: number;
  readonly deviceId: string;
}

/** LocalConnectionState of GED-188: 0 null, 1 initiate, 2 alerting, 3 connect, 4 hold, 5 queued, 6 fail. */
export type SimulatedConnectionState = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export interface ServiceRef {
  readonly number: number;
  readonly id: number;
}

export interface SkillGroupRef {
  readonly number: number;
  readonly id: number;
  readonly priority: number;
}

/** ICMEnterpriseUniqueID in parts: the same through transfers, conferences and consultations of a contact. */
export interface RouterCallKey {
  readonly day: number;
  readonly callId: number;
  readonly sequence: number;
}

/** The data of a call. Immutable: a change makes a new one, so that a reference is a snapshot. */
export interface CallData {
  readonly ani?: string;
  readonly dnis?: string;
  readonly dialedNumber?: string;
  readonly callerEnteredDigits?: string;
  readonly userToUserInfo?: Buffer;
  /** Index 0 is CallVariable1 ... index 9 CallVariable10; undefined: never set. */
  readonly variables: readonly (string | undefined)[];
  readonly wrapupData?: string;
  /** ECC scalars by full name, "user.Name". */
  readonly named: ReadonlyMap<string, string>;
  /** ECC arrays by full name; undefined elements were never set. Index counts from 0. */
  readonly arrays: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly customerPhoneNumber?: string;
  readonly customerAccountNumber?: string;
  readonly campaignId?: number;
  readonly queryRuleId?: number;
}

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
interface CallHappening {
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

/** Facts of the call as a whole at the time of the event. */
export interface CallFacts {
  readonly data: CallData;
  readonly routerCallKey: RouterCallKey;
  readonly service?: ServiceRef;
  readonly skillGroup?: SkillGroupRef;
  /** CalledPartyDisposition of GED-188, 0 while in progress. */
  readonly disposition: number;
  readonly calling: DeviceRef;
  readonly called: DeviceRef;
  readonly lastRedirect: DeviceRef;
  /** The trunk of a call from or to the world outside. */
  readonly trunkNumber?: number;
  readonly trunkGroupNumber?: number;
  /** Text form of the call's reference, the same for all its connections. */
  readonly callReferenceId: string;
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

/** A field of call data by its GED-188 name; ECC by its full name: "CallVariable3", "ANI", "user.Name". */
export type CallDataField = string;

/** Sent before the phone of a reserved agent rings. There is no connection yet. */
export interface AgentPreCallEvent {
  readonly kind: 'agentPreCall';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agentId: string;
  readonly instrument: string;
  readonly icmAgentId: number;
  readonly call: CallFacts;
  readonly skillGroup: SkillGroupRef;
  readonly callTypeId: number;
}
/** The previously announced call will not arrive. */
export interface AgentPreCallAbortEvent {
  readonly kind: 'agentPreCallAbort';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agentId: string;
  readonly instrument: string;
  readonly routerCallKey: RouterCallKey;
}

export interface RtpStartedEvent extends CallHappening {
  readonly kind: 'rtpStarted';
  /** RTPDirection: 0 the phone receives, 1 the phone sends. */
  readonly direction: 0 | 1;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
  /** Addresses as text, e.g. "10.20.0.17". */
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly sendingAddress: string;
  readonly sendingPort: number;
  /** Bits per second, milliseconds per packet, RTP payload type. */
  readonly bitRate: number;
  readonly packetSize: number;
  readonly payloadType: number;
}
export interface RtpStoppedEvent extends CallHappening {
  readonly kind: 'rtpStopped';
  readonly direction: 0 | 1;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly sendingAddress: string;
  readonly sendingPort: number;
}

export interface RecordingEvent extends CallHappening {
  readonly kind: 'recordingStarted' | 'recordingStopped';
  readonly agentId?: string;
}

/** Which recorder has the call. */
export interface RecordingTargetEvent extends CallHappening {
  readonly kind: 'recordingTarget';
}

export interface DtmfSentEvent extends CallHappening {
  readonly kind: 'dtmfSent';
  readonly digits: string;
}

/** An agent requests help. Published even if no supervisor is available: then `connection` has call id 0xffffffff. */
export interface EmergencyCallEvent {
  readonly kind: 'emergencyCall';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly connection: ConnectionRef;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
}
export interface SupervisorAssistEvent {
  readonly kind: 'supervisorAssist';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly connection: ConnectionRef;
  readonly agentId: string;
  readonly supervisorId: string;
}

/** Silent monitoring of an agent's call begins or ends. */
export interface SilentMonitorEvent {
  readonly kind: 'silentMonitorStarted' | 'silentMonitorStopped';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  /** The monitored call's connection at the agent, and the supervisor's own. */
  readonly agentConnection: ConnectionRef;
  readonly supervisorConnection: ConnectionRef;
  readonly agentId: string;
  readonly supervisorId: string;
}

/** AgentState of GED-188: 0 login, 1 logout, 2 not ready, 3 available, 4 talking, 5 work not ready, 6 work ready, 7 busy other, 8 reserved, 9 unknown, 10 hold. */
export type AgentStateNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface SkillGroupState extends SkillGroupRef {
  readonly state: AgentStateNumber;
}

export interface AgentStateEvent {
  readonly kind: 'agentState';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agent: AgentFacts;
  readonly previous: AgentStateNumber;
  /** The skill group of the call or change; absent: the agent as a whole. */
  readonly skillGroup?: SkillGroupRef;
}

/** An agent at one moment. */
export interface AgentFacts {
  readonly peripheralId: number;
  readonly agentId: string;
  readonly icmAgentId: number;
  /** The agent's instrument; when logged out, that of the last login. */
  readonly extension: string;
  readonly instrument: string;
  readonly state: AgentStateNumber;
  /** Seconds in this state. */
  readonly stateDuration: number;
  /** EventReasonCode: meaningful for not ready and logout, else 0. */
  readonly reasonCode: number;
  /** The state that follows when the call ends, if one was requested. */
  readonly nextState?: AgentStateNumber;
  /** AgentCallDirection: 0 none, 1 in, 2 out, 3 other in, 4 other out. */
  readonly direction: number;
  /** AgentMode: 1 routable, 0 not. */
  readonly mode: 0 | 1;
  /** AgentAvailabilityStatus: 1 available to the router. */
  readonly availability: 0 | 1;
  /** Number of the agent's calls. */
  readonly numTasks: number;
  readonly skillGroups: readonly SkillGroupState[];
}

/** A team's members changed, or were requested. */
export interface TeamChangedEvent {
  readonly kind: 'teamChanged';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly teamId: number;
  /** ConfigOperation: 1 added, 2 removed. */
  readonly operation: 1 | 2;
  readonly agentIds: readonly string[];
}

/** Configuration changed at run time: read the object afterwards. */
export interface ConfigChangedEvent {
  readonly kind: 'configChanged';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly what: 'agent' | 'agentServices' | 'skillGroup' | 'device' | 'deskSettings';
  readonly operation: 'add' | 'change' | 'delete';
  /** Agent id, skill group number, device id or desk settings id, as text. */
  readonly key: string;
}

export interface PeripheralStatusEvent {
  readonly kind: 'peripheralStatus';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly online: boolean;
}
export interface DeviceStatusEvent {
  readonly kind: 'deviceStatus';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly deviceId: string;
  readonly instrument: string;
  readonly inService: boolean;
}

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
