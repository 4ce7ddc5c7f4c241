/** Requests and events that every session may use. */
import { AgentService, DeskSettingsMask, WrapupDataMode } from '../constants/agent.js';
import { ConnectionDeviceIDType, DeviceIDType, Distribution } from '../constants/call.js';
import { RTPDirection, RTPType } from '../constants/device.js';
import { CallVariableMask, ClientEventState } from '../constants/session.js';
import { PGStatus, StatusCode, SystemEventID } from '../constants/status.js';
import { INT, STRING, TIME, UINT, USHORT } from '../definition/field.js';
import { list, NAMED_ARRAYS, NAMED_VARIABLES } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, CALL_VARIABLES, PERIPHERAL_ID, SKILL_GROUP_ID } from './common.js';

export const SYSTEM_EVENT = message('SYSTEM_EVENT', 31, {
  from: 'server',
  fixed: {
    PGStatus: UINT.bits(PGStatus),
    ICMCentralControllerTime: TIME.since(6),
    SystemEventID: UINT.of(SystemEventID),
    SystemEventArg1: UINT,
    SystemEventArg2: UINT,
    SystemEventArg3: UINT,
    EventDeviceType: USHORT.of(DeviceIDType).since(13),
  },
  floating: {
    Text: STRING(255).tag(Tag.TEXT_TAG),
    EventDeviceID: STRING(64).tag(Tag.EVENT_DEVICE_ID_TAG).since(13),
  },
});

export const CLIENT_EVENT_REPORT_REQ = message('CLIENT_EVENT_REPORT_REQ', 32, {
  from: 'client',
  reply: 'CLIENT_EVENT_REPORT_CONF',
  fixed: {
    InvokeID: UINT,
    State: USHORT.of(ClientEventState),
  },
  floating: {
    ObjectName: STRING(128).tag(Tag.OBJECT_NAME_TAG),
    Text: STRING(255).tag(Tag.TEXT_TAG).required,
  },
});

export const CLIENT_EVENT_REPORT_CONF = message('CLIENT_EVENT_REPORT_CONF', 33, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const USER_MESSAGE_REQ = message('USER_MESSAGE_REQ', 107, {
  from: 'client',
  reply: 'USER_MESSAGE_CONF',
  since: 6,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    Distribution: USHORT.of(Distribution),
  },
  floating: {
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    Text: STRING(255).tag(Tag.TEXT_TAG).required,
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG).until(24),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const USER_MESSAGE_CONF = message('USER_MESSAGE_CONF', 108, {
  from: 'server',
  since: 6,
  fixed: {
    InvokeID: UINT,
  },
});

export const USER_MESSAGE_EVENT = message('USER_MESSAGE_EVENT', 109, {
  from: 'server',
  since: 6,
  fixed: {
    ICMCentralControllerTime: TIME,
    Distribution: USHORT.of(Distribution),
  },
  floating: {
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    Text: STRING(255).tag(Tag.TEXT_TAG).required,
  },
});

export const REGISTER_VARIABLES_REQ = message('REGISTER_VARIABLES_REQ', 110, {
  from: 'client',
  reply: 'REGISTER_VARIABLES_CONF',
  since: 6,
  fixed: {
    InvokeID: UINT,
    CallVariableMask: USHORT.bits(CallVariableMask),
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
  },
});

export const REGISTER_VARIABLES_CONF = message('REGISTER_VARIABLES_CONF', 111, {
  note: 'Its own table prints the number of SUPERVISOR_ASSIST_REQ.',
  from: 'server',
  since: 6,
  fixed: {
    InvokeID: UINT,
  },
});

export const QUERY_AGENT_STATISTICS_REQ = message('QUERY_AGENT_STATISTICS_REQ', 112, {
  from: 'client',
  reply: 'QUERY_AGENT_STATISTICS_CONF',
  since: 6,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
  },
  floating: {
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const QUERY_AGENT_STATISTICS_CONF = message('QUERY_AGENT_STATISTICS_CONF', 113, {
  from: 'server',
  since: 6,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    AvailTimeSession: UINT,
    LoggedOnTimeSession: UINT,
    NotReadyTimeSession: UINT,
    ICMAvailableTimeSession: UINT.since(9),
    RoutableTimeSession: UINT.since(9),
    AgentOutCallsSession: UINT,
    AgentOutCallsTalkTimeSession: UINT,
    AgentOutCallsTimeSession: UINT,
    AgentOutCallsHeldSession: UINT,
    AgentOutCallsHeldTimeSession: UINT,
    HandledCallsSession: UINT,
    HandledCallsTalkTimeSession: UINT,
    HandledCallsAfterCallTimeSession: UINT,
    HandledCallsTimeSession: UINT,
    IncomingCallsHeldSession: UINT,
    IncomingCallsHeldTimeSession: UINT,
    InternalCallsSession: UINT,
    InternalCallsTimeSession: UINT,
    InternalCallsRcvdSession: UINT,
    InternalCallsRcvdTimeSession: UINT,
    InternalCallsHeldSession: UINT,
    InternalCallsHeldTimeSession: UINT,
    AutoOutCallsSession: UINT,
    AutoOutCallsTalkTimeSession: UINT,
    AutoOutCallsTimeSession: UINT,
    AutoOutCallsHeldSession: UINT,
    AutoOutCallsHeldTimeSession: UINT,
    PreviewCallsSession: UINT,
    PreviewCallsTalkTimeSession: UINT,
    PreviewCallsTimeSession: UINT,
    PreviewCallsHeldSession: UINT,
    PreviewCallsHeldTimeSession: UINT,
    ReservationCallsSession: UINT,
    ReservationCallsTalkTimeSession: UINT,
    ReservationCallsTimeSession: UINT,
    ReservationCallsHeldSession: UINT,
    ReservationCallsHeldTimeSession: UINT,
    BargeInCallsSession: UINT,
    InterceptCallsSession: UINT,
    MonitorCallsSession: UINT,
    WhisperCallsSession: UINT,
    EmergencyCallsSession: UINT,
    AvailTimeToday: UINT,
    LoggedOnTimeToday: UINT,
    NotReadyTimeToday: UINT,
    ICMAvailableTimeToday: UINT.since(9),
    RoutableTimeToday: UINT.since(9),
    AgentOutCallsToday: UINT,
    AgentOutCallsTalkTimeToday: UINT,
    AgentOutCallsTimeToday: UINT,
    AgentOutCallsHeldToday: UINT,
    AgentOutCallsHeldTimeToday: UINT,
    HandledCallsToday: UINT,
    HandledCallsTalkTimeToday: UINT,
    HandledCallsAfterCallTimeToday: UINT,
    HandledCallsTimeToday: UINT,
    IncomingCallsHeldToday: UINT,
    IncomingCallsHeldTimeToday: UINT,
    InternalCallsToday: UINT,
    InternalCallsTimeToday: UINT,
    InternalCallsRcvdToday: UINT,
    InternalCallsRcvdTimeToday: UINT,
    InternalCallsHeldToday: UINT,
    InternalCallsHeldTimeToday: UINT,
    AutoOutCallsToday: UINT,
    AutoOutCallsTalkTimeToday: UINT,
    AutoOutCallsTimeToday: UINT,
    AutoOutCallsHeldToday: UINT,
    AutoOutCallsHeldTimeToday: UINT,
    PreviewCallsToday: UINT,
    PreviewCallsTalkTimeToday: UINT,
    PreviewCallsTimeToday: UINT,
    PreviewCallsHeldToday: UINT,
    PreviewCallsHeldTimeToday: UINT,
    ReservationCallsToday: UINT,
    ReservationCallsTalkTimeToday: UINT,
    ReservationCallsTimeToday: UINT,
    ReservationCallsHeldToday: UINT,
    ReservationCallsHeldTimeToday: UINT,
    BargeInCallsToday: UINT,
    InterceptCallsToday: UINT,
    MonitorCallsToday: UINT,
    WhisperCallsToday: UINT,
    EmergencyCallsToday: UINT,
  },
  floating: {
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const QUERY_SKILL_GROUP_STATISTICS_REQ = message('QUERY_SKILL_GROUP_STATISTICS_REQ', 114, {
  from: 'client',
  reply: 'QUERY_SKILL_GROUP_STATISTICS_CONF',
  since: 6,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
  },
});

export const QUERY_SKILL_GROUP_STATISTICS_CONF = message('QUERY_SKILL_GROUP_STATISTICS_CONF', 115, {
  from: 'server',
  since: 6,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    AgentsLoggedOn: UINT,
    AgentsAvail: UINT,
    AgentsNotReady: UINT,
    AgentsReady: UINT,
    AgentsTalkingIn: UINT,
    AgentsTalkingOut: UINT,
    AgentsTalkingOther: UINT,
    AgentsWorkNotReady: UINT,
    AgentsWorkReady: UINT,
    AgentsBusyOther: UINT,
    AgentsReserved: UINT,
    AgentsHold: UINT,
    AgentsICMAvailable: UINT.since(9),
    AgentsApplicationAvailable: UINT.since(9),
    AgentsTalkingAutoOut: UINT,
    AgentsTalkingPreview: UINT,
    AgentsTalkingReservation: UINT,
    RouterCallsQNow: UINT,
    LongestRouterCallQNow: UINT,
    CallsQNow: UINT,
    CallsQTimeNow: UINT,
    LongestCallQNow: UINT,
    AvailTimeTo5: UINT,
    LoggedOnTimeTo5: UINT,
    NotReadyTimeTo5: UINT,
    AgentOutCallsTo5: UINT,
    AgentOutCallsTalkTimeTo5: UINT,
    AgentOutCallsTimeTo5: UINT,
    AgentOutCallsHeldTo5: UINT,
    AgentOutCallsHeldTimeTo5: UINT,
    HandledCallsTo5: UINT,
    HandledCallsTalkTimeTo5: UINT,
    HandledCallsAfterCallTimeTo5: UINT,
    HandledCallsTimeTo5: UINT,
    IncomingCallsHeldTo5: UINT,
    IncomingCallsHeldTimeTo5: UINT,
    InternalCallsRcvdTo5: UINT,
    InternalCallsRcvdTimeTo5: UINT,
    InternalCallsHeldTo5: UINT,
    InternalCallsHeldTimeTo5: UINT,
    AutoOutCallsTo5: UINT,
    AutoOutCallsTalkTimeTo5: UINT,
    AutoOutCallsTimeTo5: UINT,
    AutoOutCallsHeldTo5: UINT,
    AutoOutCallsHeldTimeTo5: UINT,
    PreviewCallsTo5: UINT,
    PreviewCallsTalkTimeTo5: UINT,
    PreviewCallsTimeTo5: UINT,
    PreviewCallsHeldTo5: UINT,
    PreviewCallsHeldTimeTo5: UINT,
    ReservationCallsTo5: UINT,
    ReservationCallsTalkTimeTo5: UINT,
    ReservationCallsTimeTo5: UINT,
    ReservationCallsHeldTo5: UINT,
    ReservationCallsHeldTimeTo5: UINT,
    BargeInCallsTo5: UINT,
    InterceptCallsTo5: UINT,
    MonitorCallsTo5: UINT,
    WhisperCallsTo5: UINT,
    EmergencyCallsTo5: UINT,
    CallsQ5: UINT,
    CallsQTime5: UINT,
    LongestCallQ5: UINT,
    AvailTimeToHalf: UINT,
    LoggedOnTimeToHalf: UINT,
    NotReadyTimeToHalf: UINT,
    AgentOutCallsToHalf: UINT,
    AgentOutCallsTalkTimeToHalf: UINT,
    AgentOutCallsTimeToHalf: UINT,
    AgentOutCallsHeldToHalf: UINT,
    AgentOutCallsHeldTimeToHalf: UINT,
    HandledCallsToHalf: UINT,
    HandledCallsTalkTimeToHalf: UINT,
    HandledCallsAfterCallTimeToHalf: UINT,
    HandledCallsTimeToHalf: UINT,
    IncomingCallsHeldToHalf: UINT,
    IncomingCallsHeldTimeToHalf: UINT,
    InternalCallsRcvdToHalf: UINT,
    InternalCallsRcvdTimeToHalf: UINT,
    InternalCallsHeldToHalf: UINT,
    InternalCallsHeldTimeToHalf: UINT,
    AutoOutCallsToHalf: UINT,
    AutoOutCallsTalkTimeToHalf: UINT,
    AutoOutCallsTimeToHalf: UINT,
    AutoOutCallsHeldToHalf: UINT,
    AutoOutCallsHeldTimeToHalf: UINT,
    PreviewCallsToHalf: UINT,
    PreviewCallsTalkTimeToHalf: UINT,
    PreviewCallsTimeToHalf: UINT,
    PreviewCallsHeldToHalf: UINT,
    PreviewCallsHeldTimeToHalf: UINT,
    ReservationCallsToHalf: UINT,
    ReservationCallsTalkTimeToHalf: UINT,
    ReservationCallsTimeToHalf: UINT,
    ReservationCallsHeldToHalf: UINT,
    ReservationCallsHeldTimeToHalf: UINT,
    BargeInCallsToHalf: UINT,
    InterceptCallsToHalf: UINT,
    MonitorCallsToHalf: UINT,
    WhisperCallsToHalf: UINT,
    EmergencyCallsToHalf: UINT,
    CallsQHalf: UINT,
    CallsQTimeHalf: UINT,
    LongestCallQHalf: UINT,
    AvailTimeToday: UINT,
    LoggedOnTimeToday: UINT,
    NotReadyTimeToday: UINT,
    AgentOutCallsToday: UINT,
    AgentOutCallsTalkTimeToday: UINT,
    AgentOutCallsTimeToday: UINT,
    AgentOutCallsHeldToday: UINT,
    AgentOutCallsHeldTimeToday: UINT,
    HandledCallsToday: UINT,
    HandledCallsTalkTimeToday: UINT,
    HandledCallsAfterCallTimeToday: UINT,
    HandledCallsTimeToday: UINT,
    IncomingCallsHeldToday: UINT,
    IncomingCallsHeldTimeToday: UINT,
    InternalCallsRcvdToday: UINT,
    InternalCallsRcvdTimeToday: UINT,
    InternalCallsHeldToday: UINT,
    InternalCallsHeldTimeToday: UINT,
    AutoOutCallsToday: UINT,
    AutoOutCallsTalkTimeToday: UINT,
    AutoOutCallsTimeToday: UINT,
    AutoOutCallsHeldToday: UINT,
    AutoOutCallsHeldTimeToday: UINT,
    PreviewCallsToday: UINT,
    PreviewCallsTalkTimeToday: UINT,
    PreviewCallsTimeToday: UINT,
    PreviewCallsHeldToday: UINT,
    PreviewCallsHeldTimeToday: UINT,
    ReservationCallsToday: UINT,
    ReservationCallsTalkTimeToday: UINT,
    ReservationCallsTimeToday: UINT,
    ReservationCallsHeldToday: UINT,
    ReservationCallsHeldTimeToday: UINT,
    BargeInCallsToday: UINT,
    InterceptCallsToday: UINT,
    MonitorCallsToday: UINT,
    WhisperCallsToday: UINT,
    EmergencyCallsToday: UINT,
    CallsQToday: UINT,
    CallsQTimeToday: UINT,
    LongestCallQToday: UINT,
  },
});

export const SET_APP_DATA_REQ = message('SET_APP_DATA_REQ', 129, {
  from: 'client',
  reply: 'SET_APP_DATA_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
  floating: {
    ApplicationPathID: INT.tag(Tag.APP_PATH_ID_TAG).required,
    ...CALL_VARIABLES,
    FltCallTypeID: UINT.tag(Tag.CALL_TYPE_ID_TAG).since(14),
    PreCallInvokeID: UINT.tag(Tag.PRE_CALL_INVOKE_ID_TAG).since(14),
  },
});

export const SET_APP_DATA_CONF = message('SET_APP_DATA_CONF', 130, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
});

export const AGENT_DESK_SETTINGS_REQ = message('AGENT_DESK_SETTINGS_REQ', 131, {
  from: 'client',
  reply: 'AGENT_DESK_SETTINGS_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
  },
  floating: {
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
  },
});

export const AGENT_DESK_SETTINGS_CONF = message('AGENT_DESK_SETTINGS_CONF', 132, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    DeskSettingsMask: UINT.bits(DeskSettingsMask),
    WrapupDataIncomingMode: UINT.of(WrapupDataMode),
    WrapupDataOutgoingMode: UINT.of(WrapupDataMode),
    LogoutNonActivityTime: UINT,
    QualityRecordingRate: UINT,
    RingNoAnswerTime: UINT,
    SilentMonitorWarningMessage: UINT,
    SilentMonitorAudibleIndication: UINT,
    SupervisorAssistCallMethod: UINT,
    EmergencyCallMethod: UINT,
    AutoRecordOnEmergency: UINT,
    RecordingMode: UINT,
    WorkModeTimer: UINT,
    RingNoAnswerDN: UINT,
  },
  floating: {
    DefaultDevicePortAddress: STRING(32).tag(Tag.DEFAULT_DEVICE_PORT_ADDRESS_TAG),
    PlayZipTone: UINT.tag(Tag.PLAY_ZIP_TONE),
    ACDSharedLineUsage: UINT.tag(Tag.ACD_SHARED_LINE_USAGE),
  },
});

export const START_RECORDING_REQ = message('START_RECORDING_REQ', 147, {
  from: 'both',
  reply: 'START_RECORDING_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ClientPort: UINT,
    BitRate: UINT,
    PacketSize: UINT,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    Direction: USHORT.of(RTPDirection),
    RTPType: USHORT.of(RTPType),
    EchoCancellation: USHORT,
    PayloadType: USHORT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG),
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const START_RECORDING_CONF = message('START_RECORDING_CONF', 148, {
  from: 'both',
  since: 8,
  fixed: {
    InvokeID: UINT,
    SessionID: UINT,
    ServerData: UINT,
  },
  floating: {
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG),
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16),
  },
});

export const STOP_RECORDING_REQ = message('STOP_RECORDING_REQ', 149, {
  from: 'both',
  reply: 'STOP_RECORDING_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ClientPort: UINT,
    SessionID: UINT,
    ServerData: UINT,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    Direction: USHORT.of(RTPDirection),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG),
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const STOP_RECORDING_CONF = message('STOP_RECORDING_CONF', 150, {
  from: 'both',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
  floating: {
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG),
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16),
  },
});

export const SET_AGENT_SERVICE_DATA_REQ = message('SET_AGENT_SERVICE_DATA_REQ', 283, {
  note: 'Missing in the table of message types. Version 25 gives tags 312 and 313 to another message.',
  from: 'client',
  reply: 'SET_AGENT_SERVICE_DATA_CONF',
  since: 24,
  fixed: {
    InvokeID: UINT,
    RouterCallKeyDay: UINT,
    // Printed as RouterCallKey.
    RouterCallKeyCallID: UINT,
    RouterCallKeySequenceNumber: UINT,
    AgentSkillTargetID: UINT,
  },
  floating: {
    NumOfEnabledServices: USHORT.counts('EnabledServices').tag(Tag.NUM_OF_ENABLED_SERVICES),
    EnabledServices: list(undefined, {
      FltEnabledServices: USHORT.of(AgentService).tag(Tag.FLT_ENABLED_SERVICES),
    }).orPacked,
    // No tag is published.
    TotalAnswersSuggestion: USHORT.tag(null),
    NumPositiveAnswersSuggestions: USHORT.tag(Tag.NUM_POSITIVE_ANSWERS_SUGGESTIONS).until(24),
    NumNegativeAnswersSuggestions: USHORT.tag(Tag.NUM_NEGATIVE_ANSWERS_SUGGESTIONS).until(24),
  },
});

export const SET_AGENT_SERVICE_DATA_CONF = message('SET_AGENT_SERVICE_DATA_CONF', 284, {
  note: 'Missing in the table of message types.',
  from: 'server',
  since: 24,
  fixed: {
    // Printed as NumInvokeID.
    InvokeID: UINT,
    Status: UINT.of(StatusCode),
  },
});
