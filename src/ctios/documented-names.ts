// Made by `npm run docs` from the tables of this folder; change these instead.
// biome-ignore-all format: made by a program
import type { Args } from './transport.js';

/** Every keyword, and what a value of it is in an event. */
export interface KeywordValues {
  /** Charge code. */
  readonly AccountCode: string;
  /** Party added to the conference. */
  readonly AddedPartyDeviceID: string;
  /** Party added to the conference, long form. */
  readonly AddedPartyDeviceIDFull: string;
  /** 1 disables the greeting for this login session, 2 enables it. Enumeration {@link Words.AgentGreetingAction}. */
  readonly AgentAction: number;
  /** Agent availability for task assignment. Enumeration {@link Words.AgentAvailabilityStatus}. */
  readonly AgentAvailabilityStatus: number;
  /** How calls reach a mobile agent: call by call, or over a nailed-up connection. Enumeration {@link Words.AgentCallMode}. */
  readonly AgentCallMode: number;
  /** Extension of the agent. */
  readonly AgentExtension: string;
  /** Agent first name. */
  readonly AgentFirstName: string;
  /** Bit flags: role of the agent in the team. Enumeration {@link Words.TeamMemberAgentFlags}. */
  readonly AgentFlags: number;
  /** The agent's login ID. */
  readonly AgentID: string;
  /** Instrument (device) number of the agent. */
  readonly AgentInstrument: string;
  /** Agent last name. */
  readonly AgentLastName: string;
  /** Routable or not routable. Enumeration {@link Words.AgentMode}. */
  readonly AgentMode: number;
  /** Agent full name. */
  readonly AgentName: string;
  /** The agent's password; never logged or returned. */
  readonly AgentPassword: string;
  /** UniqueObjectID of the agent. */
  readonly AgentReference: string;
  /** Mobile agent's phone. */
  readonly AgentRemoteNumber: string;
  /** Number of changed agents. */
  readonly AgentsChanged: number;
  /** Agent state. Enumeration {@link Words.AgentState}. */
  readonly AgentState: number;
  /** Work mode requested at login. Enumeration {@link Words.AgentWorkMode}. */
  readonly AgentWorkMode: number;
  /** Device that is ringing. */
  readonly AlertingDeviceID: string;
  /** Device that is ringing, long form. */
  readonly AlertingDeviceIDFull: string;
  /** Maximum number of rings; 0: default of the peripheral, about 10. */
  readonly AlertRings: number;
  /** Calling line number. */
  readonly ANI: string;
  /** Device that answered. */
  readonly AnsweringDeviceID: string;
  /** Device that answered, long form. */
  readonly AnsweringDeviceIDFull: string;
  /** What to do when an answering machine answers. Enumeration {@link Words.AnsweringMachine}. */
  readonly AnsweringMachine: number;
  /** Code that authorizes the use of resources for the call. */
  readonly AuthorizationCode: string;
  /** True: log in again automatically after a failover. */
  readonly AutoLogin: boolean;
  /** Non-zero: record emergency calls automatically. */
  readonly AutoRecordOnEmergency: number;
  /** UniqueObjectID of the barged-in call. */
  readonly BargedInCallID: string;
  /** Media bit rate (g.723 only). */
  readonly BitRate: number;
  /** Call ID of one call connection. */
  readonly CallConnectionCallID: number;
  /** Device of one call connection. */
  readonly CallConnectionDeviceID: string;
  /** Type of the paired CallConnectionDeviceID. Enumeration {@link Words.ConnectionDeviceIDType}. */
  readonly CallConnectionDeviceIDType: number;
  /** Connection state at the paired call device. Enumeration {@link Words.CallStatus}. */
  readonly CallDeviceConnectionState: number;
  /** Type of the paired CallDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly CallDeviceType: number;
  /** Called (target) device. */
  readonly CalledDeviceID: string;
  /** Called (target) device, long form. */
  readonly CalledDeviceIDFull: string;
  /** Type of CalledDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly CalledDeviceIDType: number;
  /** Type of CalledDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly CalledDeviceType: number;
  /** Digits collected by the VRU. */
  readonly CallerEnteredDigits: string;
  /** Calling device. */
  readonly CallingDeviceID: string;
  /** Calling device, long form. */
  readonly CallingDeviceIDFull: string;
  /** Type of CallingDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly CallingDeviceIDType: number;
  /** How to treat the calling party when the call is placed. Enumeration {@link Words.CallMannerType}. */
  readonly CallMannerType: number;
  /** Conditions on the calling device. Enumeration {@link Words.CallOption}. */
  readonly CallOption: number;
  /** How to place the call. Enumeration {@link Words.CallPlacementType}. */
  readonly CallPlacementType: number;
  /** UniqueObjectID of the call. */
  readonly CallReference: string;
  /** UniqueObjectID of the other (held) call; needed only with several held calls. */
  readonly CallReferenceObjectID: string;
  /** Number of changed calls. */
  readonly CallsChanged: number;
  /** Number of calls that ended during the gap. */
  readonly CallsEnded: number;
  /** Number of new calls. */
  readonly CallsNew: number;
  /** Current connection state of this call. Enumeration {@link Words.CallStatus}. */
  readonly CallStatus: number;
  /** General call classification. Enumeration {@link Words.CallType}. */
  readonly CallType: number;
  /** Call type ID; the agent is reserved by a legacy pre-call. */
  readonly CallTypeIDTag: number;
  /** Call variable 1. */
  readonly CallVariable1: string;
  /** Call variable 2. */
  readonly CallVariable2: string;
  /** Call variable 3. */
  readonly CallVariable3: string;
  /** Call variable 4. */
  readonly CallVariable4: string;
  /** Call variable 5. */
  readonly CallVariable5: string;
  /** Call variable 6. */
  readonly CallVariable6: string;
  /** Call variable 7. */
  readonly CallVariable7: string;
  /** Call variable 8. */
  readonly CallVariable8: string;
  /** Call variable 9. */
  readonly CallVariable9: string;
  /** Call variable 10. */
  readonly CallVariable10: string;
  /** Wrap-up text of the call. */
  readonly CallWrapupData: string;
  /** Outbound option campaign ID. */
  readonly CampaignID: number;
  /** True: supervisors use Agent.SuperviseCall; absent/false: use SilentMonitorManager. */
  readonly CCMBasedSilentMonitor: number;
  /** UniqueObjectIDs of the changed objects, each with the value true. */
  readonly Changed: Args;
  /** Identifier of this client connection at the server. */
  readonly CILConnectionID: string;
  /** Object class marker. */
  readonly ClassIdentifier: number;
  /** IP address: of the phone (RTP events) or of the client (emergency). */
  readonly ClientAddress: string;
  /** The client's temporary ID until the object ID is known. */
  readonly ClientAgentTemporaryID: string;
  /** Client ID of the notifying CTI client. */
  readonly ClientID: string;
  /** TCP/IP port of the client. */
  readonly ClientPort: number;
  /** Hosts of silent monitor services, of which one is chosen at random. */
  readonly Cluster: Args;
  /** Team change: member added or removed. Enumeration {@link Words.TeamMemberConfigOperation}. */
  readonly ConfigOperation: number;
  /** One party of the resulting call, n from 1. */
  readonly 'ConnectedParty[n]': Args;
  /** Call ID of a connected party. */
  readonly ConnectedPartyCallID: number;
  /** Device of a connected party. */
  readonly ConnectedPartyDeviceID: string;
  /** Type of ConnectedPartyDeviceID. Enumeration {@link Words.ConnectionDeviceIDType}. */
  readonly ConnectedPartyDeviceIDType: number;
  /** Time of connection, milliseconds of the day. */
  readonly ConnectedSince: number;
  /** Call ID assigned by the peripheral or the ICM. */
  readonly ConnectionCallID: number;
  /** Device part of the connection identifier. */
  readonly ConnectionDeviceID: string;
  /** Type of ConnectionDeviceID. Enumeration {@link Words.ConnectionDeviceIDType}. */
  readonly ConnectionDeviceIDType: number;
  /** Session mode. Enumeration {@link Words.ConnectionMode}. */
  readonly ConnectionMode: number;
  /** Heartbeats missed in a row. */
  readonly ConsecutiveMissedHeartbeats: number;
  /** Purpose of the consultation. Enumeration {@link Words.ConsultType}. */
  readonly ConsultType: number;
  /** Conference controller device. */
  readonly ControllerDeviceID: string;
  /** Conference controller device, long form. */
  readonly ControllerDeviceIDFull: string;
  /** One client using the call, n from 1. */
  readonly 'CTIClient[n]': Args;
  /** Nested list of clients using the call. */
  readonly CTIClients: Args;
  /** Signature of the CTI client tied to the agent. */
  readonly CTIClientSignature: string;
  /** When the client joined the call, in seconds since the epoch. */
  readonly CTIClientTimestamp: number;
  /** Host of server A; if absent, that of server B. */
  readonly CtiosA: string;
  /** Host of server B; if absent, that of server A. */
  readonly CtiosB: string;
  /** Current Agent object; prefer GetCurrentAgent. */
  readonly CurrentAgent: string;
  /** Selected call, agent mode only; prefer GetCurrentCall. */
  readonly CurrentCall: string;
  /** Last chosen connection profile. */
  readonly CurrentConnectionProfile: string;
  /** Port of the connected server (A or B). */
  readonly CurrentPort: number;
  /** Connected server (name or IP address). */
  readonly CurrentServer: string;
  /** Customer account number (outbound option). */
  readonly CustomerAccountNumber: string;
  /** Customer phone number (outbound option). */
  readonly CustomerPhoneNumber: string;
  /** Agent desk settings bit mask. Enumeration {@link Words.DeskSettingsMask}. */
  readonly DeskSettingsMask: number;
  /** Tree of the desktop settings. */
  readonly DesktopSettings: Args;
  /** Type of desktop; all settings are returned in any case. Enumeration {@link Words.DesktopType}. */
  readonly DesktopType: number;
  /** Device of the message. */
  readonly DeviceID: string;
  /** Object ID of the device, form device.periph.instrument. */
  readonly DeviceUniqueObjectID: string;
  /** Dialed number, or number to dial. */
  readonly DialedNumber: string;
  /** Media direction. Enumeration {@link Words.RTPDirection}. */
  readonly Direction: number;
  /** Recipients of a chat message: 'agent'. Enumeration {@link Words.ChatDistribution}. */
  readonly Distribution: string;
  /** Device the call was diverted from. */
  readonly DivertingDeviceID: string;
  /** Device the call was diverted from, long form. */
  readonly DivertingDeviceIDFull: string;
  /** Type of DivertingDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly DivertingDeviceType: number;
  /** Number the call arrived on. */
  readonly DNIS: string;
  /** True: accept and send audio automatically. */
  readonly DoDefaultMessageHandling: boolean;
  /** Digits to send. */
  readonly DTMFString: string;
  /** Nested map of expanded call context variables. */
  readonly ECC: Args;
  /** Echo cancellation off/on. Enumeration {@link Words.EchoCancellation}. */
  readonly EchoCancellation: number;
  /** Non-zero: blind conference, zero: consult call. */
  readonly EmergencyCallMethod: number;
  /** One assistance service of the agent, n from 1. Enumeration {@link Words.AgentService}. */
  readonly 'EnabledService[n]': number;
  /** Bit mask of operations currently permitted. Enumeration {@link Words.ButtonEnablementMask}. */
  readonly EnablementMask: number;
  /** Human-readable failure text. */
  readonly ErrorMessage: string;
  /** Cause reported with the event. Enumeration {@link Words.EventCause}. */
  readonly EventCause: number;
  /** Reason code of a change to NotReady or Logout, 16 bit; 999: logged out by the supervisor. */
  readonly EventReasonCode: number;
  /** Events that were published before the snapshot was complete, because too many were waiting. */
  readonly EventsBeforeSnapshot: number;
  /** Number of lost events; absent if unknown. */
  readonly EventsLost: number;
  /** Time of day, milliseconds. */
  readonly EventTime: number;
  /** Extension given by the ACD. */
  readonly Extension: string;
  /** Trunk code or SkillGroupID, per FacilityType. */
  readonly FacilityCode: string;
  /** Type of FacilityCode. Enumeration {@link Words.FacilityType}. */
  readonly FacilityType: number;
  /** Server that stopped responding (name or IP address). */
  readonly FailedServer: string;
  /** Why the request failed. Enumeration {@link Words.ControlFailureCode}. */
  readonly FailureCode: number;
  /** Message filter: key=value[,value...][;key=value...]. */
  readonly Filter: string;
  /** UniqueObjectID of the agent at the device; absent if there is no agent. */
  readonly FilterTarget: string;
  /** Present in the last failure, after which the library stops retrying. */
  readonly FinalAttempt: boolean;
  /** True: also works before a mode is set, and stops a failover. */
  readonly ForcedDisconnect: boolean;
  /** Start of the gap, ISO 8601. */
  readonly From: string;
  /** Side that the session used before: A or B. */
  readonly FromSide: string;
  /** Grid column definitions. */
  readonly Grid: Args;
  /** Seconds of silence before a heartbeat; if absent, the server's value. */
  readonly Heartbeat: number;
  /** Interval between heartbeats. */
  readonly HeartbeatInterval: number;
  /** Silent monitor inactivity timeout. */
  readonly HeartbeatTimeout: number;
  /** Device that held the call. */
  readonly HoldingDeviceID: string;
  /** Device that held the call, long form. */
  readonly HoldingDeviceIDFull: string;
  /** ICM skill target ID of the agent. */
  readonly ICMAgentID: number;
  /** Enterprise-wide contact key, form icm.day.callid. */
  readonly ICMEnterpriseUniqueID: string;
  /** Direction of the call before wrap-up. Enumeration {@link Words.IncomingOrOutgoing}. */
  readonly IncomingOrOutgoing: number;
  /** Configured wrap-up strings. */
  readonly IncomingWrapupStrings: Args;
  /** Whether the recording is silent or indicated to the parties. Enumeration {@link Words.InvocationType}. */
  readonly InvocationType: number;
  /** Invoke ID of the originating request. */
  readonly InvokeID: number;
  /** Silent monitor settings. */
  readonly IPCCSilentMonitor: Args;
  /** IP phone details. */
  readonly IPPhoneInformation: Args;
  /** Non-zero for supervisors. */
  readonly IsSupervisor: number;
  /** True: this device controlled the transfer. */
  readonly IsTransferController: boolean;
  /** Last error code; 0: none. */
  readonly LastError: number;
  /** Device that last redirected the call. */
  readonly LastRedirectedDeviceID: string;
  /** Type of LastRedirectedDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly LastRedirectedDeviceIDType: number;
  /** Line in use; 0xffff: unknown. */
  readonly LineHandle: number;
  /** Type of teleset line. Enumeration {@link Words.LineType}. */
  readonly LineType: number;
  /** State of the local connection end. Enumeration {@link Words.CallStatus}. */
  readonly LocalConnectionState: number;
  /** Connection profiles. */
  readonly Login: Args;
  /** Agent login name. */
  readonly LoginName: string;
  /** Idle seconds before automatic logout. */
  readonly LogoutNonActivityTime: number;
  /** Configured logout reasons. */
  readonly LogoutReasonCodes: Args;
  /** True: logout requires a reason code. */
  readonly LogoutReasonRequired: boolean;
  /** Missed heartbeats tolerated before switching server; Session property and connection-profile keyword, default 3 (profile text says 5). */
  readonly MaxHeartbeats: number;
  /** Maximum simultaneous tasks. */
  readonly MaxTaskLimit: number;
  /** Seconds queued locally before delivery. */
  readonly MeasuredCallQTime: number;
  /** Cluster of the device that sends the call to the recorder. */
  readonly MediaForkingClusterID: string;
  /** Device that sends the call to the recorder. */
  readonly MediaForkingDeviceName: string;
  /** Type of the device that sends the call to the recorder: phone or gateway. Enumeration {@link Words.MediaForkingDeviceType}. */
  readonly MediaForkingDeviceType: number;
  /** Playback port of the monitoring side. */
  readonly MediaTerminationPort: number;
  /** Chat text. */
  readonly Message: string;
  /** Active filter expression. */
  readonly MessageFilter: string;
  /** Event ID that triggered the change. Enumeration {@link Words.EventID}. */
  readonly MessageID: number;
  /** Number of the request that failed. Enumeration {@link Words.RequestID}. */
  readonly MessageType: number;
  /** True: the event is about a monitored agent or call. */
  readonly Monitored: boolean;
  /** UniqueObjectID of the monitored object. */
  readonly MonitoredUniqueObjectID: string;
  /** Monitor that caused the event; 0: none. */
  readonly MonitorID: number;
  /** Extension of the phone to monitor. */
  readonly MonitoringDeviceID: string;
  /** IP address of the monitoring application. */
  readonly MonitoringIPAddress: string;
  /** IP port of the monitoring application. */
  readonly MonitoringIPPort: number;
  /** Password that a secured server requires for monitor mode. */
  readonly MonitorModePassword: string;
  /** 1: no initial snapshot; 0 or absent: initial snapshot. Enumeration {@link Words.MonitorSessionSnapshotMode}. */
  readonly MonitorSessionSnapshotMode: number;
  /** Media routing domain ID. */
  readonly MRDID: number;
  /** Call ID of the newly made call. */
  readonly NewConnectionCallID: number;
  /** Device of the new connection. */
  readonly NewConnectionDeviceID: string;
  /** Type of NewConnectionDeviceID. Enumeration {@link Words.ConnectionDeviceIDType}. */
  readonly NewConnectionDeviceIDType: number;
  /** State of the agent after the call. Enumeration {@link Words.AgentState}. */
  readonly NextAgentState: number;
  /** Names that could not be enumerated, each with the value true. */
  readonly NotEnumerated: Args;
  /** Configured not-ready reasons. */
  readonly NotReadyReasonCodes: Args;
  /** True: NotReady requires a reason code. */
  readonly NotReadyReasonRequired: boolean;
  /** Devices associated with the call. */
  readonly NumCallDevices: number;
  /** Active calls on the device (max 16). */
  readonly NumCalls: number;
  /** Count of ECC array elements/arrays. */
  readonly NumNamedArrays: number;
  /** Count of ECC scalar variables. */
  readonly NumNamedVariables: number;
  /** Number of suggested answers that the agent rated as not useful. */
  readonly NumNegativeAnswersSuggestions: number;
  /** Number of assistance services of the agent. */
  readonly NumOfEnabledServices: number;
  /** Number of connected parties. */
  readonly NumParties: number;
  /** Number of suggested answers that the agent rated as useful. */
  readonly NumPositiveAnswersSuggestions: number;
  /** Calls in queue for this service. */
  readonly NumQueued: number;
  /** Number of skill groups listed. */
  readonly NumSkillGroups: number;
  /** Tasks currently assigned to the agent. */
  readonly NumTasks: number;
  /** Collections: AgentReferences, CallReferences, SkillGroupReferences. */
  readonly ObjectReferences: Args;
  /** Previous UniqueObjectID of the call, if it changed. */
  readonly OldUniqueObjectID: string;
  /** Client ID of the monitoring application. */
  readonly OriginatingClientID: string;
  /** Requesting CTI OS server, address:port. */
  readonly OriginatingServerID: string;
  /** Packet duration, milliseconds. */
  readonly PacketSize: number;
  /** Pause between tones, milliseconds; 0: default. */
  readonly PauseDuration: number;
  /** Audio codec type. */
  readonly PayloadType: number;
  /** Error number of the peripheral; 0: none. Enumeration {@link Words.PeripheralErrorCode}. */
  readonly PeripheralErrorCode: number;
  /** ICM peripheral (ACD) identifier. */
  readonly PeripheralID: number;
  /** Type of peripheral. Enumeration {@link Words.PeripheralType}. */
  readonly PeripheralType: number;
  /** Who hears the recording tone; if absent, nobody does. Enumeration {@link Words.PlayToneDirection}. */
  readonly PlayToneDirection: number;
  /** Port of server A, 42028 by default. */
  readonly PortA: number;
  /** Port of server B, 42028 by default. */
  readonly PortB: number;
  /** Position, which some switches require in addition to or instead of the instrument. */
  readonly PositionID: string;
  /** True: the ICM selects the destination. */
  readonly PostRoute: boolean;
  /** Invoke ID of the legacy pre-call. */
  readonly PreCallInvokeIDTag: number;
  /** Call ID of the primary call. */
  readonly PrimaryCallID: number;
  /** Device of the primary call. */
  readonly PrimaryDeviceID: string;
  /** Device of the primary call, long form. */
  readonly PrimaryDeviceIDFull: string;
  /** Priority handling. */
  readonly Priority: boolean;
  /** The recorder's reference for the call. */
  readonly ProtocolReferenceGUID: string;
  /** How often the agent is recorded. */
  readonly QualityRecordingRate: number;
  /** Outbound option query rule ID. */
  readonly QueryRuleID: number;
  /** Device that queued the call. */
  readonly QueuedDeviceID: string;
  /** Type of QueuedDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly QueuedDeviceIDType: number;
  /** Reason: link, northbound, deploy, overflow, stream. */
  readonly Reason: string;
  /** Why the connection was lost. Enumeration {@link Words.ConnectionFailureReason}. */
  readonly ReasonCode: number;
  /** Address of the recorder. */
  readonly RecorderAddress: string;
  /** Error message of the recorder. */
  readonly RecorderErrorMsg: string;
  /** Status of the recorder. Enumeration {@link Words.RecorderStatus}. */
  readonly RecorderStatus: number;
  /** Whether the recorder is mandatory or optional. Enumeration {@link Words.RecorderType}. */
  readonly RecorderType: number;
  /** SIP address of the recorder. */
  readonly RecorderURI: string;
  /** Why the call could not be recorded: code of Unified CM. */
  readonly RecordFailureCause: number;
  /** Device whose call is recorded. */
  readonly RecordingDeviceID: string;
  /** Type of RecordingDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly RecordingDeviceType: number;
  /** Non-zero: recording through Unified CM and PIM. */
  readonly RecordingMode: number;
  /** How the recording was started. Enumeration {@link Words.RecordingType}. */
  readonly RecordingType: number;
  /** Device that hung up. */
  readonly ReleasingDeviceID: string;
  /** Device that hung up, long form. */
  readonly ReleasingDeviceIDFull: string;
  /** True: login of a mobile agent. */
  readonly RemoteLogin: boolean;
  /** Device that retrieved the call. */
  readonly RetrievingDeviceID: string;
  /** Device that retrieved the call, long form. */
  readonly RetrievingDeviceIDFull: string;
  /** Dialed-number id for ring-no-answer reroute. */
  readonly RingNoAnswerDN: number;
  /** Ring seconds before redirect. */
  readonly RingNoAnswerTime: number;
  /** Call part of the router call key; restarts at midnight. */
  readonly RouterCallKeyCallID: number;
  /** Day part of the 64-bit router call key. */
  readonly RouterCallKeyDay: number;
  /** Sequence part of the router call key; with day and call ID, it forms the TaskID. */
  readonly RouterCallKeySequenceNumber: number;
  /** Media kind. Enumeration {@link Words.RTPType}. */
  readonly RTPType: number;
  /** Main screen behavior settings. */
  readonly ScreenPreferences: Args;
  /** Call ID of the secondary (consult) call. */
  readonly SecondaryCallID: number;
  /** Device of the secondary call. */
  readonly SecondaryDeviceID: string;
  /** Device of the secondary call, long form. */
  readonly SecondaryDeviceIDFull: string;
  /** ICM service identifier, or NULL_SERVICE. */
  readonly ServiceID: number;
  /** Service number at the peripheral, or NULL_SERVICE. */
  readonly ServiceNumber: number;
  /** Session ID of the notifying CTI client. */
  readonly SessionID: number;
  /** Active session details. */
  readonly SessionInformation: Args;
  /** Non-zero: audible click at monitor start. */
  readonly SilentMonitorAudibleIndication: number;
  /** Failure event cause; 0 on normal end. Enumeration {@link Words.EventCause}. */
  readonly SilentMonitorCallDisposition: number;
  /** UniqueObjectID of the silent monitor call. */
  readonly SilentMonitorCallUID: string;
  /** 1: supervisors of this session may be monitored; 0: they monitor. Enumeration {@link Words.SilentMonitorForceMonitoredMode}. */
  readonly SilentMonitorForceMonitoredMode: number;
  /** UniqueObjectID of the initiating agent. */
  readonly SilentMonitorInitiatingAgentUID: string;
  /** Device that initiated monitoring. */
  readonly SilentMonitorInitiatingDeviceID: string;
  /** UniqueObjectID of the monitored agent. */
  readonly SilentMonitorTargetAgentUID: string;
  /** Monitored device. */
  readonly SilentMonitorTargetDeviceID: string;
  /** Non-zero: warn agent when monitored. */
  readonly SilentMonitorWarningMessage: number;
  /** One skill group of the agent, n from 1. */
  readonly 'SkillGroup[n]': Args;
  /** ICM skill group identifier, or NULL_SKILL_GROUP. */
  readonly SkillGroupID: number;
  /** Skill group name. */
  readonly SkillGroupName: string;
  /** Skill group number at the peripheral, or NULL_SKILL_GROUP. */
  readonly SkillGroupNumber: number;
  /** Skill group numbers, keyed '1', '2', ...; absent: all groups of the agent. */
  readonly SkillGroupNumbers: Args;
  /** Skill group priority; 0: not applicable. */
  readonly SkillGroupPriority: number;
  /** State of the agent in the skill group. Enumeration {@link Words.AgentState}. */
  readonly SkillGroupState: number;
  /** Working mode. Enumeration {@link Words.SMManagerMode}. */
  readonly SMManagerMode: number;
  /** Silent monitor service host. */
  readonly SMSAddr: string;
  /** Key of the silent monitor session. */
  readonly SMSessionKey: number;
  /** Milliseconds between heartbeats of the silent monitor service. */
  readonly SMSHeartbeats: number;
  /** Port of the silent monitor service, 42228 by default. */
  readonly SMSListenPort: number;
  /** Number of heartbeats that the silent monitor service may miss. */
  readonly SMSRetries: number;
  /** Quality of service marking. */
  readonly SMSTOS: number;
  /** Per-sound mute and file settings. */
  readonly SoundPreferences: Args;
  /** Sender agent ID. */
  readonly Source: string;
  /** Seconds in the current state. */
  readonly StateDuration: number;
  /** Statistics, keyed by their names. */
  readonly Statistics: Args;
  /** The central controller is online. */
  readonly StatusCentralController: boolean;
  /** Silent monitor status. Enumeration {@link Words.SilentMonitorStatus}. */
  readonly StatusCode: number;
  /** The CTI Server is reachable. */
  readonly StatusCTIServer: boolean;
  /** The link to the CTI Server is in service. */
  readonly StatusCtiServerDriver: boolean;
  /** Which part of the configuration the server lacks, and why. */
  readonly StatusIncomplete: string;
  /** The objects of the server are complete, after its snapshot. */
  readonly StatusObjects: boolean;
  /** Peripherals, keyed by PeripheralID: true when online. */
  readonly StatusPeripherals: Args;
  /** Nested component status flags. */
  readonly StatusSystem: Args;
  /** Agent state of the supervisor. Enumeration {@link Words.AgentState}. */
  readonly SupervisorAgentState: number;
  /** Non-zero: blind conference, zero: consult call. */
  readonly SupervisorAssistCallMethod: number;
  /** Bit mask of permitted supervisor operations. Enumeration {@link Words.SupervisorButtonEnablementMask}. */
  readonly SupervisorBtnEnablementMask: number;
  /** Agent ID of the supervisor. */
  readonly SupervisorID: string;
  /** UniqueObjectID of the supervisor. */
  readonly SupervisorKey: string;
  /** What the supervisor does to the call. Enumeration {@link Words.SupervisoryAction}. */
  readonly SupervisoryAction: number;
  /** PeripheralID, if a peripheral goes online or offline. */
  readonly SystemEventArg1: number;
  /** Which system component changed status. Enumeration {@link Words.SystemEventID}. */
  readonly SystemEventID: number;
  /** AgentID of the recipient. */
  readonly Target: string;
  /** CIL client ID of the monitoring application. */
  readonly TargetCILClientID: string;
  /** Number of the agent team. */
  readonly TeamID: number;
  /** Phone whose call is recorded. */
  readonly TerminalName: string;
  /** End of the gap, ISO 8601. */
  readonly To: string;
  /** Length of a tone, milliseconds; 0: default. */
  readonly ToneDuration: number;
  /** Side that the session uses now: A or B. */
  readonly ToSide: string;
  /** Device the call was transferred to. */
  readonly TransferredDeviceID: string;
  /** Device the call was transferred to, long form. */
  readonly TransferredDeviceIDFull: string;
  /** Device that transferred the call. */
  readonly TransferringDeviceID: string;
  /** Device that transferred the call, long form. */
  readonly TransferringDeviceIDFull: string;
  /** Trunk group number. */
  readonly TrunkGroupNumber: number;
  /** Trunk number. */
  readonly TrunkNumber: number;
  /** Trunk selected for the outbound call. */
  readonly TrunkUsedDeviceID: string;
  /** Type of TrunkUsedDeviceID. Enumeration {@link Words.DeviceIDType}. */
  readonly TrunkUsedDeviceIDType: number;
  /** Port that the session is connecting to. */
  readonly TryingPort: number;
  /** Server that the session is connecting to; blank if none. */
  readonly TryingServer: string;
  /** Time when connecting began, milliseconds of the day. */
  readonly TryingSince: number;
  /** UniqueObjectID of the object that the message is about. */
  readonly UniqueObjectID: string;
  /** ISDN user-to-user data. */
  readonly UserToUserInfo: string;
  /** Map from the UniqueObjectID of each call to whether it is still valid. */
  readonly ValidCalls: Args;
  /** Automatic wrap-up timeout. */
  readonly WorkModeTimer: number;
  /** Wrap-up data rule after inbound calls. Enumeration {@link Words.WrapupDataMode}. */
  readonly WrapupDataIncomingMode: number;
  /** Wrap-up data rule after outbound calls. Enumeration {@link Words.WrapupDataMode}. */
  readonly WrapupDataOutgoingMode: number;
  /** True: wrap-up data is requested. */
  readonly WrapupOkEnabled: boolean;
}

/** The values of each enumeration in words, as requests take them. */
export interface Words {
  /** Login 0, Logout 1, NotReady 2, Available 3, Talking 4, WorkNotReady 5, WorkReady 6, BusyOther 7, Reserved 8, Unknown 9, Hold 10, Active 11, Paused 12, Interrupted 13, NotActive 14 */
  readonly AgentState: 'Login' | 'Logout' | 'NotReady' | 'Available' | 'Talking' | 'WorkNotReady' | 'WorkReady' | 'BusyOther' | 'Reserved' | 'Unknown' | 'Hold' | 'Active' | 'Paused' | 'Interrupted' | 'NotActive';
  /** Routable 1, NotRoutable 0 */
  readonly AgentMode: 'Routable' | 'NotRoutable';
  /** CallByCall 3, NailedUp 4 */
  readonly AgentCallMode: 'CallByCall' | 'NailedUp';
  /** Unknown -1, NotAvailable 0, ICMAvailable 1, ApplicationAvailable 2 */
  readonly AgentAvailabilityStatus: 'Unknown' | 'NotAvailable' | 'ICMAvailable' | 'ApplicationAvailable';
  /** Disable 1, Enable 2 */
  readonly AgentGreetingAction: 'Disable' | 'Enable';
  /** Unknown 0, Incoming 1, Outgoing 2 */
  readonly IncomingOrOutgoing: 'Unknown' | 'Incoming' | 'Outgoing';
  /** NotUsed 0, Requested 1, Required 2 */
  readonly ReasonCodeState: 'NotUsed' | 'Requested' | 'Required';
  /** Required 0, Optional 1, NotAllowed 2, RequiredWithWrapupData 3 */
  readonly WrapupDataMode: 'Required' | 'Optional' | 'NotAllowed' | 'RequiredWithWrapupData';
  /** SupervisorLoggedAgentOut 999, CtiosForcedLogoutReasonCode */
  readonly SupervisorLogoutReason: 'SupervisorLoggedAgentOut' | 'CtiosForcedLogoutReasonCode';
  /** Bits, joined by "|": RegularAgent 0, PrimarySupervisor 1, TemporaryAgent 2, Supervisor 4 */
  readonly TeamMemberAgentFlags: 'RegularAgent' | 'PrimarySupervisor' | 'TemporaryAgent' | 'Supervisor';
  /** AddAgent 1, RemoveAgent 2 */
  readonly TeamMemberConfigOperation: 'AddAgent' | 'RemoveAgent';
  /** agent agent */
  readonly ChatDistribution: 'agent';
  /** None 65535, Null 0, Initiate 1, Alerting 2, Connect 3, Hold 4, Queued 5, Fail 6 */
  readonly CallStatus: 'None' | 'Null' | 'Initiate' | 'Alerting' | 'Connect' | 'Hold' | 'Queued' | 'Fail';
  /** Unspecified 0, LineCall 1, Outbound 2, OutboundNoAccessCode 3, DirectPosition 4, DirectAgent 5, SupervisorAssist 6, RecordAgentGreeting 7 */
  readonly CallPlacementType: 'Unspecified' | 'LineCall' | 'Outbound' | 'OutboundNoAccessCode' | 'DirectPosition' | 'DirectAgent' | 'SupervisorAssist' | 'RecordAgentGreeting';
  /** Input 0, Output 1, Bidirectional 2 */
  readonly RTPDirection: 'Input' | 'Output' | 'Bidirectional';
  /** Audio 0, Video 1, Data 2 */
  readonly RTPType: 'Audio' | 'Video' | 'Data';
  /** Off 0, On 1 */
  readonly EchoCancellation: 'Off' | 'On';
  /** NotConnected 0, AgentConnection 1, MonitorConnection 2, SessionModeNotSet */
  readonly ConnectionMode: 'NotConnected' | 'AgentConnection' | 'MonitorConnection' | 'SessionModeNotSet';
  /** ProtocolMismatch 0, MissedHeartbeats 1, TransportError 2, ConnectFail 3, OtherError 4 */
  readonly ConnectionFailureReason: 'ProtocolMismatch' | 'MissedHeartbeats' | 'TransportError' | 'ConnectFail' | 'OtherError';
  /** DriverOutOfService 1, ServiceNotSupported 2, OperationNotSupported 3, InvalidPriviledge 4, UnknownRequestID 5, UnknownEventID 6, UnknownObjectID 7, RequiredArgMissing 8, InvalidObjectState 9, ServerConnectionStatus 10, InconsistentAgentData 11, AgentAlreadyLoggedIn 12, ForcedNotReadyForConfigError 13, MonitorModeConnectionDenied 14 */
  readonly CTIOSFailureCode: 'DriverOutOfService' | 'ServiceNotSupported' | 'OperationNotSupported' | 'InvalidPriviledge' | 'UnknownRequestID' | 'UnknownEventID' | 'UnknownObjectID' | 'RequiredArgMissing' | 'InvalidObjectState' | 'ServerConnectionStatus' | 'InconsistentAgentData' | 'AgentAlreadyLoggedIn' | 'ForcedNotReadyForConfigError' | 'MonitorModeConnectionDenied';
  /** CentralControllerOnline 1, CentralControllerOffline 2, PeripheralOnline 3, PeripheralOffline 4, TextFYI 5, PeripheralGatewayOffline 6, CtiServerOffline 7, CtiServerOnline 8, HalfHourChange 9, InstrumentOutOfService 10, InstrumentBackInService 11, CtiServerDriverOnline 12, CtiServerDriverOffline 13, CTIOSServerOffline 14, CTIOSServerOnline 15, AgentSummaryStatusOnline 16, AgentSummaryStatusOffline 17 */
  readonly SystemEventID: 'CentralControllerOnline' | 'CentralControllerOffline' | 'PeripheralOnline' | 'PeripheralOffline' | 'TextFYI' | 'PeripheralGatewayOffline' | 'CtiServerOffline' | 'CtiServerOnline' | 'HalfHourChange' | 'InstrumentOutOfService' | 'InstrumentBackInService' | 'CtiServerDriverOnline' | 'CtiServerDriverOffline' | 'CTIOSServerOffline' | 'CTIOSServerOnline' | 'AgentSummaryStatusOnline' | 'AgentSummaryStatusOffline';
  /** AgentDesktop 0, SupervisorDesktop 1 */
  readonly DesktopType: 'AgentDesktop' | 'SupervisorDesktop';
  /** SnapshotOn 0, SnapshotOff 1 */
  readonly MonitorSessionSnapshotMode: 'SnapshotOn' | 'SnapshotOff';
  /** FullEventArguments 0, MinimalEventArguments 1 */
  readonly MinimizeEventArgs: 'FullEventArguments' | 'MinimalEventArguments';
  /** SkillGroupStats SkillGroupStats */
  readonly FilterTargetValue: 'SkillGroupStats';
  /** SessionList, AgentList, SkillGroupList, AllInOneList */
  readonly SubscriberList: 'SessionList' | 'AgentList' | 'SkillGroupList' | 'AllInOneList';
  /** Notset, Int, Uint, Short, Ushort, Bool, String, Argarray, Argument, Reference */
  readonly ArgType: 'Notset' | 'Int' | 'Uint' | 'Short' | 'Ushort' | 'Bool' | 'String' | 'Argarray' | 'Argument' | 'Reference';
  /** EventSignaled, EventWaitTimedout, WaitFailed */
  readonly WaitResult: 'EventSignaled' | 'EventWaitTimedout' | 'WaitFailed';
  /** Bits, joined by "|": LevelMajor 255, LevelEventReq 65280, LevelMethod 16711680, LevelMemory 4278190080, MaskAlways 0, MaskCritical 1, MaskWarning 2, MaskEvtReqHigh 4, MaskEvtReqHighParm 8, MaskEvtReqAvg 16, MaskEvtReqAvgParm 32, MaskEvtReqLow 64, MaskEvtReqLowParm 128, MaskMethodHigh 256, MaskMethodHighLogic 512, MaskMethodAvg 1024, MaskMethodAvgLogic 2048, MaskMethodLow 4096, MaskMethodLowLogic 8192, MaskMethodMap 16384, MaskArgsMethods 16777216, MaskArgsLogic 33554432, MaskPacketsMethods 67108864, MaskPacketsLogic 134217728, MaskSerializeDump 268435456, MaskSocketsDump 536870912, MaskThreading 1073741824, MaskConnection 2147483648 */
  readonly TraceMask: 'LevelMajor' | 'LevelEventReq' | 'LevelMethod' | 'LevelMemory' | 'MaskAlways' | 'MaskCritical' | 'MaskWarning' | 'MaskEvtReqHigh' | 'MaskEvtReqHighParm' | 'MaskEvtReqAvg' | 'MaskEvtReqAvgParm' | 'MaskEvtReqLow' | 'MaskEvtReqLowParm' | 'MaskMethodHigh' | 'MaskMethodHighLogic' | 'MaskMethodAvg' | 'MaskMethodAvgLogic' | 'MaskMethodLow' | 'MaskMethodLowLogic' | 'MaskMethodMap' | 'MaskArgsMethods' | 'MaskArgsLogic' | 'MaskPacketsMethods' | 'MaskPacketsLogic' | 'MaskSerializeDump' | 'MaskSocketsDump' | 'MaskThreading' | 'MaskConnection';
  /** SetAgentStateRequest 38, ConsultationCallRequest 50, EmergencyCallRequest 121, SupervisorAssistRequest 118, GlobalSettingsDownloadRequest, QueryAgentStateRequest 36, AlternateCallRequest 40, AnswerCallRequest 42, ClearCallRequest 44, ClearConnectionRequest 46, ConferenceCallRequest 48, HoldCallRequest 54, MakeCallRequest 56, ReconnectCallRequest 60, RetrieveCallRequest 62, TransferCallRequest 64, SnapshotCallRequest 82, SnapshotDeviceRequest 84, SendDTMFSignalRequest 91, SetCallDataRequest 26, SuperviseCallRequest 124, BadCallRequest 139, StartRecordingRequest 147, StopRecordingRequest 149, AgentGreetingControlRequest 249, UserMessageRequest 107, AgentDeskSettingsRequest 131, MonitorAgentTeamStartRequest 135, MonitorAgentTeamStopRequest 137, ListAgentTeamRequest 133, QueryAgentStatisticsRequest 112, QuerySkillGroupStatisticsRequest 114 */
  readonly RequestID: 'SetAgentStateRequest' | 'ConsultationCallRequest' | 'EmergencyCallRequest' | 'SupervisorAssistRequest' | 'GlobalSettingsDownloadRequest' | 'QueryAgentStateRequest' | 'AlternateCallRequest' | 'AnswerCallRequest' | 'ClearCallRequest' | 'ClearConnectionRequest' | 'ConferenceCallRequest' | 'HoldCallRequest' | 'MakeCallRequest' | 'ReconnectCallRequest' | 'RetrieveCallRequest' | 'TransferCallRequest' | 'SnapshotCallRequest' | 'SnapshotDeviceRequest' | 'SendDTMFSignalRequest' | 'SetCallDataRequest' | 'SuperviseCallRequest' | 'BadCallRequest' | 'StartRecordingRequest' | 'StopRecordingRequest' | 'AgentGreetingControlRequest' | 'UserMessageRequest' | 'AgentDeskSettingsRequest' | 'MonitorAgentTeamStartRequest' | 'MonitorAgentTeamStopRequest' | 'ListAgentTeamRequest' | 'QueryAgentStatisticsRequest' | 'QuerySkillGroupStatisticsRequest';
  /** Bits, joined by "|": DisableAll 4194304, Answer 1, Release 2, Hold 4, Retrieve 8, Makecall 16, TransferInit 32, TransferComplete 64, SingleStepTransfer 128, ConferenceInit 256, ConferenceComplete 512, SingleStepConference 1024, Alternate 2048, Reconnect 4096, Wrapup 8192, InsideMakecall 16384, OutsideMakecall 32768, SupervisorAssist 65536, EmergencyCall 131072, BadLineCall 262144, Statistics 524288, Chat 1048576, Record 2097152, Login 16777216, Logout 33554432, LogoutWithReason 67108864, Ready 134217728, Notready 268435456, NotreadyWithReason 536870912, Workready 1073741824, Worknotready 2147483648, DisableReady 4160749567, DisableNotready 3489660927, DisableWorkready 3221225471 */
  readonly ButtonEnablementMask: 'DisableAll' | 'Answer' | 'Release' | 'Hold' | 'Retrieve' | 'Makecall' | 'TransferInit' | 'TransferComplete' | 'SingleStepTransfer' | 'ConferenceInit' | 'ConferenceComplete' | 'SingleStepConference' | 'Alternate' | 'Reconnect' | 'Wrapup' | 'InsideMakecall' | 'OutsideMakecall' | 'SupervisorAssist' | 'EmergencyCall' | 'BadLineCall' | 'Statistics' | 'Chat' | 'Record' | 'Login' | 'Logout' | 'LogoutWithReason' | 'Ready' | 'Notready' | 'NotreadyWithReason' | 'Workready' | 'Worknotready' | 'DisableReady' | 'DisableNotready' | 'DisableWorkready';
  /** Bits, joined by "|": SetAgentLogout 1, SetAgentReady 2, Silentmonitor 4, BargeIn 4, Intercept 8, Clear 16, StartSilentmonitor 32, StopSilentmonitor 64, DisableSetAgentLogout 4294967294, DisableSetAgentReady 4294967293, DisableSilentmonitor 4294967291, DisableBargeIn 4294967291, DisableIntercept 4294967287, DisableClear 4294967279, DisableStartSilentmonitor 4294967263, DisableStopSilentmonitor 4294967231, DisableSuperviseCall 4294967171, DisableSetAgentState 4294967292, DisableAllAgentSelect 4294967171 */
  readonly SupervisorButtonEnablementMask: 'SetAgentLogout' | 'SetAgentReady' | 'Silentmonitor' | 'BargeIn' | 'Intercept' | 'Clear' | 'StartSilentmonitor' | 'StopSilentmonitor' | 'DisableSetAgentLogout' | 'DisableSetAgentReady' | 'DisableSilentmonitor' | 'DisableBargeIn' | 'DisableIntercept' | 'DisableClear' | 'DisableStartSilentmonitor' | 'DisableStopSilentmonitor' | 'DisableSuperviseCall' | 'DisableSetAgentState' | 'DisableAllAgentSelect';
  /** LoginAgentBtn ENABLE_LOGIN, LoginSupervisorBtn ENABLE_LOGIN, LogoutBtn ENABLE_LOGOUT | ENABLE_LOGOUT_WITH_REASON, ReadyBtn ENABLE_READY, NotReadyBtn ENABLE_NOTREADY | ENABLE_NOTREADY_WITH_REASON, WorkReadyBtn ENABLE_WORKREADY, WorkNotReadyBtn ENABLE_WORKNOTREADY */
  readonly AgentStateButtonToMask: 'LoginAgentBtn' | 'LoginSupervisorBtn' | 'LogoutBtn' | 'ReadyBtn' | 'NotReadyBtn' | 'WorkReadyBtn' | 'WorkNotReadyBtn';
  /** Clear 0, Monitor 1, Whisper 2, BargeIn 3, Intercept 4 */
  readonly SupervisoryAction: 'Clear' | 'Monitor' | 'Whisper' | 'BargeIn' | 'Intercept';
  /** Unknown -1, Ok 0, Failed 1, ComError 2, MonitorStarted 3, MonitorStopped 4, HeartbeatTimeout 5, OutOfMemory 6, PortUnavailable 7, IncorrectStateForThisAction 8, ResourceError 9, RejectedBadParameter 10, WinsockError 11, MediaTerminationNotPresent 12, IPPhoneInformatioNotAvailable 13, MissingParameter 14, SessionNotFound 15, SessionAlreadyExists 16, Disconnected 17, InvalidStateForAction 18, InProgress 19, MaxSessionsExceeded 20, CCMSilentMonitor 21, SessionTerminatedAbnormally 268435456, RejectedAlreadyInSession 268435457, RejectedWinPcapNotPresent 268435458, WinPcapError 268435459, MediaUnknownCodec 268435460, IncorrectSessionMode 268435461, PeerSilentMonitorNotEnabled 268435462, SilentMonitorNotEnabled 268435463, NoResponseFromPeer 268435464, PeerLoggedOut 268435465, SessionTerminatedByMonitoredClient 268435466, SessionTerminatedByMonitoringClient 268435467, NoRTPPacketsReceivedFormIPPhone 268435468, SessionConnectionToDelegateLost 268435469, MTError 536870912, WPNoPacketsReceived 805306368, WPFailedToOpenDevice 805306369, WPFailedToSetFilterExp 805306370, WPErrorInFilterExp 805306371 */
  readonly SilentMonitorStatus: 'Unknown' | 'Ok' | 'Failed' | 'ComError' | 'MonitorStarted' | 'MonitorStopped' | 'HeartbeatTimeout' | 'OutOfMemory' | 'PortUnavailable' | 'IncorrectStateForThisAction' | 'ResourceError' | 'RejectedBadParameter' | 'WinsockError' | 'MediaTerminationNotPresent' | 'IPPhoneInformatioNotAvailable' | 'MissingParameter' | 'SessionNotFound' | 'SessionAlreadyExists' | 'Disconnected' | 'InvalidStateForAction' | 'InProgress' | 'MaxSessionsExceeded' | 'CCMSilentMonitor' | 'SessionTerminatedAbnormally' | 'RejectedAlreadyInSession' | 'RejectedWinPcapNotPresent' | 'WinPcapError' | 'MediaUnknownCodec' | 'IncorrectSessionMode' | 'PeerSilentMonitorNotEnabled' | 'SilentMonitorNotEnabled' | 'NoResponseFromPeer' | 'PeerLoggedOut' | 'SessionTerminatedByMonitoredClient' | 'SessionTerminatedByMonitoringClient' | 'NoRTPPacketsReceivedFormIPPhone' | 'SessionConnectionToDelegateLost' | 'MTError' | 'WPNoPacketsReceived' | 'WPFailedToOpenDevice' | 'WPFailedToSetFilterExp' | 'WPErrorInFilterExp';
  /** NotSet -1, MonitoredMode 0, MonitoringMode 1 */
  readonly SMManagerMode: 'NotSet' | 'MonitoredMode' | 'MonitoringMode';
  /** MonitoringMode 0, MonitoredMode 1 */
  readonly SilentMonitorForceMonitoredMode: 'MonitoringMode' | 'MonitoredMode';
  /** OnConnection 1, OnConnectionFailure 2, OnMonitorModeEstablished 5, OnConnectionClosed 39, OnControlFailureConf 41, OnCtiOsFailure 304, OnCallRTPStartedEvent 502, OnCallRTPStoppedEvent 503, OnSilentMonitorStatusReportEvent 802, OnStartSilentMonitorConf 803, OnStopSilentMonitorConf 804, OnSilentMonitorSessionDisconnected 805 */
  readonly SilentMonitorCtlDispatchID: 'OnConnection' | 'OnConnectionFailure' | 'OnMonitorModeEstablished' | 'OnConnectionClosed' | 'OnControlFailureConf' | 'OnCtiOsFailure' | 'OnCallRTPStartedEvent' | 'OnCallRTPStoppedEvent' | 'OnSilentMonitorStatusReportEvent' | 'OnStartSilentMonitorConf' | 'OnStopSilentMonitorConf' | 'OnSilentMonitorSessionDisconnected';
  /** Ok 1, Fail 0, MethodNoImplemented -99, InvalidProperty -100, ModeConflict -101, InvalidEventid -102, InvalidArgument -103, InvalidSession -104, Unexpected -105, ObjAllocationFailed -106, ArrayrefAllocationFailed -107, ArgumentAllocationFailed -108, TargetObjectNotFound -109, PropAttributesAccessFailed -110, InvalidObjectType -111, InvalidAgent -112, InvalidCall -113, InFailover -114, InvalidDesktopType -115, MissingArgument -116, CallNotOnHold -117, CallAlreadyOnHold -118, CallNotAlerting -119, AgentNotLogin -120, InvalidMethodParameter -121, Unknown -122, OutOfMemory -123, PortUnavailable -124, SmSessionTerminatedAbnormally -125, SmRejectedAlreadyInSession -126, SmPacketSnifferNotInstalled -127, PacketSnifferFailed -128, SocketCallFailed -129, MediaTerminationNotInstalled -130, MtUnknownCodec -131, MediaTerminationFailed -132, SnifferNoPacketsReceived -133, SnifferFailedToOpenDevice -134, SnifferFailedToSetFilter -135, ErrorInPacketFilter -136, InvalidMonitoredIpAddress -137, InvalidSnifferObject -138, InvalidDecoderObject -139, NoSmSessionInProgress -140, InvalidSilentMonitorSession -141, FailedRemovingSilentMonitorSession -142, IpPhoneInformationNotAvailable -143, PeerNotEnabledForSilentMonitor -144, NotEnabledForSilentMonitor -145, NoPendingRequest -146, AlreadyInSession -147, ModeSetAlready -148, ModeNotSet -149, InvalidObjectState -150, InvalidSilentMonitorMode -151, ComObjAllocationFailed -200, ComCorruptedRegistry -201, ComDialpadFailToLoad -202, ComConvComptrToCppptrFailed -203, ComNotInitialized -204, SessionDisconnectPending -300, SessionNotConnected -301, SessionNotDisconnected -351, AgentAlreadyInSession -900, SetAgentSessionDisconnectRequired -901, ServiceSendMessageFailed -902, CallAlreadyCurrentInSession -903, LoginInconsistentArguments -904 */
  readonly CilError: 'Ok' | 'Fail' | 'MethodNoImplemented' | 'InvalidProperty' | 'ModeConflict' | 'InvalidEventid' | 'InvalidArgument' | 'InvalidSession' | 'Unexpected' | 'ObjAllocationFailed' | 'ArrayrefAllocationFailed' | 'ArgumentAllocationFailed' | 'TargetObjectNotFound' | 'PropAttributesAccessFailed' | 'InvalidObjectType' | 'InvalidAgent' | 'InvalidCall' | 'InFailover' | 'InvalidDesktopType' | 'MissingArgument' | 'CallNotOnHold' | 'CallAlreadyOnHold' | 'CallNotAlerting' | 'AgentNotLogin' | 'InvalidMethodParameter' | 'Unknown' | 'OutOfMemory' | 'PortUnavailable' | 'SmSessionTerminatedAbnormally' | 'SmRejectedAlreadyInSession' | 'SmPacketSnifferNotInstalled' | 'PacketSnifferFailed' | 'SocketCallFailed' | 'MediaTerminationNotInstalled' | 'MtUnknownCodec' | 'MediaTerminationFailed' | 'SnifferNoPacketsReceived' | 'SnifferFailedToOpenDevice' | 'SnifferFailedToSetFilter' | 'ErrorInPacketFilter' | 'InvalidMonitoredIpAddress' | 'InvalidSnifferObject' | 'InvalidDecoderObject' | 'NoSmSessionInProgress' | 'InvalidSilentMonitorSession' | 'FailedRemovingSilentMonitorSession' | 'IpPhoneInformationNotAvailable' | 'PeerNotEnabledForSilentMonitor' | 'NotEnabledForSilentMonitor' | 'NoPendingRequest' | 'AlreadyInSession' | 'ModeSetAlready' | 'ModeNotSet' | 'InvalidObjectState' | 'InvalidSilentMonitorMode' | 'ComObjAllocationFailed' | 'ComCorruptedRegistry' | 'ComDialpadFailToLoad' | 'ComConvComptrToCppptrFailed' | 'ComNotInitialized' | 'SessionDisconnectPending' | 'SessionNotConnected' | 'SessionNotDisconnected' | 'AgentAlreadyInSession' | 'SetAgentSessionDisconnectRequired' | 'ServiceSendMessageFailed' | 'CallAlreadyCurrentInSession' | 'LoginInconsistentArguments';
  /** SOk 0, SFalse 1, EFailed 2147483656, RegDbEClassnotreg 2147746115 */
  readonly ComError: 'SOk' | 'SFalse' | 'EFailed' | 'RegDbEClassnotreg';
  /** Unknown -1, TeldriveLocktpservices 10001, TeldriveLockinstance 10002, TeldriveLockteldrivelayer 10003, TeldriveNoinstrumentforextension 10004, TeldriveAgentalreadyloggedout 10101, TeldriveAgentalreadysignedon 10102, TeldriveAgentavailorwork 10103, TeldriveAgentcantgounvailable 10104, TeldriveAgentnotinateam 10105, TeldriveAgentreserved 10106, TeldriveAgentteamnotfound 10107, TeldriveBadstatetransition 10108, TeldriveCalltypenotvalidfordialplan 10109, TeldriveCantgoreadyfromcurrentstate 10111, TeldriveCantlogoutfromcurrentstate 10112, GwEThreadclearcallDropException 13042, GwEThreadclearconnectionUnknownConnection 13044, GwEThreadconferencecallActiveConnNotTalking 13045, GwEThreadconferencecallBadActiveConnection 13046, GwEThreadconferencecallBadHeldConnection 13047, GwEThreadconferencecallCreatecallNullCall 13048, GwEThreadconferencecallExceptionAddparty 13049, GwEThreadconferencecallExceptionConferenceNew 13050, GwEThreadconferencecallExceptionConferenceHeld 13051, GwEThreadconferencecallExceptionConsult 13052, GwEThreadconferencecallExceptionCreatecall 13053, GwEThreadconferencecallExceptionSetconferenceenable 13054, GwEThreadconferencecallExceptionSettransfercontroller 13055, GwEThreadconferencecallHeldConnNotHeld 13056, GwEThreadconferencecallNullDialedNumber 13057, GwEThreadconsultationcallCreatecallNullCall 13058, GwEThreadconsultationcallExceptionConsult 13059, GwEThreadconsultationcallExceptionCreatecall 13060, GwEThreadconsultationcallExceptionSetconferenceenable 13061, GwEThreadconsultationcallInvalidConsultType 13062, GwEThreadconsultationcallNoActiveConnection 13063, GwEThreadescapeserviceCreatecallNullCall1 13064, GwEThreadescapeserviceCreatecallNullCall2 13065, GwEThreadescapeserviceCreatecallNullCall3 13066, GwEThreadescapeserviceExceptionConference 13067, GwEThreadescapeserviceExceptionConnect 13068, GwEThreadescapeserviceExceptionConsult1 13069, GwEThreadescapeserviceExceptionConsult2 13070, GwEThreadescapeserviceExceptionCreatecall1 13071, GwEThreadescapeserviceExceptionCreatecall2 13072, GwEThreadescapeserviceExceptionCreatecall3 13073, GwEThreadescapeserviceExceptionGetaddress 13074, GwEThreadescapeserviceExceptionGetterminals 13075, GwEThreadescapeserviceExceptionSetconferenceenable1 13076, GwEThreadescapeserviceExceptionSetconferenceenable2 13077, GwEThreadescapeserviceInvalidEmergencyAlertType 13078, GwEThreadescapeserviceInvalidSupervisorAssistType 13079, GwEThreadescapeserviceNoTerminalList 13080, GwEThreadholdcallCallNotControlled 13081, GwEThreadholdcallExceptionHold 13082, GwEThreadmakecallCreatecallNullCall 13083, GwEThreadmakecallCreateCallFailure 13084, GwEThreadmakecallGenericCmError 13085, GwEThreadmakecallNullTerminalList 13086, GwEThreadmakecallProviderGetaddress 13087, GwEThreadmakecallProviderGetterminal 13088, GwEThreadredirectcallExceptionRedirect 13089, GwEThreadretrievecallCallNotControlled 13090, GwEThreadretrievecallExceptionUnhold 13091, GwEThreadsenddtmfExceptionGeneratedtmf 13092, GwEThreadsenddtmfInvalidConnection 13093, GwEThreadsenddtmfNotMediaterminalconnection 13094, GwEThreadsupervisecallActiveConnNotTalking 13095, GwEThreadsupervisecallAlreadyBargedIn 13096, GwEThreadsupervisecallCreatecallNullCall 13097, GwEThreadsupervisecallExceptionAnswer1 13098, GwEThreadsupervisecallExceptionAnswer2 13099, GwEThreadsupervisecallExceptionConference1 13100, GwEThreadsupervisecallExceptionConference2 13101, GwEThreadsupervisecallExceptionConsult 13102, GwEThreadsupervisecallExceptionCreatecall 13103, GwEThreadsupervisecallExceptionDisconnect1 13104, GwEThreadsupervisecallExceptionDisconnect2 13105, GwEThreadsupervisecallExceptionSetconferenceenable 13106, GwEThreadsupervisecallHeldConnNotHeld1 13107, GwEThreadsupervisecallHeldConnNotHeld2 13108, GwEThreadsupervisecallInvalidAction 13109, GwEThreadsupervisecallInvalidActiveConnection 13110, GwEThreadsupervisecallInvalidAgentCallid1 13111, GwEThreadsupervisecallInvalidAgentCallid2 13112, GwEThreadsupervisecallInvalidAgentConnection1 13113, GwEThreadsupervisecallInvalidAgentConnection2 13114, GwEThreadsupervisecallInvalidHeldConnection 13115, GwEThreadsupervisecallInvalidSupervisorConnection1 13116, GwEThreadsupervisecallInvalidSupervisorConnection2 13117, GwEThreadsupervisecallInvalidSupervisorConnection3 13118, GwEThreadsupervisecallInvalidSupervisorConnection4 13119, GwEThreadsupervisecallSupervisorNotTalking 13120, GwEThreadtransfercallActiveConnNotTalking 13121, GwEThreadtransfercallExceptionSettransfercontroller 13122, GwEThreadtransfercallExceptionTransfer1 13123, GwEThreadtransfercallExceptionTransfer2 13124, GwEThreadtransfercallHeldConnNotHeld 13125, GwEThreadtransfercallInvalidActiveConnection 13126, GwEThreadtransfercallInvalidHeldConnection 13127, CmUnspecified 20000, CmTimeout 20001, CmNoActiveDeviceForThirdparty 20002, CmExistingFirstparty 20003, CmIllegalHandle 20004, CmUndefinedLine 20005, CmIllegalCallingparty 20006, CmCallAlreadyExists 20007, CmLinecontrolFailure 20008, CmIllegalCallstate 20009, CmCallhandleNotincomingcall 20010, CmTransferfailedDestinationUnallocated 20011, CmTransferfailedDestinationBusy 20013, CmTransferfailed 20014, CmHoldfailed 20015, CmRetrievefailed 20017, CmDbNoMoreDevices 20018, CmDbIllegalDeviceType 20020, CmDbError 20021, CmCannotTerminateMediaOnPhone 20022, CmUnknownGlobalCallHandle 20025, CmDeviceNotOpen 20026, CmAssociatedLineNotOpen 20027, CmSsapiNotRegistered 20028, CmRedirectCallDoesNotExist 20029, CmRedirectCallinfoErr 20048, CmRedirectErr 20049, CmRedirectCallCallTableFull 20050, CmRedirectCallProtocolError 20051, CmRedirectCallUnknownDestination 20052, CmRedirectCallDigitAnalysisTimeout 20053, CmRedirectCallMediaConnectionFailed 20054, CmRedirectCallPartyTableFull 20055, CmRedirectCallOriginatorAbandoned 20056, CmRedirectCallUnknownParty 20057, CmRedirectCallIncompatibleState 20058, CmRedirectCallPendingRedirectTransaction 20059, CmRedirectCallUnknownError 20060, CmRedirectCallNormalClearing 20061, CmRedirectCallUnrecognizedManager 20062, CmRedirectCallDestinationBusy 20063, CmRedirectCallDestinationOutOfOrder 20064, CmCannotOpenDevice 20065, CmTransferfailedOutstandingTransfer 20066, CmTransferfailedCallcontrolTimeout 20067, CmCallhandleUnknownToLinecontrol 20068, CmOperationNotAvailableInCurrentState 20069, CmConferenceFull 20070, CmMaxNumberOfCtiConnectionsReached 20071, CmIncompatibleProtocolVersion 20080, CmUnrecognizablePdu 20081, CmIllegalMessageFormat 20082, CmDirectoryTemporaryUnavailable 20094, CmDirectoryLoginNotAllowed 20095, CmDirectoryLoginFailed 20096, CmProviderNotOpen 20097, CmProviderAlreadyOpen 20098, CmNotInitialized 20099, CmClusterLinkFailure 20100, CmLineInfoDoesNotExist 20101, CmDigitGenerationAlreadyInProgress 20102, CmDigitGenerationWrongCallHandle 20103, CmDigitGenerationWrongCallState 20104, CmDigitGenerationCallstateChanged 20105, CmRetrievefailedActiveCallOnLine 20112, CmInvalidLineHandle 20113, CmLineNotPrimary 20114, CmCfwdallAlreadySet 20115, CmCfwdallDestnInvalid 20116, CmCfwdallAlreadyOff 20117, CmDeviceOutOfService 20119, CmMsgwaitingDestnInvalid 20120, CmDaresInvalidReqType 20121, CmConferenceFailed 20122, CmConferenceInvalidParticipant 20123, CmConferenceAlreadyPresent 20124, CmConferenceInactive 20125, CmTransferInactive 20126, CmCommandNotImplementedOnDevice 20153, CmProviderClosed 20512, CmProtocolTimeout 20513, CmGeneral 24095 */
  readonly PeripheralErrorCode: 'Unknown' | 'TeldriveLocktpservices' | 'TeldriveLockinstance' | 'TeldriveLockteldrivelayer' | 'TeldriveNoinstrumentforextension' | 'TeldriveAgentalreadyloggedout' | 'TeldriveAgentalreadysignedon' | 'TeldriveAgentavailorwork' | 'TeldriveAgentcantgounvailable' | 'TeldriveAgentnotinateam' | 'TeldriveAgentreserved' | 'TeldriveAgentteamnotfound' | 'TeldriveBadstatetransition' | 'TeldriveCalltypenotvalidfordialplan' | 'TeldriveCantgoreadyfromcurrentstate' | 'TeldriveCantlogoutfromcurrentstate' | 'GwEThreadclearcallDropException' | 'GwEThreadclearconnectionUnknownConnection' | 'GwEThreadconferencecallActiveConnNotTalking' | 'GwEThreadconferencecallBadActiveConnection' | 'GwEThreadconferencecallBadHeldConnection' | 'GwEThreadconferencecallCreatecallNullCall' | 'GwEThreadconferencecallExceptionAddparty' | 'GwEThreadconferencecallExceptionConferenceNew' | 'GwEThreadconferencecallExceptionConferenceHeld' | 'GwEThreadconferencecallExceptionConsult' | 'GwEThreadconferencecallExceptionCreatecall' | 'GwEThreadconferencecallExceptionSetconferenceenable' | 'GwEThreadconferencecallExceptionSettransfercontroller' | 'GwEThreadconferencecallHeldConnNotHeld' | 'GwEThreadconferencecallNullDialedNumber' | 'GwEThreadconsultationcallCreatecallNullCall' | 'GwEThreadconsultationcallExceptionConsult' | 'GwEThreadconsultationcallExceptionCreatecall' | 'GwEThreadconsultationcallExceptionSetconferenceenable' | 'GwEThreadconsultationcallInvalidConsultType' | 'GwEThreadconsultationcallNoActiveConnection' | 'GwEThreadescapeserviceCreatecallNullCall1' | 'GwEThreadescapeserviceCreatecallNullCall2' | 'GwEThreadescapeserviceCreatecallNullCall3' | 'GwEThreadescapeserviceExceptionConference' | 'GwEThreadescapeserviceExceptionConnect' | 'GwEThreadescapeserviceExceptionConsult1' | 'GwEThreadescapeserviceExceptionConsult2' | 'GwEThreadescapeserviceExceptionCreatecall1' | 'GwEThreadescapeserviceExceptionCreatecall2' | 'GwEThreadescapeserviceExceptionCreatecall3' | 'GwEThreadescapeserviceExceptionGetaddress' | 'GwEThreadescapeserviceExceptionGetterminals' | 'GwEThreadescapeserviceExceptionSetconferenceenable1' | 'GwEThreadescapeserviceExceptionSetconferenceenable2' | 'GwEThreadescapeserviceInvalidEmergencyAlertType' | 'GwEThreadescapeserviceInvalidSupervisorAssistType' | 'GwEThreadescapeserviceNoTerminalList' | 'GwEThreadholdcallCallNotControlled' | 'GwEThreadholdcallExceptionHold' | 'GwEThreadmakecallCreatecallNullCall' | 'GwEThreadmakecallCreateCallFailure' | 'GwEThreadmakecallGenericCmError' | 'GwEThreadmakecallNullTerminalList' | 'GwEThreadmakecallProviderGetaddress' | 'GwEThreadmakecallProviderGetterminal' | 'GwEThreadredirectcallExceptionRedirect' | 'GwEThreadretrievecallCallNotControlled' | 'GwEThreadretrievecallExceptionUnhold' | 'GwEThreadsenddtmfExceptionGeneratedtmf' | 'GwEThreadsenddtmfInvalidConnection' | 'GwEThreadsenddtmfNotMediaterminalconnection' | 'GwEThreadsupervisecallActiveConnNotTalking' | 'GwEThreadsupervisecallAlreadyBargedIn' | 'GwEThreadsupervisecallCreatecallNullCall' | 'GwEThreadsupervisecallExceptionAnswer1' | 'GwEThreadsupervisecallExceptionAnswer2' | 'GwEThreadsupervisecallExceptionConference1' | 'GwEThreadsupervisecallExceptionConference2' | 'GwEThreadsupervisecallExceptionConsult' | 'GwEThreadsupervisecallExceptionCreatecall' | 'GwEThreadsupervisecallExceptionDisconnect1' | 'GwEThreadsupervisecallExceptionDisconnect2' | 'GwEThreadsupervisecallExceptionSetconferenceenable' | 'GwEThreadsupervisecallHeldConnNotHeld1' | 'GwEThreadsupervisecallHeldConnNotHeld2' | 'GwEThreadsupervisecallInvalidAction' | 'GwEThreadsupervisecallInvalidActiveConnection' | 'GwEThreadsupervisecallInvalidAgentCallid1' | 'GwEThreadsupervisecallInvalidAgentCallid2' | 'GwEThreadsupervisecallInvalidAgentConnection1' | 'GwEThreadsupervisecallInvalidAgentConnection2' | 'GwEThreadsupervisecallInvalidHeldConnection' | 'GwEThreadsupervisecallInvalidSupervisorConnection1' | 'GwEThreadsupervisecallInvalidSupervisorConnection2' | 'GwEThreadsupervisecallInvalidSupervisorConnection3' | 'GwEThreadsupervisecallInvalidSupervisorConnection4' | 'GwEThreadsupervisecallSupervisorNotTalking' | 'GwEThreadtransfercallActiveConnNotTalking' | 'GwEThreadtransfercallExceptionSettransfercontroller' | 'GwEThreadtransfercallExceptionTransfer1' | 'GwEThreadtransfercallExceptionTransfer2' | 'GwEThreadtransfercallHeldConnNotHeld' | 'GwEThreadtransfercallInvalidActiveConnection' | 'GwEThreadtransfercallInvalidHeldConnection' | 'CmUnspecified' | 'CmTimeout' | 'CmNoActiveDeviceForThirdparty' | 'CmExistingFirstparty' | 'CmIllegalHandle' | 'CmUndefinedLine' | 'CmIllegalCallingparty' | 'CmCallAlreadyExists' | 'CmLinecontrolFailure' | 'CmIllegalCallstate' | 'CmCallhandleNotincomingcall' | 'CmTransferfailedDestinationUnallocated' | 'CmTransferfailedDestinationBusy' | 'CmTransferfailed' | 'CmHoldfailed' | 'CmRetrievefailed' | 'CmDbNoMoreDevices' | 'CmDbIllegalDeviceType' | 'CmDbError' | 'CmCannotTerminateMediaOnPhone' | 'CmUnknownGlobalCallHandle' | 'CmDeviceNotOpen' | 'CmAssociatedLineNotOpen' | 'CmSsapiNotRegistered' | 'CmRedirectCallDoesNotExist' | 'CmRedirectCallinfoErr' | 'CmRedirectErr' | 'CmRedirectCallCallTableFull' | 'CmRedirectCallProtocolError' | 'CmRedirectCallUnknownDestination' | 'CmRedirectCallDigitAnalysisTimeout' | 'CmRedirectCallMediaConnectionFailed' | 'CmRedirectCallPartyTableFull' | 'CmRedirectCallOriginatorAbandoned' | 'CmRedirectCallUnknownParty' | 'CmRedirectCallIncompatibleState' | 'CmRedirectCallPendingRedirectTransaction' | 'CmRedirectCallUnknownError' | 'CmRedirectCallNormalClearing' | 'CmRedirectCallUnrecognizedManager' | 'CmRedirectCallDestinationBusy' | 'CmRedirectCallDestinationOutOfOrder' | 'CmCannotOpenDevice' | 'CmTransferfailedOutstandingTransfer' | 'CmTransferfailedCallcontrolTimeout' | 'CmCallhandleUnknownToLinecontrol' | 'CmOperationNotAvailableInCurrentState' | 'CmConferenceFull' | 'CmMaxNumberOfCtiConnectionsReached' | 'CmIncompatibleProtocolVersion' | 'CmUnrecognizablePdu' | 'CmIllegalMessageFormat' | 'CmDirectoryTemporaryUnavailable' | 'CmDirectoryLoginNotAllowed' | 'CmDirectoryLoginFailed' | 'CmProviderNotOpen' | 'CmProviderAlreadyOpen' | 'CmNotInitialized' | 'CmClusterLinkFailure' | 'CmLineInfoDoesNotExist' | 'CmDigitGenerationAlreadyInProgress' | 'CmDigitGenerationWrongCallHandle' | 'CmDigitGenerationWrongCallState' | 'CmDigitGenerationCallstateChanged' | 'CmRetrievefailedActiveCallOnLine' | 'CmInvalidLineHandle' | 'CmLineNotPrimary' | 'CmCfwdallAlreadySet' | 'CmCfwdallDestnInvalid' | 'CmCfwdallAlreadyOff' | 'CmDeviceOutOfService' | 'CmMsgwaitingDestnInvalid' | 'CmDaresInvalidReqType' | 'CmConferenceFailed' | 'CmConferenceInvalidParticipant' | 'CmConferenceAlreadyPresent' | 'CmConferenceInactive' | 'CmTransferInactive' | 'CmCommandNotImplementedOnDevice' | 'CmProviderClosed' | 'CmProtocolTimeout' | 'CmGeneral';
  /** Unspecified 0, AutoIn 1, ManualIn 2, CallByCall 3, NailedConnection 4 */
  readonly AgentWorkMode: 'Unspecified' | 'AutoIn' | 'ManualIn' | 'CallByCall' | 'NailedConnection';
  /** Bits, joined by "|": AvailAfterIncomingMask 1, AvailAfterOutgoingMask 2, AutoAnswerEnabledMask 4, IdleReasonRequiredMask 8, LogoutReasonRequiredMask 16, SupervisorCallsAllowedMask 32, AgentToAgentCallsAllowed 64, OutboundAccessInternationalMask 128, OutboundAccessPublicNetMask 256, OutboundAccessPrivateNetMask 512, OutboundAccessOperatorAssistedMask 1024, OutboundAccessPbxMask 2048, NonAcdCallsAllowedMask 4096, AgentCanSelectGroupMask 8192 */
  readonly DeskSettingsMask: 'AvailAfterIncomingMask' | 'AvailAfterOutgoingMask' | 'AutoAnswerEnabledMask' | 'IdleReasonRequiredMask' | 'LogoutReasonRequiredMask' | 'SupervisorCallsAllowedMask' | 'AgentToAgentCallsAllowed' | 'OutboundAccessInternationalMask' | 'OutboundAccessPublicNetMask' | 'OutboundAccessPrivateNetMask' | 'OutboundAccessOperatorAssistedMask' | 'OutboundAccessPbxMask' | 'NonAcdCallsAllowedMask' | 'AgentCanSelectGroupMask';
  /** PreCall 0, Active 1, Wrapup 2, Paused 3, Offered 4, Interrupted 5, NotReady 6, LoggedOut 7 */
  readonly TaskState: 'PreCall' | 'Active' | 'Wrapup' | 'Paused' | 'Offered' | 'Interrupted' | 'NotReady' | 'LoggedOut';
  /** AcdIn 1, PrerouteAcdIn 2, PrerouteDirectAgent 3, TransferIn 4, OverflowIn 5, OtherIn 6, AutoOut 7, AgentOut 8, Out 9, AgentInside 10, Offered 11, Consult 12, ConsultOfferred 13, ConsultConference 14, Conference 15, Unmonitored 16, Preview 17, Reservation 18, Assist 19, Emergency 20, SupervisorMonitor 21, SupervisorWhisper 22, SupervisorBargein 23, SupervisorIntercept 24, TaskRoutedByIcm 25, TaskRoutedByApplication 26, ReservationPreview 27, NonAcd27 27, ReservationPreviewDirect 28, ReservationPredictive 29, ReservationCallback 30, ReservationPersonalCallback 31, CustomerPreview 32, CustomerPreviewDirect 33, CustomerPredictive 34, CustomerCallback 35, CustomerPersonal 36, CustomerIvr 37, NonAcd 38, PlayAgentGreeting 39, RecordAgentGreeting 40, VoiceCallBack 41, NullCalltype 65535 */
  readonly CallType: 'AcdIn' | 'PrerouteAcdIn' | 'PrerouteDirectAgent' | 'TransferIn' | 'OverflowIn' | 'OtherIn' | 'AutoOut' | 'AgentOut' | 'Out' | 'AgentInside' | 'Offered' | 'Consult' | 'ConsultOfferred' | 'ConsultConference' | 'Conference' | 'Unmonitored' | 'Preview' | 'Reservation' | 'Assist' | 'Emergency' | 'SupervisorMonitor' | 'SupervisorWhisper' | 'SupervisorBargein' | 'SupervisorIntercept' | 'TaskRoutedByIcm' | 'TaskRoutedByApplication' | 'ReservationPreview' | 'NonAcd27' | 'ReservationPreviewDirect' | 'ReservationPredictive' | 'ReservationCallback' | 'ReservationPersonalCallback' | 'CustomerPreview' | 'CustomerPreviewDirect' | 'CustomerPredictive' | 'CustomerCallback' | 'CustomerPersonal' | 'CustomerIvr' | 'NonAcd' | 'PlayAgentGreeting' | 'RecordAgentGreeting' | 'VoiceCallBack' | 'NullCalltype';
  /** None 65535, ActiveMonitor 1, Alternate 2, Busy 3, CallBack 4, CallCancelled 5, CallForwardAlways 6, CallForwardBusy 7, CallForwardNoAnswer 8, CallForward 9, CallNotAnswered 10, CallPickup 11, CampOn 12, DestNotObtainable 13, DoNotDisturb 14, IncompatibleDestination 15, InvalidAccountCode 16, KeyConference 17, Lockout 18, Maintenance 19, NetworkCongestion 20, NetworkNotObtainable 21, NewCall 22, NoAvailableAgents 23, Override 24, Park 25, Overflow 26, Recall 27, Redirected 28, ReorderTone 29, ResourcesNotAvailable 30, SilentMonitor 31, Transfer 32, TrunksBusy 33, VoiceUnitInitiator 34, TimeOut 35, NewCallInterflow 36, SimulationInitRequest 37, SimulationResetRequest 38, CtiLinkDown 39, PeripheralResetRequest 40, Md110ConferenceTransfer 41, RemainsInQ 42, SupervisorAssist 43, EmergencyCall 44, SupervisorClear 45, SupervisorMonitor 46, SupervisorWhisper 47, SupervisorBargeIn 48, SupervisorIntercept 49, CallPartyUpdateInd 50, Consult 51, NicCallClear 52, Dnp 53, RouterRequeryBeforeAnswer 54, RouterRequeryAfterAnswer 55, NetworkError 56, NetworkErrorBeforeAnswer 57, NetworkErrorAfterAnswer 58, Greeting 59, RecordAgentGreeting 60, Snapshot 61, MaxQueueExceeded 62, AbandNetwork 1001, AbandLocalQueue 1002, AbandRing 1003, AbandDelay 1004, AbandInterflow 1005, AbandAgentTerminal 1006, Short 1007, Busy 1008, ForcedBusy 1009, DropNoAnswer 1010, DropBusy 1011, DropReorder 1012, DropHandledPrimaryRoute 1013, DropHandledOther 1014, Redirected 1015, CutThrough 1016, Intraflow 1017, Interflow 1018, RingNoAnswer 1019, InterceptReorder 1020, InterceptDenial 1021, TimeOut 1022, VoiceEnergy 1023, NonclassifiedEnergyDetect 1024, NoCutThrough 1025, Uabort 1026, FailedSoftware 1027, BlindTransfer 1028, AnnouncedTransfer 1029, Conferenced 1030, DuplicateTransfer 1031, UnmonitoredDevice 1032, AnsweringMachine 1033, NetworkBlindTransfer 1034, TaskAbandonedInRouter 1035, TaskAbandonedBeforeOffered 1036, TaskAbandonedWhileOffered 1037, NormalEndTask 1038, CantObtainTaskId 1039, AgentLoggedOutDuringTask 1040, MaxTaskLifetimeExceeded 1041, ApplicationPathWentDown 1042, IcmRoutingComplete 1043, IcmRoutingDisabled 1044, ApplInvalidMrdId 1045, ApplInvalidDialogueId 1046, ApplDuplicateDialogueId 1047, ApplInvalidInvokeId 1048, ApplInvalidScriptSelector 1049, ApplTerminateDialogue 1050, TaskEndedDuringAppInit 1051, CalledPartyDisconnected 1052, PartialCall 1053, DropNetworkConsult 1054, NetworkConsultTransfer 1055, NetworkConference 1056, AbandNetworkConsult 1057 */
  readonly EventCause: 'None' | 'ActiveMonitor' | 'Alternate' | 'Busy' | 'CallBack' | 'CallCancelled' | 'CallForwardAlways' | 'CallForwardBusy' | 'CallForwardNoAnswer' | 'CallForward' | 'CallNotAnswered' | 'CallPickup' | 'CampOn' | 'DestNotObtainable' | 'DoNotDisturb' | 'IncompatibleDestination' | 'InvalidAccountCode' | 'KeyConference' | 'Lockout' | 'Maintenance' | 'NetworkCongestion' | 'NetworkNotObtainable' | 'NewCall' | 'NoAvailableAgents' | 'Override' | 'Park' | 'Overflow' | 'Recall' | 'Redirected' | 'ReorderTone' | 'ResourcesNotAvailable' | 'SilentMonitor' | 'Transfer' | 'TrunksBusy' | 'VoiceUnitInitiator' | 'TimeOut' | 'NewCallInterflow' | 'SimulationInitRequest' | 'SimulationResetRequest' | 'CtiLinkDown' | 'PeripheralResetRequest' | 'Md110ConferenceTransfer' | 'RemainsInQ' | 'SupervisorAssist' | 'EmergencyCall' | 'SupervisorClear' | 'SupervisorMonitor' | 'SupervisorWhisper' | 'SupervisorBargeIn' | 'SupervisorIntercept' | 'CallPartyUpdateInd' | 'Consult' | 'NicCallClear' | 'Dnp' | 'RouterRequeryBeforeAnswer' | 'RouterRequeryAfterAnswer' | 'NetworkError' | 'NetworkErrorBeforeAnswer' | 'NetworkErrorAfterAnswer' | 'Greeting' | 'RecordAgentGreeting' | 'Snapshot' | 'MaxQueueExceeded' | 'AbandNetwork' | 'AbandLocalQueue' | 'AbandRing' | 'AbandDelay' | 'AbandInterflow' | 'AbandAgentTerminal' | 'Short' | 'ForcedBusy' | 'DropNoAnswer' | 'DropBusy' | 'DropReorder' | 'DropHandledPrimaryRoute' | 'DropHandledOther' | 'CutThrough' | 'Intraflow' | 'Interflow' | 'RingNoAnswer' | 'InterceptReorder' | 'InterceptDenial' | 'VoiceEnergy' | 'NonclassifiedEnergyDetect' | 'NoCutThrough' | 'Uabort' | 'FailedSoftware' | 'BlindTransfer' | 'AnnouncedTransfer' | 'Conferenced' | 'DuplicateTransfer' | 'UnmonitoredDevice' | 'AnsweringMachine' | 'NetworkBlindTransfer' | 'TaskAbandonedInRouter' | 'TaskAbandonedBeforeOffered' | 'TaskAbandonedWhileOffered' | 'NormalEndTask' | 'CantObtainTaskId' | 'AgentLoggedOutDuringTask' | 'MaxTaskLifetimeExceeded' | 'ApplicationPathWentDown' | 'IcmRoutingComplete' | 'IcmRoutingDisabled' | 'ApplInvalidMrdId' | 'ApplInvalidDialogueId' | 'ApplDuplicateDialogueId' | 'ApplInvalidInvokeId' | 'ApplInvalidScriptSelector' | 'ApplTerminateDialogue' | 'TaskEndedDuringAppInit' | 'CalledPartyDisconnected' | 'PartialCall' | 'DropNetworkConsult' | 'NetworkConsultTransfer' | 'NetworkConference' | 'AbandNetworkConsult';
  /** InboundAcd 0, OutboundAcd 1, Inside 2, Unknown 3, Supervisor 4, Message 5, Help 6, Outbound 7, Did 8, SilentMonitor 9, NonAcdIn 10, NonAcdOut 11 */
  readonly LineType: 'InboundAcd' | 'OutboundAcd' | 'Inside' | 'Unknown' | 'Supervisor' | 'Message' | 'Help' | 'Outbound' | 'Did' | 'SilentMonitor' | 'NonAcdIn' | 'NonAcdOut';
  /** None 65535, Static 0, Dynamic 1 */
  readonly ConnectionDeviceIDType: 'None' | 'Static' | 'Dynamic';
  /** None 65535, DeviceIdentifier 0, TrunkIdentifier 70, TrunkGroupIdentifier 71, IpPhoneMacIdentifier 72, CtiPort 73, RoutePoint 74, External 75, AgentDevice 76, Queue 77, NonAcdDeviceIdentifier 78, SharedDeviceIdentifier 79 */
  readonly DeviceIDType: 'None' | 'DeviceIdentifier' | 'TrunkIdentifier' | 'TrunkGroupIdentifier' | 'IpPhoneMacIdentifier' | 'CtiPort' | 'RoutePoint' | 'External' | 'AgentDevice' | 'Queue' | 'NonAcdDeviceIdentifier' | 'SharedDeviceIdentifier';
  /** NoDisposition 0, AbandonedInNetwork 1, AbandonedInLocalQueue 2, AbandonedRing 3, AbandonedDelay 4, AbandonedInterflow 5, AbandonedAgentTerminal 6, Short 7, Busy 8, ForcedBusy 9, DisconnectDropNoAnswer 10, DisconnectDropBusy 11, DisconnectDropReorder 12, DisconnectDropHandledPrimaryRoute 13, DisconnectDropHandledOther 14, Redirected 15, CutThrough 16, Intraflow 17, Interflow 18, RingNoAnswer 19, InterceptReorder 20, InterceptDenial 21, TimeOut 22, VoiceEnergy 23, NonClassifiedEnergyDetected 24, NoCutThrough 25, UAbort 26, FailedSoftware 27, BlindTransfer 28, AnnouncedTransfer 29, Conferenced 30, DuplicateTransfer 31, UnmonitoredDevice 32, AnsweringMachine 33, NetworkBlindTransfer 34, TaskAbandonedInRouter 35, TaskAbandonedBeforeOffered 36, TaskAbandonedWhileOffered 37, NormalEndTask 38, CantObtainTaskId 39, AgentLoggedOutDuringTask 40, MaximumTaskLifetimeExceeded 41, ApplicationPathWentDown 42, UnifiedCceRoutingComplete 43, UnifiedCceRoutingDisabled 44, ApplicationInvalidMrdId 45, ApplicationInvalidDialogueId 46, ApplicationDuplicateDialogueId 47, ApplicationInvalidInvokeId 48, ApplicationInvalidScriptSelector 49, ApplicationTerminateDialogue 50, TaskEndedDuringApplicationInit 51, CalledPartyDisconnected 52, PartialCall 53, DropNetworkConsult 54, NetworkConsultTransfer 55, AbandonNetworkConsult 57, RouterRequeryBeforeAnswer 58, RouterRequeryAfterAnswer 59, NetworkError 60, NetworkErrorBeforeAnswer 61, NetworkErrorAfterAnswer 62, TaskTransfer 63, ApplicationDisconnected 64, TaskTransferredOnAgentLogout 65 */
  readonly DispositionCode: 'NoDisposition' | 'AbandonedInNetwork' | 'AbandonedInLocalQueue' | 'AbandonedRing' | 'AbandonedDelay' | 'AbandonedInterflow' | 'AbandonedAgentTerminal' | 'Short' | 'Busy' | 'ForcedBusy' | 'DisconnectDropNoAnswer' | 'DisconnectDropBusy' | 'DisconnectDropReorder' | 'DisconnectDropHandledPrimaryRoute' | 'DisconnectDropHandledOther' | 'Redirected' | 'CutThrough' | 'Intraflow' | 'Interflow' | 'RingNoAnswer' | 'InterceptReorder' | 'InterceptDenial' | 'TimeOut' | 'VoiceEnergy' | 'NonClassifiedEnergyDetected' | 'NoCutThrough' | 'UAbort' | 'FailedSoftware' | 'BlindTransfer' | 'AnnouncedTransfer' | 'Conferenced' | 'DuplicateTransfer' | 'UnmonitoredDevice' | 'AnsweringMachine' | 'NetworkBlindTransfer' | 'TaskAbandonedInRouter' | 'TaskAbandonedBeforeOffered' | 'TaskAbandonedWhileOffered' | 'NormalEndTask' | 'CantObtainTaskId' | 'AgentLoggedOutDuringTask' | 'MaximumTaskLifetimeExceeded' | 'ApplicationPathWentDown' | 'UnifiedCceRoutingComplete' | 'UnifiedCceRoutingDisabled' | 'ApplicationInvalidMrdId' | 'ApplicationInvalidDialogueId' | 'ApplicationDuplicateDialogueId' | 'ApplicationInvalidInvokeId' | 'ApplicationInvalidScriptSelector' | 'ApplicationTerminateDialogue' | 'TaskEndedDuringApplicationInit' | 'CalledPartyDisconnected' | 'PartialCall' | 'DropNetworkConsult' | 'NetworkConsultTransfer' | 'AbandonNetworkConsult' | 'RouterRequeryBeforeAnswer' | 'RouterRequeryAfterAnswer' | 'NetworkError' | 'NetworkErrorBeforeAnswer' | 'NetworkErrorAfterAnswer' | 'TaskTransfer' | 'ApplicationDisconnected' | 'TaskTransferredOnAgentLogout';
  /** Unspecified 0, Polite 1, Belligerent 2, SemiPolite 3, Reserved 4 */
  readonly CallMannerType: 'Unspecified' | 'Polite' | 'Belligerent' | 'SemiPolite' | 'Reserved';
  /** Unspecified 0, CallingAgentOnline 1, CallingAgentReserved 2, CallingAgentNotReserved 3, CallingAgentBuzzBase 4, CallingAgentBeepHset 5, ServiceCircuitOn 6 */
  readonly CallOption: 'Unspecified' | 'CallingAgentOnline' | 'CallingAgentReserved' | 'CallingAgentNotReserved' | 'CallingAgentBuzzBase' | 'CallingAgentBeepHset' | 'ServiceCircuitOn';
  /** Unspecified 0, Transfer 1, Conference 2 */
  readonly ConsultType: 'Unspecified' | 'Transfer' | 'Conference';
  /** Unspecified 0, TrunkGroup 1, SkillGroup 2 */
  readonly FacilityType: 'Unspecified' | 'TrunkGroup' | 'SkillGroup';
  /** Unspecified 0, Connect 1, Disconnect 2, None 3, NoneNoModem 4, ConnectNoModem 5 */
  readonly AnsweringMachine: 'Unspecified' | 'Connect' | 'Disconnect' | 'None' | 'NoneNoModem' | 'ConnectNoModem';
  /** Unspecified 0, VoiceThreshold 1, VoiceEnd 2, VoiceEndDelay 3, VoiceAndBeep 4, Beep 5 */
  readonly AnswerDetectMode: 'Unspecified' | 'VoiceThreshold' | 'VoiceEnd' | 'VoiceEndDelay' | 'VoiceAndBeep' | 'Beep';
  /** CallDelivered 0, CallEstablished 1 */
  readonly AllocationState: 'CallDelivered' | 'CallEstablished';
  /** Unspecified 0, UsAndCanada 1 */
  readonly DestinationCountry: 'Unspecified' | 'UsAndCanada';
  /** None 0, Initiator 1, Target 2 */
  readonly SilentMonitorCallStatus: 'None' | 'Initiator' | 'Target';
  /** Aspect 1, Meridian 2, G2 3, DefinityEcsNonEas 4, DefinityEcsEas 5, Galaxy 6, Spectrum 7, Vru 8, VruPolled 9, Dms100 10, Siemens9006 11, Siemens9005 12, Alcatel 13, NEC_NEAX_2x00 14, Acp1000 15, Symposium 16, EnterpriseAgent 17, Md110 18, MediaRouting 19, Generic 20, AcmiCrs 21, AcmiIpcc 22, SimplifiedIpcc 23, Ars 24, AcmiErs 25, AcmiExpertAdvisor 26, None 65535 */
  readonly PeripheralType: 'Aspect' | 'Meridian' | 'G2' | 'DefinityEcsNonEas' | 'DefinityEcsEas' | 'Galaxy' | 'Spectrum' | 'Vru' | 'VruPolled' | 'Dms100' | 'Siemens9006' | 'Siemens9005' | 'Alcatel' | 'NEC_NEAX_2x00' | 'Acp1000' | 'Symposium' | 'EnterpriseAgent' | 'Md110' | 'MediaRouting' | 'Generic' | 'AcmiCrs' | 'AcmiIpcc' | 'SimplifiedIpcc' | 'Ars' | 'AcmiErs' | 'AcmiExpertAdvisor' | 'None';
  /** Station 0, Line 1, Button 2, Acd 3, Trunk 4, Operator 5, StationGroup 16, LineGroup 17, ButtonGroup 18, AcdGroup 19, TrunkGroup 20, OperatorGroup 21, CtiPortSccp 22, CtiPortSip 23, Other 255 */
  readonly TypeOfDevice: 'Station' | 'Line' | 'Button' | 'Acd' | 'Trunk' | 'Operator' | 'StationGroup' | 'LineGroup' | 'ButtonGroup' | 'AcdGroup' | 'TrunkGroup' | 'OperatorGroup' | 'CtiPortSccp' | 'CtiPortSip' | 'Other';
  /** Bits, joined by "|": Other 16, Image 32, Data 64, Voice 128 */
  readonly ClassOfDevice: 'Other' | 'Image' | 'Data' | 'Voice';
  /** Immediate 0, Busy 1, NoAns 2, BusyInt 3, BusyExt 4, NoAnsInt 5, NoAnsExt 6 */
  readonly ForwardType: 'Immediate' | 'Busy' | 'NoAns' | 'BusyInt' | 'BusyExt' | 'NoAnsInt' | 'NoAnsExt';
  /** GenericUnspecified 0, GenericOperation 1, RequestIncompatibleWithObject 2, ValueOutOfRange 3, ObjectNotKnown 4, InvalidCallingDevice 5, InvalidCalledDevice 6, InvalidForwardingDestination 7, PrivilegeViolationOnSpecifiedDevice 8, PrivilegeViolationOnCalledDevice 9, PrivilegeViolationOnCallingDevice 10, InvalidCstaCallIdentifier 11, InvalidCstaDeviceIdentifier 12, InvalidCstaConnectionIdentifier 13, InvalidDestination 14, InvalidFeature 15, InvalidAllocationState 16, InvalidCrossRefId 17, InvalidObjectType 18, SecurityViolation 19, GenericStateIncompatibility 21, InvalidObjectState 22, InvalidConnectionIdForActiveCall 23, NoActiveCall 24, NoHeldCall 25, NoCallToClear 26, NoConnectionToClear 27, NoCallToAnswer 28, NoCallToComplete 29, GenericSystemResourceAvailability 31, ServiceBusy 32, ResourceBusy 33, ResourceOutOfService 34, NetworkBusy 35, NetworkOutOfService 36, OverallMonitorLimitExceeded 37, ConferenceMemberLimitExceeded 38, GenericSubscribedResourceAvailability 41, ObjectMonitorLimitExceeded 42, ExternalTrunkLimitExceeded 43, OutstandingRequestLimitExceeded 44, GenericPerformanceManagement 51, PerformanceLimitExceeded 52, SequenceNumberViolated 61, TimeStampViolated 62, PacViolated 63, SealViolated 64, GenericUnspecifiedRejection 70, GenericOperationRejection 71, DuplicateInvocationRejection 72, UnrecognizedOperationRejection 73, MistypedArgumentRejection 74, ResourceLimitationRejection 75, AcsHandleTerminationRejection 76, ServiceTerminationRejection 77, RequestTimeoutRejection 78, RequestsOnDeviceExceededRejection 79, InvalidAgentIdSpecified 256, InvalidPasswordSpecified 257, InvalidAgentIdOrPasswordSpecified 258, SpecifiedAgentAlreadySignedOn 259, InvalidLogonDeviceSpecified 260, InvalidAnsweringDeviceSpecified 261, InvalidSkillGroupSpecified 262, InvalidClassOfServiceSpecified 263, InvalidTeamSpecified 264, InvalidAgentWorkmode 265, InvalidAgentReasonCode 266, AdjunctSwitchCommError 267, AgentNotPartyOnCall 268, InternalProcessingError 269, TakeCallControlRejection 270, TakeDomainControlRejection 271, RequestedServiceNotRegistered 272, InvalidConsultType 273, AnsmapOrAdparamFieldNotValid 274, InvalidCallControlTableSpecified 275, InvalidDigitsRnatimeoutAmsdelayOrCountry 276, AnswerDetectPortUnavailable 277, VirtualAgentUnavailable 278, TakebackNXferRouteEnd 279, WrapupDataRequired 280, ReasonCodeRequired 281, InvalidTrunkIdSpecified 282, SpecifiedExtensionAlreadyInUse 283, ArbitraryConfOrXferNotSupported 284, NetworkTransferOrConsult 285, NetworkTransferOrConsultFailed 286, DeviceRestricted 287, LineRestricted 288, AgentAccountLockedOut 289, DropAnyPartyNotEnabledCti 290, MaximumLineLimitExceeded 291, SharedLinesNotSupported 292, ExtensionNotUnique 293, UnknownInterfaceCtrlrId 1001, InvalidInterfaceCtrlrType 1002, SoftwareRevNoSupported 1003, UnknownPid 1004, InvalidTableSpecified 1005, PdServiceInactive 1006, UnknownRoutingClientId 1007, RcServiceInactivate 1008, InvalidDialedNumber 1009, InvalidParameter 1010, UnknownRoutingProblem 1011, UnsupportedPdMessageRevision 1012, UnsupportedRcMessageRevision 1013, UnsupportedIcMessageRevision 1014, RcServiceInactivatePim 1015, AgentGreetingControlOperationFailure 1016 */
  readonly ControlFailureCode: 'GenericUnspecified' | 'GenericOperation' | 'RequestIncompatibleWithObject' | 'ValueOutOfRange' | 'ObjectNotKnown' | 'InvalidCallingDevice' | 'InvalidCalledDevice' | 'InvalidForwardingDestination' | 'PrivilegeViolationOnSpecifiedDevice' | 'PrivilegeViolationOnCalledDevice' | 'PrivilegeViolationOnCallingDevice' | 'InvalidCstaCallIdentifier' | 'InvalidCstaDeviceIdentifier' | 'InvalidCstaConnectionIdentifier' | 'InvalidDestination' | 'InvalidFeature' | 'InvalidAllocationState' | 'InvalidCrossRefId' | 'InvalidObjectType' | 'SecurityViolation' | 'GenericStateIncompatibility' | 'InvalidObjectState' | 'InvalidConnectionIdForActiveCall' | 'NoActiveCall' | 'NoHeldCall' | 'NoCallToClear' | 'NoConnectionToClear' | 'NoCallToAnswer' | 'NoCallToComplete' | 'GenericSystemResourceAvailability' | 'ServiceBusy' | 'ResourceBusy' | 'ResourceOutOfService' | 'NetworkBusy' | 'NetworkOutOfService' | 'OverallMonitorLimitExceeded' | 'ConferenceMemberLimitExceeded' | 'GenericSubscribedResourceAvailability' | 'ObjectMonitorLimitExceeded' | 'ExternalTrunkLimitExceeded' | 'OutstandingRequestLimitExceeded' | 'GenericPerformanceManagement' | 'PerformanceLimitExceeded' | 'SequenceNumberViolated' | 'TimeStampViolated' | 'PacViolated' | 'SealViolated' | 'GenericUnspecifiedRejection' | 'GenericOperationRejection' | 'DuplicateInvocationRejection' | 'UnrecognizedOperationRejection' | 'MistypedArgumentRejection' | 'ResourceLimitationRejection' | 'AcsHandleTerminationRejection' | 'ServiceTerminationRejection' | 'RequestTimeoutRejection' | 'RequestsOnDeviceExceededRejection' | 'InvalidAgentIdSpecified' | 'InvalidPasswordSpecified' | 'InvalidAgentIdOrPasswordSpecified' | 'SpecifiedAgentAlreadySignedOn' | 'InvalidLogonDeviceSpecified' | 'InvalidAnsweringDeviceSpecified' | 'InvalidSkillGroupSpecified' | 'InvalidClassOfServiceSpecified' | 'InvalidTeamSpecified' | 'InvalidAgentWorkmode' | 'InvalidAgentReasonCode' | 'AdjunctSwitchCommError' | 'AgentNotPartyOnCall' | 'InternalProcessingError' | 'TakeCallControlRejection' | 'TakeDomainControlRejection' | 'RequestedServiceNotRegistered' | 'InvalidConsultType' | 'AnsmapOrAdparamFieldNotValid' | 'InvalidCallControlTableSpecified' | 'InvalidDigitsRnatimeoutAmsdelayOrCountry' | 'AnswerDetectPortUnavailable' | 'VirtualAgentUnavailable' | 'TakebackNXferRouteEnd' | 'WrapupDataRequired' | 'ReasonCodeRequired' | 'InvalidTrunkIdSpecified' | 'SpecifiedExtensionAlreadyInUse' | 'ArbitraryConfOrXferNotSupported' | 'NetworkTransferOrConsult' | 'NetworkTransferOrConsultFailed' | 'DeviceRestricted' | 'LineRestricted' | 'AgentAccountLockedOut' | 'DropAnyPartyNotEnabledCti' | 'MaximumLineLimitExceeded' | 'SharedLinesNotSupported' | 'ExtensionNotUnique' | 'UnknownInterfaceCtrlrId' | 'InvalidInterfaceCtrlrType' | 'SoftwareRevNoSupported' | 'UnknownPid' | 'InvalidTableSpecified' | 'PdServiceInactive' | 'UnknownRoutingClientId' | 'RcServiceInactivate' | 'InvalidDialedNumber' | 'InvalidParameter' | 'UnknownRoutingProblem' | 'UnsupportedPdMessageRevision' | 'UnsupportedRcMessageRevision' | 'UnsupportedIcMessageRevision' | 'RcServiceInactivatePim' | 'AgentGreetingControlOperationFailure';
  /** NoError 0, InvalidVersion 1, InvalidMessageLength 2, InvalidMessageType 2, InvalidFieldTag 3, SessionNotOpen 4, SessionAlreadyOpen 5, RequiredDataMissing 6, InvalidPeripheralId 7, InvalidAgentData 8, AgentNotLoggedOn 9, DeviceInUse 10, NewSessionOpened 11, FunctionNotAvailable 12, InvalidCallid 13, ProtectedVariable 14, CtiServerOffline 15, Timeout 16, UnspecifiedFailure 17, InvalidTimeout 18, InvalidServiceMask 19, InvalidCallMsgMask 20, InvalidAgentStateMask 21, InvalidReservedField 22, InvalidFieldLength 23, InvalidDigits 24, BadMessageFormat 25, InvalidTagForMsgType 26, InvalidDeviceIdType 27, InvalidLclConnState 28, InvalidEventCause 29, InvalidNumParties 30, InvalidSysEventId 31, InconsistentAgentData 32, InvalidConnectionIdType 33, InvalidCallType 34, NotCallParty 35, InvalidPassword 36, ClientDisconnected 37, InvalidObjectState 38, InvalidNumSkillGroups 39, InvalidNumLines 40, InvalidLineType 41, InvalidAllocationState 42, InvalidAnsweringMachine 43, InvalidCallMannerType 44, InvalidCallPlacementType 45, InvalidConsultType 46, InvalidFacilityType 47, InvalidMsgTypeForVersion 48, InvalidTagForVersion 49, InvalidAgentWorkMode 50, InvalidCallOption 51, InvalidDestinationCountry 52, InvalidAnswerDetectMode 53, MutuallyExclusDeviceidTypes 54, InvalidMonitorid 55, SessionMonitorAlreadyExists 56, SessionMonitorIsClients 57, InvalidCallControlMask 58, InvalidFeatureMask 59, InvalidTransferConferenceSetupMask 60, InvalidArrayIndex 61, InvalidCharacter 62, ClientNotFound 63, SupervisorNotFound 64, TeamNotFound 65, NoCallActive 66, NamedVariableNotConfigured 67, NamedArrayNotConfigured 68, InvalidCallVariableMask 69, ElementNotFound 70, InvalidDistributionType 71, InvalidSkillGroup 72, TooMuchData 73, ValueTooLong 74, ScalarFunctionOnArray 75, ArrayFunctionOnScalar 76, InvalidNumNamedVariables 77, InvalidNumNamedArrays 78, InvalidRtpDirection 79, InvalidRtpType 80, CalledPartyDisposition 81, InvalidSupervisoryAction 82, AgentTeamMonitorAlreadyExists 83, InvalidService 84, ServiceConflict 85, SkillGroupConflict 86, InvalidDevice 87, InvalidMrDomain 88, MonitorAlreadyExists 89, MonitorTerminated 90, InvalidTaskMsgMask 91, ServerNotMaster 92, InvalidCsd 93, JtapiCcmProblem 94, EInvalidConfigMsgMask 95, InvalidConfigMsgMask 95, AutoConfigReset 96, InvalidMonitorStatus 97, InvalidRequestType 98, InvalidClientForStandby 107, InvalidUniqueInstanceId 108, DuplicateUniqueInstanceId 109, ServerInMaintenanceMode 110 */
  readonly CTIServerStatusCode: 'NoError' | 'InvalidVersion' | 'InvalidMessageLength' | 'InvalidMessageType' | 'InvalidFieldTag' | 'SessionNotOpen' | 'SessionAlreadyOpen' | 'RequiredDataMissing' | 'InvalidPeripheralId' | 'InvalidAgentData' | 'AgentNotLoggedOn' | 'DeviceInUse' | 'NewSessionOpened' | 'FunctionNotAvailable' | 'InvalidCallid' | 'ProtectedVariable' | 'CtiServerOffline' | 'Timeout' | 'UnspecifiedFailure' | 'InvalidTimeout' | 'InvalidServiceMask' | 'InvalidCallMsgMask' | 'InvalidAgentStateMask' | 'InvalidReservedField' | 'InvalidFieldLength' | 'InvalidDigits' | 'BadMessageFormat' | 'InvalidTagForMsgType' | 'InvalidDeviceIdType' | 'InvalidLclConnState' | 'InvalidEventCause' | 'InvalidNumParties' | 'InvalidSysEventId' | 'InconsistentAgentData' | 'InvalidConnectionIdType' | 'InvalidCallType' | 'NotCallParty' | 'InvalidPassword' | 'ClientDisconnected' | 'InvalidObjectState' | 'InvalidNumSkillGroups' | 'InvalidNumLines' | 'InvalidLineType' | 'InvalidAllocationState' | 'InvalidAnsweringMachine' | 'InvalidCallMannerType' | 'InvalidCallPlacementType' | 'InvalidConsultType' | 'InvalidFacilityType' | 'InvalidMsgTypeForVersion' | 'InvalidTagForVersion' | 'InvalidAgentWorkMode' | 'InvalidCallOption' | 'InvalidDestinationCountry' | 'InvalidAnswerDetectMode' | 'MutuallyExclusDeviceidTypes' | 'InvalidMonitorid' | 'SessionMonitorAlreadyExists' | 'SessionMonitorIsClients' | 'InvalidCallControlMask' | 'InvalidFeatureMask' | 'InvalidTransferConferenceSetupMask' | 'InvalidArrayIndex' | 'InvalidCharacter' | 'ClientNotFound' | 'SupervisorNotFound' | 'TeamNotFound' | 'NoCallActive' | 'NamedVariableNotConfigured' | 'NamedArrayNotConfigured' | 'InvalidCallVariableMask' | 'ElementNotFound' | 'InvalidDistributionType' | 'InvalidSkillGroup' | 'TooMuchData' | 'ValueTooLong' | 'ScalarFunctionOnArray' | 'ArrayFunctionOnScalar' | 'InvalidNumNamedVariables' | 'InvalidNumNamedArrays' | 'InvalidRtpDirection' | 'InvalidRtpType' | 'CalledPartyDisposition' | 'InvalidSupervisoryAction' | 'AgentTeamMonitorAlreadyExists' | 'InvalidService' | 'ServiceConflict' | 'SkillGroupConflict' | 'InvalidDevice' | 'InvalidMrDomain' | 'MonitorAlreadyExists' | 'MonitorTerminated' | 'InvalidTaskMsgMask' | 'ServerNotMaster' | 'InvalidCsd' | 'JtapiCcmProblem' | 'EInvalidConfigMsgMask' | 'InvalidConfigMsgMask' | 'AutoConfigReset' | 'InvalidMonitorStatus' | 'InvalidRequestType' | 'InvalidClientForStandby' | 'InvalidUniqueInstanceId' | 'DuplicateUniqueInstanceId' | 'ServerInMaintenanceMode';
  /** Bits, joined by "|": OpcDown 1, CcDown 2, PeripheralOffline 4, CtiServerOffline 8, LimitedFunction 16 */
  readonly PGStatusCode: 'OpcDown' | 'CcDown' | 'PeripheralOffline' | 'CtiServerOffline' | 'LimitedFunction';
  /** Bits, joined by "|": ClientEvents 1, CallDataUpdate 2, ClientControl 4, ConnectionMonitor 8, AllEvents 16, PeripheralMonitor 32, ClientMonitor 64, Supervisor 128, Server 256, AgentReporting 1024, AllTaskEvents 2048, TaskMonitor 4096, CtiAgentStateControlOnly 8192, CtiDeviceStateControl 32768, ConfigEvents 262144, UpdateEvents 524288, IgnoreDuplicateAgentEvents 1048576, IgnoreConf 2097152, AcdLineOnly 4194304, ActiveStandby 33554432, Debug 2147483648 */
  readonly CTIServiceMask: 'ClientEvents' | 'CallDataUpdate' | 'ClientControl' | 'ConnectionMonitor' | 'AllEvents' | 'PeripheralMonitor' | 'ClientMonitor' | 'Supervisor' | 'Server' | 'AgentReporting' | 'AllTaskEvents' | 'TaskMonitor' | 'CtiAgentStateControlOnly' | 'CtiDeviceStateControl' | 'ConfigEvents' | 'UpdateEvents' | 'IgnoreDuplicateAgentEvents' | 'IgnoreConf' | 'AcdLineOnly' | 'ActiveStandby' | 'Debug';
  /** MaxNumCtiClients 16, MaxNumParties 16, MaxNumDevices 16, MaxNumCalls 16, MaxNumSkillGroups 20, MaxEventSkillGroups 99, MaxNumLines 10, MaxMessageSize 12500, MessageHeaderSize 8, MaxNamedDataBytes 2000, MaxNamedVariableName 33, MaxNamedVariableValue 211, MinNamedvarData 3, MaxNamedvarData 251, MinNamedarrayData 4, MaxNamedarrayData 252, MinHeartbeatIntervalSeconds 5, MinIdleTimeoutSeconds 20, MaxUnconfirmedHeartbeats 3, MaxConfigRecords 10, MaxAgentTeamMembers 64, MaxAgentTeams 64, MaxSetAgentStateSkillGroups 10, MaxAgentMrds 40, MaxConfigSkills 100, MaxConfigServiceMembers 10 */
  readonly NullValues: 'MaxNumCtiClients' | 'MaxNumParties' | 'MaxNumDevices' | 'MaxNumCalls' | 'MaxNumSkillGroups' | 'MaxEventSkillGroups' | 'MaxNumLines' | 'MaxMessageSize' | 'MessageHeaderSize' | 'MaxNamedDataBytes' | 'MaxNamedVariableName' | 'MaxNamedVariableValue' | 'MinNamedvarData' | 'MaxNamedvarData' | 'MinNamedarrayData' | 'MaxNamedarrayData' | 'MinHeartbeatIntervalSeconds' | 'MinIdleTimeoutSeconds' | 'MaxUnconfirmedHeartbeats' | 'MaxConfigRecords' | 'MaxAgentTeamMembers' | 'MaxAgentTeams' | 'MaxSetAgentStateSkillGroups' | 'MaxAgentMrds' | 'MaxConfigSkills' | 'MaxConfigServiceMembers';
  /** Answers 1, CallTranscription 2 */
  readonly AgentService: 'Answers' | 'CallTranscription';
  /** None 0, Automatic 1, ApplicationInitiatedSilent 2, UserInitiatedFromDevice 3, UserInitiatedFromApplication 4 */
  readonly RecordingType: 'None' | 'Automatic' | 'ApplicationInitiatedSilent' | 'UserInitiatedFromDevice' | 'UserInitiatedFromApplication';
  /** None 0, Phone 1, Gw 2 */
  readonly MediaForkingDeviceType: 'None' | 'Phone' | 'Gw';
  /** Unknown 0, OptionalRecorder 1, MandatoryRecorder 2 */
  readonly RecorderType: 'Unknown' | 'OptionalRecorder' | 'MandatoryRecorder';
  /** Unknown 0, Success 1, Failure 2 */
  readonly RecorderStatus: 'Unknown' | 'Success' | 'Failure';
  /** LocalOnly 0, RemoteOnly 1, LocalAndRemote 2, None 3 */
  readonly PlayToneDirection: 'LocalOnly' | 'RemoteOnly' | 'LocalAndRemote' | 'None';
  /** SilentRecording 1, UserRecording 2 */
  readonly InvocationType: 'SilentRecording' | 'UserRecording';
  /** OnConnection 536871913, OnConnectionClosed 536871914, OnConnectionFailure 536871915, OnConnectionRejected 536871916, OnCTIOSFailure 536871917, OnCurrentAgentReset 536871918, OnCurrentCallChanged 536871919, OnFailure 2, OnGlobalSettingsDownloadConf 536871920, OnHeartbeat 536871921, OnMissingHeartbeat 536871922, OnMonitorModeEstablished 536871923, OnSnapshotDeviceConf 85, OnSnapshotSkillGroupList 536871924, OnTranslationRoute 22, OnConnectionGap 536871925, OnAgentPrecallEvent 105, OnAgentPrecallAbortEvent 106, OnCallBegin 23, OnCallCleared 13, OnCallConnectionCleared 14, OnCallConferenced 17, OnCallDataUpdate 25, OnCallDelivered 9, OnCallDequeuedEvent 86, OnCallDiverted 19, OnCallEnd 24, OnCallEstablished 10, OnCallFailed 16, OnCallHeld 11, OnCallOriginated 15, OnCallQueuedEvent 21, OnCallReachedNetworkEvent 34, OnCallRetrieved 12, OnCallServiceInitiatedEvent 20, OnCallTransferred 18, OnSnapshotCallConf 83, OnAlternateCallConf 41, OnAnswerCallConf 43, OnCallStartRecordingConf 148, OnCallStopRecordingConf 150, OnClearCallConf 45, OnClearConnectionConf 47, OnConferenceCallConf 49, OnConsultationCallConf 51, OnControlFailureConf 35, OnHoldCallConf 55, OnMakePredictiveCallConf 59, OnReconnectCallConf 61, OnReleaseCallConf 29, OnRetrieveCallConf 63, OnSendDTMFConf 92, OnSetCallDataConf 27, OnTransferCallConf 65, OnAgentDeskSettingsConf 132, OnAgentGreetingControlConf 250, OnAgentInfoEvent 536871926, OnAgentStateChange 30, OnAgentSkillGroupsChange 536871945, OnAgentStatistics 536871025, OnChatMessage 109, OnEmergencyCall 123, OnLogoutFailed 536871927, OnMakeCallConf 57, OnNewAgentTeamMember 536871928, OnPostLogout 536871929, OnPreLogout 536871930, OnQueryAgentStateConf 37, OnSetAgentModeEvent 536871931, OnSetAgentStateConf 39, OnStartMonitoringAgent 536871932, OnStopMonitoringAgent 536871933, OnUserMessageConf 108, OnSkillGroupStatisticsUpdated 536871027, OnSkillInfoEvent 536871934, OnButtonEnablementChange 536871935, OnSupervisorButtonChange 536871936, OnCallRTPStarted 116, OnCallRTPStopped 117, OnStartSilentMonitorConf 536871937, OnSilentMonitorStartedEvent 536871938, OnSilentMonitorStartRequestedEvent 536871939, OnSilentMonitorSessionDisconnected 536871940, OnSilentMonitorStopRequestedEvent 536871941, OnSilentMonitorStatusReportEvent 536871942, OnStopSilentMonitorConf 536871943, OnRTPStreamTimedoutEvent 536871944, OnNetworkRecordingStarted 272, OnNetworkRecordingEnded 273, OnNetworkRecordingFailed 274, OnNetworkRecordingTargetInfo 275, OnStartNetworkRecordingConf 269, OnStopNetworkRecordingConf 271, OnDeflectCallConf 53, OnAgentServicesChange 282, OnSetAgentServiceDataConf 284, OnMonitoredAgentStateChange 536872012, OnMonitoredAgentInfoEvent 536872013, OnMonitoredCallBegin 536872014, OnMonitoredCallEnd 536872015, OnMonitoredCallDataUpdate 536872016, OnMonitoredCallDelivered 536872017, OnMonitoredCallEstablished 536872018, OnMonitoredCallHeld 536872019, OnMonitoredCallRetrieved 536872020, OnMonitoredCallCleared 536872021, OnMonitoredCallConnectionCleared 536872022, OnMonitoredCallReachedNetworkEvent 536872023, OnMonitoredCallOriginated 536872024, OnMonitoredCallFailed 536872025, OnMonitoredCallTransferred 536872026, OnMonitoredCallConferenced 536872027, OnMonitoredCallDiverted 536872028, OnMonitoredTranslationRoute 536872029, OnMonitoredCallAgentPrecallEvent 536872030, OnMonitoredCallAgentPrecallAbortEvent 536872031, OnMonitoredCallServiceInitiatedEvent 536872032, OnMonitoredCallQueuedEvent 536872033, OnMonitoredCallDequeuedEvent 536872034 */
  readonly EventID: 'OnConnection' | 'OnConnectionClosed' | 'OnConnectionFailure' | 'OnConnectionRejected' | 'OnCTIOSFailure' | 'OnCurrentAgentReset' | 'OnCurrentCallChanged' | 'OnFailure' | 'OnGlobalSettingsDownloadConf' | 'OnHeartbeat' | 'OnMissingHeartbeat' | 'OnMonitorModeEstablished' | 'OnSnapshotDeviceConf' | 'OnSnapshotSkillGroupList' | 'OnTranslationRoute' | 'OnConnectionGap' | 'OnAgentPrecallEvent' | 'OnAgentPrecallAbortEvent' | 'OnCallBegin' | 'OnCallCleared' | 'OnCallConnectionCleared' | 'OnCallConferenced' | 'OnCallDataUpdate' | 'OnCallDelivered' | 'OnCallDequeuedEvent' | 'OnCallDiverted' | 'OnCallEnd' | 'OnCallEstablished' | 'OnCallFailed' | 'OnCallHeld' | 'OnCallOriginated' | 'OnCallQueuedEvent' | 'OnCallReachedNetworkEvent' | 'OnCallRetrieved' | 'OnCallServiceInitiatedEvent' | 'OnCallTransferred' | 'OnSnapshotCallConf' | 'OnAlternateCallConf' | 'OnAnswerCallConf' | 'OnCallStartRecordingConf' | 'OnCallStopRecordingConf' | 'OnClearCallConf' | 'OnClearConnectionConf' | 'OnConferenceCallConf' | 'OnConsultationCallConf' | 'OnControlFailureConf' | 'OnHoldCallConf' | 'OnMakePredictiveCallConf' | 'OnReconnectCallConf' | 'OnReleaseCallConf' | 'OnRetrieveCallConf' | 'OnSendDTMFConf' | 'OnSetCallDataConf' | 'OnTransferCallConf' | 'OnAgentDeskSettingsConf' | 'OnAgentGreetingControlConf' | 'OnAgentInfoEvent' | 'OnAgentStateChange' | 'OnAgentSkillGroupsChange' | 'OnAgentStatistics' | 'OnChatMessage' | 'OnEmergencyCall' | 'OnLogoutFailed' | 'OnMakeCallConf' | 'OnNewAgentTeamMember' | 'OnPostLogout' | 'OnPreLogout' | 'OnQueryAgentStateConf' | 'OnSetAgentModeEvent' | 'OnSetAgentStateConf' | 'OnStartMonitoringAgent' | 'OnStopMonitoringAgent' | 'OnUserMessageConf' | 'OnSkillGroupStatisticsUpdated' | 'OnSkillInfoEvent' | 'OnButtonEnablementChange' | 'OnSupervisorButtonChange' | 'OnCallRTPStarted' | 'OnCallRTPStopped' | 'OnStartSilentMonitorConf' | 'OnSilentMonitorStartedEvent' | 'OnSilentMonitorStartRequestedEvent' | 'OnSilentMonitorSessionDisconnected' | 'OnSilentMonitorStopRequestedEvent' | 'OnSilentMonitorStatusReportEvent' | 'OnStopSilentMonitorConf' | 'OnRTPStreamTimedoutEvent' | 'OnNetworkRecordingStarted' | 'OnNetworkRecordingEnded' | 'OnNetworkRecordingFailed' | 'OnNetworkRecordingTargetInfo' | 'OnStartNetworkRecordingConf' | 'OnStopNetworkRecordingConf' | 'OnDeflectCallConf' | 'OnAgentServicesChange' | 'OnSetAgentServiceDataConf' | 'OnMonitoredAgentStateChange' | 'OnMonitoredAgentInfoEvent' | 'OnMonitoredCallBegin' | 'OnMonitoredCallEnd' | 'OnMonitoredCallDataUpdate' | 'OnMonitoredCallDelivered' | 'OnMonitoredCallEstablished' | 'OnMonitoredCallHeld' | 'OnMonitoredCallRetrieved' | 'OnMonitoredCallCleared' | 'OnMonitoredCallConnectionCleared' | 'OnMonitoredCallReachedNetworkEvent' | 'OnMonitoredCallOriginated' | 'OnMonitoredCallFailed' | 'OnMonitoredCallTransferred' | 'OnMonitoredCallConferenced' | 'OnMonitoredCallDiverted' | 'OnMonitoredTranslationRoute' | 'OnMonitoredCallAgentPrecallEvent' | 'OnMonitoredCallAgentPrecallAbortEvent' | 'OnMonitoredCallServiceInitiatedEvent' | 'OnMonitoredCallQueuedEvent' | 'OnMonitoredCallDequeuedEvent';
}

/** Every event. */
export interface EventNames {
  /** The session has connected, or reconnected after a failover. On ISessionEvents. */
  readonly OnConnection: 'OnConnection';
  /** The session has been disconnected by the client. On ISessionEvents. */
  readonly OnConnectionClosed: 'OnConnectionClosed';
  /** A connection or a connection attempt failed; the library retries. On ISessionEvents. */
  readonly OnConnectionFailure: 'OnConnectionFailure';
  /** The server refused the client because of incompatible versions. On ISessionEvents. */
  readonly OnConnectionRejected: 'OnConnectionRejected';
  /** The system status changed, or the CTI Server or the CTI OS Server reported a failure. Also sent immediately after connecting, SetAgent and SetMessageFilter, with the current status. On ISessionEvents. */
  readonly OnCTIOSFailure: 'OnCTIOSFailure';
  /** The current agent was removed from the session. On ISessionEvents. */
  readonly OnCurrentAgentReset: 'OnCurrentAgentReset';
  /** Another call became the current call of the session. Always followed by OnButtonEnablementChange for the new current call. On ISessionEvents. */
  readonly OnCurrentCallChanged: 'OnCurrentCallChanged';
  /** Declared but not supported. On ISessionEvents. */
  readonly OnFailure: 'OnFailure';
  /** Response to RequestDesktopSettings with the desktop configuration. On ISessionEvents. */
  readonly OnGlobalSettingsDownloadConf: 'OnGlobalSettingsDownloadConf';
  /** A heartbeat was answered. On ISessionEvents. */
  readonly OnHeartbeat: 'OnHeartbeat';
  /** A heartbeat was missed; the maximum has not been reached. After MaxHeartbeats missed heartbeats, OnConnectionFailure is sent instead. On ISessionEvents. */
  readonly OnMissingHeartbeat: 'OnMissingHeartbeat';
  /** The server accepted the message filter. Sent to the session that set the filter, whether or not the filter matches it. On ISessionEvents. */
  readonly OnMonitorModeEstablished: 'OnMonitorModeEstablished';
  /** Snapshot of a device: the calls on it. In agent mode, it follows OnQueryAgentStateConf if the agent is already logged in. The library removes calls that are not listed and sends OnCallEnd for them. On ISessionEvents. */
  readonly OnSnapshotDeviceConf: 'OnSnapshotDeviceConf';
  /** Declared but not supported. On ISessionEvents. */
  readonly OnSnapshotSkillGroupList: 'OnSnapshotSkillGroupList';
  /** Call data of a translation-routed call, before the call. Creates no Call object; ICMEnterpriseUniqueID identifies the later OnCallBegin. On ISessionEvents. */
  readonly OnTranslationRoute: 'OnTranslationRoute';
  /** The link was lost and has been restored; lists what changed, because events in between were not observed. An event of this project, not of Cisco's toolkit. On ISessionEvents. */
  readonly OnConnectionGap: 'OnConnectionGap';
  /** The router has selected an agent for a call; call data before the call arrives. Creates no Call object; ICMEnterpriseUniqueID identifies the call. With an MRDID, it announces a task in that medium, not a call. On ICallEvents. */
  readonly OnAgentPrecallEvent: 'OnAgentPrecallEvent';
  /** An announced call will not be sent to the agent. On ICallEvents. */
  readonly OnAgentPrecallAbortEvent: 'OnAgentPrecallAbortEvent';
  /** A call becomes known to the client; initial call data. Creates the Call object. Precedes all other events of that call. On ICallEvents. */
  readonly OnCallBegin: 'OnCallBegin';
  /** The call was cleared for all parties. Connection state becomes LCS_NULL. On ICallEvents. */
  readonly OnCallCleared: 'OnCallCleared';
  /** One party left the call. Connection state becomes LCS_NULL. On ICallEvents. */
  readonly OnCallConnectionCleared: 'OnCallConnectionCleared';
  /** Calls were joined to a conference. Controller connections merge; state LCS_CONNECT. On ICallEvents. */
  readonly OnCallConferenced: 'OnCallConferenced';
  /** Call data changed; contains only the changed values. All keywords except UniqueObjectID are optional. Also the response to Call.Snapshot, according to the Call chapter of the guide. On ICallEvents. */
  readonly OnCallDataUpdate: 'OnCallDataUpdate';
  /** The call is ringing. The called side is in LCS_ALERTING, the calling side stays in LCS_INITIATE. Sent for both connections. On ICallEvents. */
  readonly OnCallDelivered: 'OnCallDelivered';
  /** The call was removed from a queue. On ICallEvents. */
  readonly OnCallDequeuedEvent: 'OnCallDequeuedEvent';
  /** The call was diverted to another target. On ICallEvents. */
  readonly OnCallDiverted: 'OnCallDiverted';
  /** The call ended for the client; its last event. Deletes the Call object; filters for calls in monitor mode must include it. On ICallEvents. */
  readonly OnCallEnd: 'OnCallEnd';
  /** The call was answered. Both sides are in state LCS_CONNECT. On ICallEvents. */
  readonly OnCallEstablished: 'OnCallEstablished';
  /** The call could not be completed. State LCS_FAIL; later events of the call have no CallStatus. On ICallEvents. */
  readonly OnCallFailed: 'OnCallFailed';
  /** The call was put on hold. On ICallEvents. */
  readonly OnCallHeld: 'OnCallHeld';
  /** An outbound call was started. State LCS_INITIATE; sent for the calling connection only. On ICallEvents. */
  readonly OnCallOriginated: 'OnCallOriginated';
  /** The call was queued. On ICallEvents. */
  readonly OnCallQueuedEvent: 'OnCallQueuedEvent';
  /** An outbound call reached another network. May be the last progress event of an outbound call. On ICallEvents. */
  readonly OnCallReachedNetworkEvent: 'OnCallReachedNetworkEvent';
  /** A held call was retrieved. State LCS_CONNECT. On ICallEvents. */
  readonly OnCallRetrieved: 'OnCallRetrieved';
  /** A phone went off-hook or got a dial tone. State LCS_INITIATE. On ICallEvents. */
  readonly OnCallServiceInitiatedEvent: 'OnCallServiceInitiatedEvent';
  /** The call was transferred. Both of the transferring device's connections end. On ICallEvents. */
  readonly OnCallTransferred: 'OnCallTransferred';
  /** Snapshot of one call. Creates the Call object after a failover. ANI, UserToUserInfo and DNIS are present only if they have values. On ICallEvents. */
  readonly OnSnapshotCallConf: 'OnSnapshotCallConf';
  /** CTI Server accepted the Alternate request. On ICallEvents. */
  readonly OnAlternateCallConf: 'OnAlternateCallConf';
  /** CTI Server accepted the Answer request. On ICallEvents. */
  readonly OnAnswerCallConf: 'OnAnswerCallConf';
  /** CTI Server accepted the StartRecord request. On ICallEvents. */
  readonly OnCallStartRecordingConf: 'OnCallStartRecordingConf';
  /** CTI Server accepted the StopRecord request. On ICallEvents. */
  readonly OnCallStopRecordingConf: 'OnCallStopRecordingConf';
  /** CTI Server accepted the Clear request. On ICallEvents. */
  readonly OnClearCallConf: 'OnClearCallConf';
  /** CTI Server accepted the ClearConnection request. On ICallEvents. */
  readonly OnClearConnectionConf: 'OnClearConnectionConf';
  /** CTI Server accepted the Conference or SingleStepConference request. On ICallEvents. */
  readonly OnConferenceCallConf: 'OnConferenceCallConf';
  /** CTI Server accepted the MakeConsultCall request. On ICallEvents. */
  readonly OnConsultationCallConf: 'OnConsultationCallConf';
  /** A request was refused by the CTI Server or the peripheral. Sent instead of the confirmation of the request. On ICallEvents, IAgentEvents. */
  readonly OnControlFailureConf: 'OnControlFailureConf';
  /** CTI Server accepted the Hold request. On ICallEvents. */
  readonly OnHoldCallConf: 'OnHoldCallConf';
  /** Declared but not supported. On ICallEvents. */
  readonly OnMakePredictiveCallConf: 'OnMakePredictiveCallConf';
  /** CTI Server accepted the Reconnect request. On ICallEvents. */
  readonly OnReconnectCallConf: 'OnReconnectCallConf';
  /** Declared but not supported. On ICallEvents. */
  readonly OnReleaseCallConf: 'OnReleaseCallConf';
  /** CTI Server accepted the Retrieve request. On ICallEvents. */
  readonly OnRetrieveCallConf: 'OnRetrieveCallConf';
  /** CTI Server accepted the SendDTMFSignal request. On ICallEvents. */
  readonly OnSendDTMFConf: 'OnSendDTMFConf';
  /** CTI Server accepted the SetCallData request. On ICallEvents. */
  readonly OnSetCallDataConf: 'OnSetCallDataConf';
  /** CTI Server accepted the Transfer or SingleStepTransfer request. On ICallEvents. */
  readonly OnTransferCallConf: 'OnTransferCallConf';
  /** Desk settings of the agent. On IAgentEvents. */
  readonly OnAgentDeskSettingsConf: 'OnAgentDeskSettingsConf';
  /** SetAgentGreetingAction succeeded. On IAgentEvents. */
  readonly OnAgentGreetingControlConf: 'OnAgentGreetingControlConf';
  /** The name of an agent became known. Only if the server is configured for agent name lookup. On IAgentEvents. */
  readonly OnAgentInfoEvent: 'OnAgentInfoEvent';
  /** The state of an agent changed. With an MRDID other than 1 (voice), it reports the agent's state in that medium; the Agent object keeps its voice state. On IAgentEvents. */
  readonly OnAgentStateChange: 'OnAgentStateChange';
  /** The skill groups of an agent, or its states in them, changed without a change of the agent state. An event of this project, not of Cisco's toolkit, because a switch may report one change of an agent's state once for each skill group. On IAgentEvents. */
  readonly OnAgentSkillGroupsChange: 'OnAgentSkillGroupsChange';
  /** Statistics of an agent. Requires EnableAgentStatistics for a logged-in agent. By default only the statistics configured for the grid are sent. On IAgentEvents. */
  readonly OnAgentStatistics: 'OnAgentStatistics';
  /** A chat message from another agent. On IAgentEvents. */
  readonly OnChatMessage: 'OnChatMessage';
  /** A supervisor is handling an emergency call. On IAgentEvents. */
  readonly OnEmergencyCall: 'OnEmergencyCall';
  /** A log-out request failed. On IAgentEvents. */
  readonly OnLogoutFailed: 'OnLogoutFailed';
  /** CTI Server accepted the MakeCall request. On IAgentEvents. */
  readonly OnMakeCallConf: 'OnMakeCallConf';
  /** A team member was listed, added or removed. RequestAgentTeamList is answered with one event per member, including the supervisor. Also sent after AGENT_TEAM_CONFIG_EVENT. On IAgentEvents. */
  readonly OnNewAgentTeamMember: 'OnNewAgentTeamMember';
  /** An agent has logged out, after the event of the state change. Do not disconnect when EventReasonCode is the forced-logout code. On IAgentEvents. */
  readonly OnPostLogout: 'OnPostLogout';
  /** An agent is about to be logged out. On IAgentEvents. */
  readonly OnPreLogout: 'OnPreLogout';
  /** State of an agent, after SetAgent, at login or when queried. StateDuration is included if the server has observed the beginning of the state, without a gap since. On IAgentEvents. */
  readonly OnQueryAgentStateConf: 'OnQueryAgentStateConf';
  /** The server has set agent mode. Sent only to sessions in agent mode. On IAgentEvents. */
  readonly OnSetAgentModeEvent: 'OnSetAgentModeEvent';
  /** CTI Server accepted the SetAgentState request. On IAgentEvents. */
  readonly OnSetAgentStateConf: 'OnSetAgentStateConf';
  /** Monitoring of an agent began. On IAgentEvents. */
  readonly OnStartMonitoringAgent: 'OnStartMonitoringAgent';
  /** Monitoring of an agent ended. On IAgentEvents. */
  readonly OnStopMonitoringAgent: 'OnStopMonitoringAgent';
  /** Declared but not supported. On IAgentEvents. */
  readonly OnUserMessageConf: 'OnUserMessageConf';
  /** Statistics of a skill group. The first one creates the SkillGroup object. On ISkillGroupEvents. */
  readonly OnSkillGroupStatisticsUpdated: 'OnSkillGroupStatisticsUpdated';
  /** The name of a skill group became known. On ISkillGroupEvents. */
  readonly OnSkillInfoEvent: 'OnSkillInfoEvent';
  /** The permitted operations of the current agent or call changed. Sent for events of the agent or the current call that contain a mask, and when the current call changes. On IButtonEnablementEvents. */
  readonly OnButtonEnablementChange: 'OnButtonEnablementChange';
  /** The permitted supervisor operations changed. On IButtonEnablementEvents. */
  readonly OnSupervisorButtonChange: 'OnSupervisorButtonChange';
  /** An RTP stream started. For silent monitoring in monitor mode, the filter must include 116 and 117. On ISilentMonitorEvents. */
  readonly OnCallRTPStarted: 'OnCallRTPStarted';
  /** An RTP stream stopped. On ISilentMonitorEvents. */
  readonly OnCallRTPStopped: 'OnCallRTPStopped';
  /** The server has processed StartSilentMonitorRequest. On ISilentMonitorEvents. */
  readonly OnStartSilentMonitorConf: 'OnStartSilentMonitorConf';
  /** A silent monitor session or call began. Has different arguments for each silent monitoring method. May be repeated after a failover. The Unified CM variant is sent to both the monitored agent and the supervisor. On ISilentMonitorEvents. */
  readonly OnSilentMonitorStartedEvent: 'OnSilentMonitorStartedEvent';
  /** Another client requests silent monitoring. A listener may set DoDefaultMessageHandling to false and call AcceptSilentMonitoring later. On ISilentMonitorEvents. */
  readonly OnSilentMonitorStartRequestedEvent: 'OnSilentMonitorStartRequestedEvent';
  /** The connection of the monitoring or the monitored client failed or timed out. On ISilentMonitorEvents. */
  readonly OnSilentMonitorSessionDisconnected: 'OnSilentMonitorSessionDisconnected';
  /** Silent monitoring stopped. Has different arguments for each silent monitoring method. On ISilentMonitorEvents. */
  readonly OnSilentMonitorStopRequestedEvent: 'OnSilentMonitorStopRequestedEvent';
  /** The status of a silent monitor session changed. Sent only to the monitoring client. On ISilentMonitorEvents. */
  readonly OnSilentMonitorStatusReportEvent: 'OnSilentMonitorStatusReportEvent';
  /** The server has processed StopSilentMonitorRequest. On ISilentMonitorEvents. */
  readonly OnStopSilentMonitorConf: 'OnStopSilentMonitorConf';
  /** No RTP packets arrive from the monitored phone. Sent to the monitored client. On ISilentMonitorEvents. */
  readonly OnRTPStreamTimedoutEvent: 'OnRTPStreamTimedoutEvent';
  /** The phone or gateway started sending the call to the recorder. An event of this project; Cisco's toolkit ignores the message. Requires protocol version 23. On ICallEvents. */
  readonly OnNetworkRecordingStarted: 'OnNetworkRecordingStarted';
  /** The call is no longer sent to the recorder. An event of this project; Cisco's toolkit ignores the message. Requires protocol version 23. On ICallEvents. */
  readonly OnNetworkRecordingEnded: 'OnNetworkRecordingEnded';
  /** The call could not be recorded. An event of this project; Cisco's toolkit ignores the message. Requires protocol version 23. On ICallEvents. */
  readonly OnNetworkRecordingFailed: 'OnNetworkRecordingFailed';
  /** The recorder of the call and its reference. An event of this project; Cisco's toolkit ignores the message. Requires protocol version 23. On ICallEvents. */
  readonly OnNetworkRecordingTargetInfo: 'OnNetworkRecordingTargetInfo';
  /** CTI Server accepted the StartNetworkRecording request. An event of this project; Cisco's toolkit ignores the message. On ICallEvents. */
  readonly OnStartNetworkRecordingConf: 'OnStartNetworkRecordingConf';
  /** CTI Server accepted the StopNetworkRecording request. An event of this project; Cisco's toolkit ignores the message. On ICallEvents. */
  readonly OnStopNetworkRecordingConf: 'OnStopNetworkRecordingConf';
  /** CTI Server accepted the Deflect request. An event of this project; Cisco's toolkit ignores the message. On ICallEvents. */
  readonly OnDeflectCallConf: 'OnDeflectCallConf';
  /** The assistance services of the agent, such as answers and transcription. An event of this project; Cisco's toolkit ignores the message. Requires protocol version 24. On IAgentEvents. */
  readonly OnAgentServicesChange: 'OnAgentServicesChange';
  /** CTI Server accepted the SetAgentServiceData request. An event of this project; Cisco's toolkit ignores the message. On IAgentEvents. */
  readonly OnSetAgentServiceDataConf: 'OnSetAgentServiceDataConf';
  /** OnAgentStateChange, for an agent or a call that a supervisor monitors. With an MRDID other than 1 (voice), it reports the agent's state in that medium; the Agent object keeps its voice state. On IMonitoredAgentEvents. */
  readonly OnMonitoredAgentStateChange: 'OnMonitoredAgentStateChange';
  /** OnAgentInfoEvent, for an agent or a call that a supervisor monitors. Only if the server is configured for agent name lookup. On IMonitoredAgentEvents. */
  readonly OnMonitoredAgentInfoEvent: 'OnMonitoredAgentInfoEvent';
  /** OnCallBegin, for an agent or a call that a supervisor monitors. Creates the Call object. Precedes all other events of that call. On IMonitoredCallEvents. */
  readonly OnMonitoredCallBegin: 'OnMonitoredCallBegin';
  /** OnCallEnd, for an agent or a call that a supervisor monitors. Deletes the Call object; filters for calls in monitor mode must include it. On IMonitoredCallEvents. */
  readonly OnMonitoredCallEnd: 'OnMonitoredCallEnd';
  /** OnCallDataUpdate, for an agent or a call that a supervisor monitors. All keywords except UniqueObjectID are optional. Also the response to Call.Snapshot, according to the Call chapter of the guide. On IMonitoredCallEvents. */
  readonly OnMonitoredCallDataUpdate: 'OnMonitoredCallDataUpdate';
  /** OnCallDelivered, for an agent or a call that a supervisor monitors. The called side is in LCS_ALERTING, the calling side stays in LCS_INITIATE. Sent for both connections. On IMonitoredCallEvents. */
  readonly OnMonitoredCallDelivered: 'OnMonitoredCallDelivered';
  /** OnCallEstablished, for an agent or a call that a supervisor monitors. Both sides are in state LCS_CONNECT. On IMonitoredCallEvents. */
  readonly OnMonitoredCallEstablished: 'OnMonitoredCallEstablished';
  /** OnCallHeld, for an agent or a call that a supervisor monitors. On IMonitoredCallEvents. */
  readonly OnMonitoredCallHeld: 'OnMonitoredCallHeld';
  /** OnCallRetrieved, for an agent or a call that a supervisor monitors. State LCS_CONNECT. On IMonitoredCallEvents. */
  readonly OnMonitoredCallRetrieved: 'OnMonitoredCallRetrieved';
  /** OnCallCleared, for an agent or a call that a supervisor monitors. Connection state becomes LCS_NULL. On IMonitoredCallEvents. */
  readonly OnMonitoredCallCleared: 'OnMonitoredCallCleared';
  /** OnCallConnectionCleared, for an agent or a call that a supervisor monitors. Connection state becomes LCS_NULL. On IMonitoredCallEvents. */
  readonly OnMonitoredCallConnectionCleared: 'OnMonitoredCallConnectionCleared';
  /** OnCallReachedNetworkEvent, for an agent or a call that a supervisor monitors. May be the last progress event of an outbound call. On IMonitoredCallEvents. */
  readonly OnMonitoredCallReachedNetworkEvent: 'OnMonitoredCallReachedNetworkEvent';
  /** OnCallOriginated, for an agent or a call that a supervisor monitors. State LCS_INITIATE; sent for the calling connection only. On IMonitoredCallEvents. */
  readonly OnMonitoredCallOriginated: 'OnMonitoredCallOriginated';
  /** OnCallFailed, for an agent or a call that a supervisor monitors. State LCS_FAIL; later events of the call have no CallStatus. On IMonitoredCallEvents. */
  readonly OnMonitoredCallFailed: 'OnMonitoredCallFailed';
  /** OnCallTransferred, for an agent or a call that a supervisor monitors. Both of the transferring device's connections end. On IMonitoredCallEvents. */
  readonly OnMonitoredCallTransferred: 'OnMonitoredCallTransferred';
  /** OnCallConferenced, for an agent or a call that a supervisor monitors. Controller connections merge; state LCS_CONNECT. On IMonitoredCallEvents. */
  readonly OnMonitoredCallConferenced: 'OnMonitoredCallConferenced';
  /** OnCallDiverted, for an agent or a call that a supervisor monitors. On IMonitoredCallEvents. */
  readonly OnMonitoredCallDiverted: 'OnMonitoredCallDiverted';
  /** OnTranslationRoute, for an agent or a call that a supervisor monitors. Creates no Call object; ICMEnterpriseUniqueID identifies the later OnCallBegin. On IMonitoredCallEvents. */
  readonly OnMonitoredTranslationRoute: 'OnMonitoredTranslationRoute';
  /** OnAgentPrecallEvent, for an agent or a call that a supervisor monitors. Creates no Call object; ICMEnterpriseUniqueID identifies the call. With an MRDID, it announces a task in that medium, not a call. On IMonitoredCallEvents. */
  readonly OnMonitoredCallAgentPrecallEvent: 'OnMonitoredCallAgentPrecallEvent';
  /** OnAgentPrecallAbortEvent, for an agent or a call that a supervisor monitors. On IMonitoredCallEvents. */
  readonly OnMonitoredCallAgentPrecallAbortEvent: 'OnMonitoredCallAgentPrecallAbortEvent';
  /** OnCallServiceInitiatedEvent, for an agent or a call that a supervisor monitors. State LCS_INITIATE. On IMonitoredCallEvents. */
  readonly OnMonitoredCallServiceInitiatedEvent: 'OnMonitoredCallServiceInitiatedEvent';
  /** OnCallQueuedEvent, for an agent or a call that a supervisor monitors. On IMonitoredCallEvents. */
  readonly OnMonitoredCallQueuedEvent: 'OnMonitoredCallQueuedEvent';
  /** OnCallDequeuedEvent, for an agent or a call that a supervisor monitors. On IMonitoredCallEvents. */
  readonly OnMonitoredCallDequeuedEvent: 'OnMonitoredCallDequeuedEvent';
}

/** Every request by the name of its method. */
export interface RequestMethodNames {
  /** Answers the ringing call. Confirmed by {@link EventNames.OnAnswerCallConf}. */
  readonly answer: 'Answer';
  /** Puts the call on hold. Confirmed by {@link EventNames.OnHoldCallConf}. */
  readonly hold: 'Hold';
  /** Takes the call off hold. Confirmed by {@link EventNames.OnRetrieveCallConf}. */
  readonly retrieve: 'Retrieve';
  /** Ends the call for all parties. Not for Unified CCE, where control of the call would be lost; use ClearConnection instead. Confirmed by {@link EventNames.OnClearCallConf}. */
  readonly clear: 'Clear';
  /** Hangs up: the agent leaves the call, and a call with two parties ends. Confirmed by {@link EventNames.OnClearConnectionConf}. */
  readonly clearConnection: 'ClearConnection';
  /** Switches between the active and the held call. Confirmed by {@link EventNames.OnAlternateCallConf}. */
  readonly alternate: 'Alternate';
  /** Hangs up the active call and retrieves the held one. Confirmed by {@link EventNames.OnReconnectCallConf}. */
  readonly reconnect: 'Reconnect';
  /** Puts the call on hold and calls another party for a consultation, transfer or conference. The new call gets the original's call data unless the request sets other values. Confirmed by {@link EventNames.OnConsultationCallConf}. */
  readonly makeConsultCall: 'MakeConsultCall';
  /** Completes a consult transfer. Confirmed by {@link EventNames.OnTransferCallConf}. */
  readonly transfer: 'Transfer';
  /** Completes a consult conference. Confirmed by {@link EventNames.OnConferenceCallConf}. */
  readonly conference: 'Conference';
  /** Transfers the call without consultation (blind transfer). Confirmed by {@link EventNames.OnTransferCallConf}. */
  readonly singleStepTransfer: 'SingleStepTransfer';
  /** Adds a party to the call without consultation. Not with Unified CCE. Confirmed by {@link EventNames.OnConferenceCallConf}. */
  readonly singleStepConference: 'SingleStepConference';
  /** Sends DTMF digits to the other party. Confirmed by {@link EventNames.OnSendDTMFConf}. */
  readonly sendDTMFSignal: 'SendDTMFSignal';
  /** Changes the data that travels with the call. ECC is replaced as a whole. Omitted call variables keep their values; a blank clears a variable. Confirmed by {@link EventNames.OnSetCallDataConf}. */
  readonly setCallData: 'SetCallData';
  /** Queries the current state of the call at the switch. Confirmed by {@link EventNames.OnSnapshotCallConf}. */
  readonly snapshot: 'Snapshot';
  /** Starts recording the call. Requires a recording server at the CTI Server. Keep the SessionID of the confirmation for StopRecord. Confirmed by {@link EventNames.OnCallStartRecordingConf}. */
  readonly startRecord: 'StartRecord';
  /** Stops recording the call. Confirmed by {@link EventNames.OnCallStopRecordingConf}. */
  readonly stopRecord: 'StopRecord';
  /** Dials from the agent's phone. With Unified CCE, only in the state NotReady, and never during wrap-up. Confirmed by {@link EventNames.OnMakeCallConf}. */
  readonly makeCall: 'MakeCall';
  /** Logs the agent in. Confirmed by {@link EventNames.OnSetAgentStateConf}. */
  readonly login: 'Login';
  /** Logs the agent out. Unified CCE requires a reason code if the desk settings say so. Confirmed by {@link EventNames.OnSetAgentStateConf}. */
  readonly logout: 'Logout';
  /** Changes the agent's state. The confirmation means that the CTI Server accepted the request; OnAgentStateChange reports the new state. To change a team member's state, a supervisor needs SupervisorID, and for a log-out reason code 999; the server adds them if they are omitted. Confirmed by {@link EventNames.OnSetAgentStateConf}. */
  readonly setAgentState: 'SetAgentState';
  /** Queries the agent's state. Confirmed by {@link EventNames.OnQueryAgentStateConf}. */
  readonly queryAgentState: 'QueryAgentState';
  /** Turns the agent greeting on or off for this login. Confirmed by {@link EventNames.OnAgentGreetingControlConf}. */
  readonly setAgentGreetingAction: 'SetAgentGreetingAction';
  /** Calls the supervisor in an emergency. */
  readonly makeEmergencyCall: 'MakeEmergencyCall';
  /** Asks a supervisor for assistance. */
  readonly requestSupervisorAssist: 'RequestSupervisorAssist';
  /** Reports a bad line. */
  readonly reportBadCallLine: 'ReportBadCallLine';
  /** Enables statistics of the agent. Disabled by the server when the client disconnects; enabled again by the client after a failover. */
  readonly enableAgentStatistics: 'EnableAgentStatistics';
  /** Disables statistics of the agent. */
  readonly disableAgentStatistics: 'DisableAgentStatistics';
  /** Enables statistics of skill groups. Without arguments: all known groups, or in agent mode the agent's groups. In monitor mode, the filter must match the event, for example with FilterTarget=SkillGroupStats. Disabled by the server when the client disconnects; enabled again by the client after a failover. */
  readonly enableSkillGroupStatistics: 'EnableSkillGroupStatistics';
  /** Disables statistics of skill groups. */
  readonly disableSkillGroupStatistics: 'DisableSkillGroupStatistics';
  /** Sends a chat message to another agent. The server determines to whom an agent may write. */
  readonly sendChatMessage: 'SendChatMessage';
  /** Requests the members of the supervisor's teams. */
  readonly requestAgentTeamList: 'RequestAgentTeamList';
  /** Monitors the agents of all the supervisor's teams. */
  readonly startMonitoringAllAgentTeams: 'StartMonitoringAllAgentTeams';
  /** Stops monitoring all teams. */
  readonly stopMonitoringAllAgentTeams: 'StopMonitoringAllAgentTeams';
  /** Monitors the agents of one team. */
  readonly startMonitoringAgentTeam: 'StartMonitoringAgentTeam';
  /** Stops monitoring a team. */
  readonly stopMonitoringAgentTeam: 'StopMonitoringAgentTeam';
  /** Monitors the calls of one agent. Only one agent at a time; monitoring another one stops monitoring the first. Confirmed by {@link EventNames.OnStartMonitoringAgent}. */
  readonly startMonitoringAgent: 'StartMonitoringAgent';
  /** Stops monitoring the calls of an agent. Confirmed by {@link EventNames.OnStopMonitoringAgent}. */
  readonly stopMonitoringAgent: 'StopMonitoringAgent';
  /** Selects the call for the supervisor buttons; without arguments, no call. */
  readonly startMonitoringCall: 'StartMonitoringCall';
  /** Monitors, barges in on, intercepts or leaves an agent's call. Intercepting is possible only after barge-in. */
  readonly superviseCall: 'SuperviseCall';
  /** Sets agent mode for one agent. Confirmed by {@link EventNames.OnSetAgentModeEvent}. */
  readonly setAgent: 'SetAgent';
  /** Sets monitor mode with a message filter. A blank filter matches all events. Confirmed by {@link EventNames.OnMonitorModeEstablished}. */
  readonly setMessageFilter: 'SetMessageFilter';
  /** Authenticates the client as an agent. */
  readonly sendIdentifyClientRequest: 'SendIdentifyClientRequest';
  /** Requests the desktop settings of the server. Confirmed by {@link EventNames.OnGlobalSettingsDownloadConf}. */
  readonly requestDesktopSettings: 'RequestDesktopSettings';
  /** Makes this client a monitoring client. */
  readonly startSMMonitoringMode: 'StartSMMonitoringMode';
  /** Makes this client one that can be monitored. */
  readonly startSMMonitoredMode: 'StartSMMonitoredMode';
  /** Leaves the mode and ends a running session. */
  readonly stopSilentMonitorMode: 'StopSilentMonitorMode';
  /** Requests silent monitoring of an agent or a device. Confirmed by {@link EventNames.OnStartSilentMonitorConf}. */
  readonly startSilentMonitorRequest: 'StartSilentMonitorRequest';
  /** Stops silent monitoring. Confirmed by {@link EventNames.OnStopSilentMonitorConf}. */
  readonly stopSilentMonitorRequest: 'StopSilentMonitorRequest';
  /** Accepts silent monitoring, if the application decides itself. */
  readonly acceptSilentMonitoring: 'AcceptSilentMonitoring';
  /** Starts sending the call from the phone or gateway to the recorder. A request of this project, not of Cisco's toolkit. Requires protocol version 23, and selective recording of the line in Unified CM. Confirmed by {@link EventNames.OnStartNetworkRecordingConf}. */
  readonly startNetworkRecording: 'StartNetworkRecording';
  /** Stops sending the call from the phone or gateway to the recorder. A request of this project, not of Cisco's toolkit. Requires protocol version 23. Use the same InvocationType as at the start. Confirmed by {@link EventNames.OnStopNetworkRecordingConf}. */
  readonly stopNetworkRecording: 'StopNetworkRecording';
  /** Sends the ringing call to another number. A request of this project, not of Cisco's toolkit. Confirmed by {@link EventNames.OnDeflectCallConf}. */
  readonly deflect: 'Deflect';
  /** Reports which assistance services the agent used on a call. A request of this project, not of Cisco's toolkit. Requires protocol version 24. Without CallReference, it applies to the agent's current call. The numbers of suggestions are sent with version 24 only, because version 25 uses their tags for other fields. Confirmed by {@link EventNames.OnSetAgentServiceDataConf}. */
  readonly setAgentServiceData: 'SetAgentServiceData';
}
