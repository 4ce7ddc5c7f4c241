/** Third-party requests: placing, treating and observing calls, setting agent states. */
import {
  AgentAvailabilityStatus,
  AgentMode,
  AgentService,
  AgentServiceReqMask,
  AgentState,
  AgentWorkMode,
  ForcedFlag,
  InternalAgentState,
  SSOEnabled,
} from '../constants/agent.js';
import {
  AllocationState,
  AnswerDetectMode,
  AnsweringMachine,
  CallMannerType,
  CallOption,
  CallPlacementType,
  CallType,
  ConnectionDeviceIDType,
  ConsultType,
  DestinationCountry,
  DeviceIDType,
  DispositionCode,
  FacilityType,
  GreetingAgentAction,
  LineType,
  LocalConnectionState,
  SilentMonitorStatus,
} from '../constants/call.js';
import {
  CallControlMask,
  ClassOfDevice,
  OtherFeatureMask,
  PeripheralType,
  TransferConferenceSetupMask,
  TypeOfDevice,
} from '../constants/device.js';
import { NULL_CALLTYPE } from '../constants/limits.js';
import { InvocationType, PlayToneDirection } from '../constants/recording.js';
import { AgentStateMask, CallMsgMask } from '../constants/session.js';
import { ControlFailureCode } from '../constants/status.js';
import { BOOL, INT, STRING, TIME, UCHAR, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { list, NAMED_ARRAYS, NAMED_VARIABLES } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, CALL_VARIABLES, PERIPHERAL_ID, SKILL_GROUP_ID } from './common.js';

export const CONTROL_FAILURE_CONF = message('CONTROL_FAILURE_CONF', 35, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    FailureCode: USHORT.of(ControlFailureCode),
    PeripheralErrorCode: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const QUERY_AGENT_STATE_REQ = message('QUERY_AGENT_STATE_REQ', 36, {
  from: 'client',
  reply: 'QUERY_AGENT_STATE_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    MRDID: INT,
    ICMAgentID: INT.since(9),
  },
  floating: {
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const QUERY_AGENT_STATE_CONF = message('QUERY_AGENT_STATE_CONF', 37, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    AgentState: USHORT.of(AgentState),
    NumSkillGroups: USHORT.counts('SkillGroups'),
    MRDID: INT,
    NumTasks: UINT,
    AgentMode: USHORT.of(AgentMode),
    MaxTaskLimit: UINT,
    ICMAgentID: INT.since(9),
    AgentAvailabilityStatus: UINT.of(AgentAvailabilityStatus).since(9),
    DepartmentID: INT.since(19),
  },
  floating: {
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    SkillGroups: list(20, {
      SkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG),
      SkillGroupID: UINT.tag(Tag.SKILL_GROUP_ID_TAG),
      SkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
      SkillGroupState: USHORT.of(AgentState).tag(Tag.SKILL_GROUP_STATE_TAG),
    }),
    InternalAgentState: USHORT.of(InternalAgentState).tag(Tag.INTERNAL_AGENT_STATE_TAG).since(19),
    MaxBeyondTaskLimit: UINT.tag(Tag.MAX_BEYOND_TASK_LIMIT_TAG).since(22),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const SET_AGENT_STATE_REQ = message('SET_AGENT_STATE_REQ', 38, {
  note: 'The guide prints no type for SSOEnabled; read as in CONFIG_AGENT_EVENT.',
  from: 'client',
  reply: 'SET_AGENT_STATE_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    AgentState: USHORT.of(AgentState),
    AgentWorkMode: USHORT.of(AgentWorkMode),
    NumSkillGroups: USHORT.counts('SkillGroups'),
    EventReasonCode: USHORT,
    ForcedFlag: UCHAR.of(ForcedFlag).since(13),
    AgentServiceReq: UINT.bits(AgentServiceReqMask).since(13),
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
    ActiveTerminal: STRING(64).tag(Tag.FLT_TERM_DEVICE_NAME),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentPassword: STRING(64).tag(Tag.AGENT_PASSWORD_TAG),
    PositionID: STRING(12).tag(Tag.POSITION_ID_TAG),
    SupervisorID: STRING(12).tag(Tag.SUPERVISOR_ID_TAG),
    SSOEnabled: USHORT.of(SSOEnabled).tag(Tag.SSO_ENABLED_TAG).since(20),
    SkillGroups: list(10, {
      // Printed as INT.
      SkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG),
      SkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
    }),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const SET_AGENT_STATE_CONF = message('SET_AGENT_STATE_CONF', 39, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const ALTERNATE_CALL_REQ = message('ALTERNATE_CALL_REQ', 40, {
  from: 'client',
  reply: 'ALTERNATE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ActiveConnectionCallID: CALL_ID,
    OtherConnectionCallID: CALL_ID,
    ActiveConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    OtherConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ActiveConnectionDeviceID: STRING(64).tag(Tag.ACTIVE_CONN_DEVID_TAG).required,
    OtherConnectionDeviceID: STRING(64).tag(Tag.OTHER_CONN_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const ALTERNATE_CALL_CONF = message('ALTERNATE_CALL_CONF', 41, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const ANSWER_CALL_REQ = message('ANSWER_CALL_REQ', 42, {
  from: 'client',
  reply: 'ANSWER_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const ANSWER_CALL_CONF = message('ANSWER_CALL_CONF', 43, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const CLEAR_CALL_REQ = message('CLEAR_CALL_REQ', 44, {
  from: 'client',
  reply: 'CLEAR_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const CLEAR_CALL_CONF = message('CLEAR_CALL_CONF', 45, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const CLEAR_CONNECTION_REQ = message('CLEAR_CONNECTION_REQ', 46, {
  note: 'The guide prints RequestingDeviceIDType among the fixed fields, but gives it a tag and calls it optional.',
  from: 'client',
  reply: 'CLEAR_CONNECTION_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    RequestingDeviceID: STRING(64).tag(Tag.REQUESTING_DEVICE_ID_TAG).since(14),
    RequestingDeviceIDType: USHORT.of(DeviceIDType).tag(Tag.REQUESTING_DEVICE_ID_TYPE_TAG).since(14),
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG).until(24),
  },
});

export const CLEAR_CONNECTION_CONF = message('CLEAR_CONNECTION_CONF', 47, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const CONFERENCE_CALL_REQ = message('CONFERENCE_CALL_REQ', 48, {
  from: 'client',
  reply: 'CONFERENCE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    HeldConnectionCallID: CALL_ID,
    ActiveConnectionCallID: CALL_ID,
    HeldConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ActiveConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    CallPlacementType: USHORT.of(CallPlacementType),
    CallMannerType: USHORT.of(CallMannerType),
    AlertRings: USHORT,
    CallOption: USHORT.of(CallOption),
    FacilityType: USHORT.of(FacilityType),
    AnsweringMachine: USHORT.of(AnsweringMachine),
    Priority: BOOL,
    PostRoute: BOOL,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    ActiveConnectionDeviceID: STRING(64).tag(Tag.ACTIVE_CONN_DEVID_TAG).required,
    HeldConnectionDeviceID: STRING(64).tag(Tag.HELD_CONN_DEVID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    FacilityCode: STRING(40).tag(Tag.FACILITY_CODE_TAG),
    AuthorizationCode: STRING(40).tag(Tag.AUTHORIZATION_CODE_TAG),
    AccountCode: STRING(40).tag(Tag.ACCOUNT_CODE_TAG),
  },
});

export const CONFERENCE_CALL_CONF = message('CONFERENCE_CALL_CONF', 49, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NewConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    NumParties: USHORT.counts('ConnectedParties'),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
    ConnectedParties: list(16, {
      ConnectedPartyCallID: UINT.tag(Tag.PARTY_CALLID_TAG),
      ConnectedPartyDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType).tag(Tag.PARTY_DEVID_TYPE_TAG),
      ConnectedPartyDeviceID: STRING(64).tag(Tag.PARTY_DEVID_TAG),
    }),
  },
});

export const CONSULTATION_CALL_REQ = message('CONSULTATION_CALL_REQ', 50, {
  from: 'client',
  reply: 'CONSULTATION_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ActiveConnectionCallID: CALL_ID,
    ActiveConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    CallPlacementType: USHORT.of(CallPlacementType),
    CallMannerType: USHORT.of(CallMannerType),
    ConsultType: USHORT.of(ConsultType),
    AlertRings: USHORT,
    CallOption: USHORT.of(CallOption),
    FacilityType: USHORT.of(FacilityType),
    AnsweringMachine: USHORT.of(AnsweringMachine),
    Priority: BOOL,
    PostRoute: BOOL,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    ActiveConnectionDeviceID: STRING(64).tag(Tag.ACTIVE_CONN_DEVID_TAG).required,
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    FacilityCode: STRING(40).tag(Tag.FACILITY_CODE_TAG),
    AuthorizationCode: STRING(40).tag(Tag.AUTHORIZATION_CODE_TAG),
    AccountCode: STRING(40).tag(Tag.ACCOUNT_CODE_TAG),
  },
});

export const CONSULTATION_CALL_CONF = message('CONSULTATION_CALL_CONF', 51, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NewConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
  },
});

export const DEFLECT_CALL_REQ = message('DEFLECT_CALL_REQ', 52, {
  from: 'client',
  reply: 'DEFLECT_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const DEFLECT_CALL_CONF = message('DEFLECT_CALL_CONF', 53, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const HOLD_CALL_REQ = message('HOLD_CALL_REQ', 54, {
  from: 'client',
  reply: 'HOLD_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    Reservation: BOOL,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const HOLD_CALL_CONF = message('HOLD_CALL_CONF', 55, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const MAKE_CALL_REQ = message('MAKE_CALL_REQ', 56, {
  from: 'client',
  reply: 'MAKE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    CallPlacementType: USHORT.of(CallPlacementType),
    CallMannerType: USHORT.of(CallMannerType),
    AlertRings: USHORT,
    CallOption: USHORT.of(CallOption),
    FacilityType: USHORT.of(FacilityType),
    AnsweringMachine: USHORT.of(AnsweringMachine),
    Priority: BOOL,
    PostRoute: BOOL,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    // Printed as SkilGroupNumber.
    SkillGroupNumber: SKILL_GROUP_ID.since(14),
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG).required,
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    FacilityCode: STRING(40).tag(Tag.FACILITY_CODE_TAG),
    AuthorizationCode: STRING(40).tag(Tag.AUTHORIZATION_CODE_TAG),
    AccountCode: STRING(40).tag(Tag.ACCOUNT_CODE_TAG),
    CCT: STRING(4).tag(Tag.CALL_CONTROL_TABLE_TAG),
  },
});

export const MAKE_CALL_CONF = message('MAKE_CALL_CONF', 57, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NewConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
  },
});

export const MAKE_PREDICTIVE_CALL_REQ = message('MAKE_PREDICTIVE_CALL_REQ', 58, {
  from: 'client',
  reply: 'MAKE_PREDICTIVE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    CallPlacementType: USHORT.of(CallPlacementType),
    CallMannerType: USHORT.of(CallMannerType),
    AlertRings: USHORT,
    CallOption: USHORT.of(CallOption),
    FacilityType: USHORT.of(FacilityType),
    AnsweringMachine: USHORT.of(AnsweringMachine),
    Priority: BOOL,
    AllocationState: USHORT.of(AllocationState),
    DestinationCountry: USHORT.of(DestinationCountry),
    AnswerDetectMode: USHORT.of(AnswerDetectMode),
    AnswerDetectTime: USHORT,
    AnswerDetectControl1: UINT,
    AnswerDetectControl2: UINT,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    OriginatingDeviceID: STRING(64).tag(Tag.ORIGINATING_DEVID_TAG).required,
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG).required,
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    FacilityCode: STRING(40).tag(Tag.FACILITY_CODE_TAG),
    AuthorizationCode: STRING(40).tag(Tag.AUTHORIZATION_CODE_TAG),
    AccountCode: STRING(40).tag(Tag.ACCOUNT_CODE_TAG),
    OriginatingLineID: STRING(40).tag(Tag.ORIGINATING_LINE_ID_TAG),
    CCT: STRING(4).tag(Tag.CALL_CONTROL_TABLE_TAG),
  },
});

export const MAKE_PREDICTIVE_CALL_CONF = message('MAKE_PREDICTIVE_CALL_CONF', 59, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NewConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
  },
});

export const RECONNECT_CALL_REQ = message('RECONNECT_CALL_REQ', 60, {
  from: 'client',
  reply: 'RECONNECT_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ActiveConnectionCallID: CALL_ID,
    HeldConnectionCallID: CALL_ID,
    ActiveConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    HeldConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ActiveConnectionDeviceID: STRING(64).tag(Tag.ACTIVE_CONN_DEVID_TAG).required,
    HeldConnectionDeviceID: STRING(64).tag(Tag.HELD_CONN_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const RECONNECT_CALL_CONF = message('RECONNECT_CALL_CONF', 61, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const RETRIEVE_CALL_REQ = message('RETRIEVE_CALL_REQ', 62, {
  from: 'client',
  reply: 'RETRIEVE_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    HeldConnectionCallID: CALL_ID,
    HeldConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    HeldConnectionDeviceID: STRING(64).tag(Tag.HELD_CONN_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const RETRIEVE_CALL_CONF = message('RETRIEVE_CALL_CONF', 63, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const TRANSFER_CALL_REQ = message('TRANSFER_CALL_REQ', 64, {
  from: 'client',
  reply: 'TRANSFER_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ActiveConnectionCallID: CALL_ID,
    HeldConnectionCallID: CALL_ID,
    ActiveConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    HeldConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    CallPlacementType: USHORT.of(CallPlacementType),
    CallMannerType: USHORT.of(CallMannerType),
    AlertRings: USHORT,
    CallOption: USHORT.of(CallOption),
    FacilityType: USHORT.of(FacilityType),
    AnsweringMachine: USHORT.of(AnsweringMachine),
    Priority: BOOL,
    PostRoute: BOOL,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    ActiveConnectionDeviceID: STRING(64).tag(Tag.ACTIVE_CONN_DEVID_TAG).required,
    HeldConnectionDeviceID: STRING(64).tag(Tag.HELD_CONN_DEVID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    FacilityCode: STRING(40).tag(Tag.FACILITY_CODE_TAG),
    AuthorizationCode: STRING(40).tag(Tag.AUTHORIZATION_CODE_TAG),
    AccountCode: STRING(40).tag(Tag.ACCOUNT_CODE_TAG),
  },
});

export const TRANSFER_CALL_CONF = message('TRANSFER_CALL_CONF', 65, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NewConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    NumParties: USHORT.counts('ConnectedParties'),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
    ConnectedParties: list(16, {
      ConnectedPartyCallID: UINT.tag(Tag.PARTY_CALLID_TAG),
      ConnectedPartyDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType).tag(Tag.PARTY_DEVID_TYPE_TAG),
      ConnectedPartyDeviceID: STRING(64).tag(Tag.PARTY_DEVID_TAG),
    }),
  },
});

export const QUERY_DEVICE_INFO_REQ = message('QUERY_DEVICE_INFO_REQ', 78, {
  from: 'client',
  reply: 'QUERY_DEVICE_INFO_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    Reserved: USHORT,
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
  },
});

export const QUERY_DEVICE_INFO_CONF = message('QUERY_DEVICE_INFO_CONF', 79, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    PeripheralType: USHORT.of(PeripheralType),
    TypeOfDevice: USHORT.of(TypeOfDevice),
    ClassOfDevice: USHORT.bits(ClassOfDevice),
    NumLines: USHORT.counts('Lines'),
    Reserved: USHORT,
    MaxActiveCalls: USHORT,
    MaxHeldCalls: USHORT,
    MaxDevicesInConference: USHORT,
    MakeCallSetup: UINT.bits(AgentStateMask),
    TransferConferenceSetup: UINT.bits(TransferConferenceSetupMask),
    CallEventsSupported: UINT.bits(CallMsgMask),
    CallControlSupported: UINT.bits(CallControlMask),
    OtherFeaturesSupported: UINT.bits(OtherFeatureMask),
  },
  floating: {
    Lines: list(10, {
      LineHandle: USHORT.tag(Tag.LINE_HANDLE_TAG),
      LineType: USHORT.of(LineType).tag(Tag.LINE_TYPE_TAG),
    }),
  },
});

export const SNAPSHOT_CALL_REQ = message('SNAPSHOT_CALL_REQ', 82, {
  from: 'client',
  reply: 'SNAPSHOT_CALL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
  },
});

export const SNAPSHOT_CALL_CONF = message('SNAPSHOT_CALL_CONF', 83, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    CallType: USHORT.of(CallType).absent(NULL_CALLTYPE),
    NumCTIClients: USHORT.counts('CTIClients'),
    NumCallDevices: USHORT.counts('CallDevices'),
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    CalledPartyDisposition: USHORT.of(DispositionCode).since(8),
  },
  floating: {
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DNIS: STRING(32).tag(Tag.DNIS_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG),
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    CTIClients: list(16, {
      CTIClientSignature: STRING(64).tag(Tag.CTI_CLIENT_SIGNATURE_TAG),
      CTIClientTimestamp: TIME.tag(Tag.CTI_CLIENT_TIMESTAMP_TAG),
    }),
    CallDevices: list(16, {
      CallConnectionCallID: UINT.tag(Tag.CALL_CONN_CALLID_TAG),
      CallConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType).tag(Tag.CALL_CONN_DEVID_TYPE_TAG),
      CallConnectionDeviceID: STRING(64).tag(Tag.CALL_CONN_DEVID_TAG),
      CallDeviceType: USHORT.of(DeviceIDType).tag(Tag.CALL_DEVID_TYPE_TAG),
      CallDeviceID: STRING(64).tag(Tag.CALL_DEVID_TAG),
      CallDeviceConnectionState: USHORT.of(LocalConnectionState).tag(Tag.CALL_DEV_CONN_STATE_TAG),
    }),
    CallReferenceID: UNSPEC(32).tag(Tag.CALL_REFERENCE_ID_TAG).since(14),
    COCConnectionCallID: UINT.tag(Tag.COC_CONNECTION_CALL_ID_TAG).since(14),
    COCCallConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType)
      .tag(Tag.COC_CONNECTION_DEVICE_ID_TYPE_TAG)
      .since(14),
    COCCallConnectionDeviceID: STRING(64).tag(Tag.COC_CONNECTION_DEVICE_ID_TAG).since(14),
    ProtocolReferenceGUID: STRING(40).tag(Tag.PROTOCOL_REFERENCE_GUID_TAG).since(24),
    CcaiConfigId: STRING(40).tag(Tag.CCAI_CONFIG_ID).since(24),
    NumOfEnabledServices: USHORT.counts('EnabledServices').tag(Tag.NUM_OF_ENABLED_SERVICES).since(24),
    EnabledServices: list(undefined, {
      FltEnabledServices: USHORT.of(AgentService).tag(Tag.FLT_ENABLED_SERVICES).since(24),
    }).orPacked,
  },
});

export const SNAPSHOT_DEVICE_REQ = message('SNAPSHOT_DEVICE_REQ', 84, {
  from: 'client',
  reply: 'SNAPSHOT_DEVICE_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    SnapshotDeviceType: USHORT.of(DeviceIDType).since(13),
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
  },
});

export const SNAPSHOT_DEVICE_CONF = message('SNAPSHOT_DEVICE_CONF', 85, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
    NumCalls: USHORT.counts('Calls'),
  },
  floating: {
    Calls: list(16, {
      CallConnectionCallID: UINT.tag(Tag.CALL_CONN_CALLID_TAG),
      CallConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType).tag(Tag.CALL_CONN_DEVID_TYPE_TAG),
      CallConnectionDeviceID: STRING(64).tag(Tag.CALL_CONN_DEVID_TAG),
      CallState: USHORT.of(LocalConnectionState).tag(Tag.CALL_STATE_TAG),
      SilentMonitorStatus: USHORT.of(SilentMonitorStatus).tag(Tag.SILENT_MONITOR_STATUS_TAG),
    }),
  },
});

export const SEND_DTMF_SIGNAL_REQ = message('SEND_DTMF_SIGNAL_REQ', 91, {
  from: 'client',
  reply: 'SEND_DTMF_SIGNAL_CONF',
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ToneDuration: USHORT,
    PauseDuration: UINT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    DTMFString: STRING(32).tag(Tag.DTMF_STRING_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG).until(24),
  },
});

export const SEND_DTMF_SIGNAL_CONF = message('SEND_DTMF_SIGNAL_CONF', 92, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const SUPERVISOR_ASSIST_REQ = message('SUPERVISOR_ASSIST_REQ', 118, {
  from: 'client',
  reply: 'SUPERVISOR_ASSIST_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const SUPERVISOR_ASSIST_CONF = message('SUPERVISOR_ASSIST_CONF', 119, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const EMERGENCY_CALL_REQ = message('EMERGENCY_CALL_REQ', 121, {
  from: 'client',
  reply: 'EMERGENCY_CALL_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const EMERGENCY_CALL_CONF = message('EMERGENCY_CALL_CONF', 122, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const BAD_CALL_REQ = message('BAD_CALL_REQ', 139, {
  from: 'client',
  reply: 'BAD_CALL_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG).required,
  },
});

export const BAD_CALL_CONF = message('BAD_CALL_CONF', 140, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
});

export const AGENT_GREETING_CONTROL_REQ = message('AGENT_GREETING_CONTROL_REQ', 249, {
  from: 'client',
  reply: 'AGENT_GREETING_CONTROL_CONF',
  since: 15,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    AgentAction: USHORT.of(GreetingAgentAction),
  },
  floating: {
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG).required,
  },
});

export const AGENT_GREETING_CONTROL_CONF = message('AGENT_GREETING_CONTROL_CONF', 250, {
  from: 'server',
  since: 15,
  fixed: {
    InvokeID: UINT,
  },
});

export const START_NETWORK_RECORDING_REQ = message('START_NETWORK_RECORDING_REQ', 268, {
  note: 'The table of message types numbers it 267; the number of its own table fits the neighbours.',
  from: 'client',
  reply: 'START_NETWORK_RECORDING_CONF',
  since: 23,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    PlayToneDirection: USHORT.of(PlayToneDirection).tag(Tag.PLAY_TONE_DIRECTION_TAG),
    InvocationType: USHORT.of(InvocationType).tag(Tag.INVOCATION_TYPE_TAG),
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const START_NETWORK_RECORDING_CONF = message('START_NETWORK_RECORDING_CONF', 269, {
  note: 'The table of message types numbers it 268; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    InvokeID: UINT,
  },
});

export const STOP_NETWORK_RECORDING_REQ = message('STOP_NETWORK_RECORDING_REQ', 270, {
  note: 'The table of message types numbers it 269; the number of its own table fits the neighbours.',
  from: 'client',
  reply: 'STOP_NETWORK_RECORDING_CONF',
  since: 23,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    InvocationType: USHORT.of(InvocationType).tag(Tag.INVOCATION_TYPE_TAG),
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const STOP_NETWORK_RECORDING_CONF = message('STOP_NETWORK_RECORDING_CONF', 271, {
  note: 'The table of message types numbers it 270; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    InvokeID: UINT,
  },
});
