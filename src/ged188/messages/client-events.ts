/** Client events: calls and agents, as they happen. */
import {
  AgentAvailabilityStatus,
  AgentCallDirection,
  AgentMode,
  AgentService,
  AgentState,
} from '../constants/agent.js';
import {
  CallType,
  ConnectionDeviceIDType,
  DeviceIDType,
  DispositionCode,
  EventCause,
  GreetingEventCode,
  LineType,
  LocalConnectionState,
} from '../constants/call.js';
import { PeripheralType, RTPDirection, RTPType } from '../constants/device.js';
import { NULL_CALLTYPE } from '../constants/limits.js';
import { MediaForkingDeviceType, RecorderStatus, RecorderType, RecordingType } from '../constants/recording.js';
import { INT, STRING, TIME, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { list, NAMED_ARRAYS, NAMED_VARIABLES } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, CALL_VARIABLES, PERIPHERAL_ID, SERVICE_ID, SKILL_GROUP_ID } from './common.js';

export const CALL_DELIVERED_EVENT = message('CALL_DELIVERED_EVENT', 9, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    AlertingDeviceType: USHORT.of(DeviceIDType),
    CallingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LastRedirectDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AlertingDeviceID: STRING(64).tag(Tag.ALERTING_DEVID_TAG),
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
    LastRedirectDeviceID: STRING(64).tag(Tag.LAST_REDIRECT_DEVID_TAG),
    TrunkNumber: UINT.tag(Tag.TRUNK_NUMBER_TAG),
    TrunkGroupNumber: UINT.tag(Tag.TRUNK_GROUP_NUMBER_TAG),
    SecondaryConnectionCallID: UINT.tag(Tag.SECONDARY_CONNECTION_CALL_ID),
    ANI: STRING(40).tag(Tag.ANI_TAG),
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG).since(11),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DNIS: STRING(32).tag(Tag.DNIS_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
  },
});

export const CALL_ESTABLISHED_EVENT = message('CALL_ESTABLISHED_EVENT', 10, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    AnsweringDeviceType: USHORT.of(DeviceIDType),
    CallingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LastRedirectDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AnsweringDeviceID: STRING(64).tag(Tag.ANSWERING_DEVID_TAG),
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
    LastRedirectDeviceID: STRING(64).tag(Tag.LAST_REDIRECT_DEVID_TAG),
    TrunkNumber: UINT.tag(Tag.TRUNK_NUMBER_TAG),
    TrunkGroupNumber: UINT.tag(Tag.TRUNK_GROUP_NUMBER_TAG),
  },
});

export const CALL_HELD_EVENT = message('CALL_HELD_EVENT', 11, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    HoldingDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    HoldingDeviceID: STRING(64).tag(Tag.HOLDING_DEVID_TAG),
  },
});

export const CALL_RETRIEVED_EVENT = message('CALL_RETRIEVED_EVENT', 12, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    RetrievingDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    RetrievingDeviceID: STRING(64).tag(Tag.RETRIEVING_DEVID_TAG),
  },
});

export const CALL_CLEARED_EVENT = message('CALL_CLEARED_EVENT', 13, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const CALL_CONNECTION_CLEARED_EVENT = message('CALL_CONNECTION_CLEARED_EVENT', 14, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    ReleasingDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ReleasingDeviceID: STRING(64).tag(Tag.RELEASING_DEVID_TAG),
  },
});

export const CALL_ORIGINATED_EVENT = message('CALL_ORIGINATED_EVENT', 15, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    CallingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
  },
});

export const CALL_FAILED_EVENT = message('CALL_FAILED_EVENT', 16, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    FailingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    FailingDeviceID: STRING(64).tag(Tag.FAILING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
  },
});

export const CALL_CONFERENCED_EVENT = message('CALL_CONFERENCED_EVENT', 17, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    PrimaryDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType),
    PrimaryCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    NumParties: USHORT.counts('ConnectedParties'),
    SecondaryDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType),
    SecondaryCallID: CALL_ID,
    ControllerDeviceType: USHORT.of(DeviceIDType),
    AddedPartyDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    PrimaryDeviceID: STRING(64).tag(Tag.PRIMARY_DEVID_TAG).required,
    SecondaryDeviceID: STRING(64).tag(Tag.SECONDARY_DEVID_TAG).required,
    ControllerDeviceID: STRING(64).tag(Tag.CONTROLLER_DEVID_TAG),
    AddedPartyDeviceID: STRING(64).tag(Tag.ADDED_PARTY_DEVID_TAG),
    ConnectedParties: list(16, {
      ConnectedPartyCallID: UINT.tag(Tag.PARTY_CALLID_TAG),
      ConnectedPartyDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType).tag(Tag.PARTY_DEVID_TYPE_TAG),
      ConnectedPartyDeviceID: STRING(64).tag(Tag.PARTY_DEVID_TAG),
    }),
  },
});

export const CALL_TRANSFERRED_EVENT = message('CALL_TRANSFERRED_EVENT', 18, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    PrimaryDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType),
    PrimaryCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    NumParties: USHORT.counts('ConnectedParties'),
    SecondaryDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType),
    SecondaryCallID: CALL_ID,
    TransferringDeviceType: USHORT.of(DeviceIDType),
    TransferredDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    PrimaryDeviceID: STRING(64).tag(Tag.PRIMARY_DEVID_TAG).required,
    SecondaryDeviceID: STRING(64).tag(Tag.SECONDARY_DEVID_TAG).required,
    TransferringDeviceID: STRING(64).tag(Tag.TRANSFERRING_DEVID_TAG),
    TransferredDeviceID: STRING(64).tag(Tag.TRANSFERRED_DEVID_TAG),
    ConnectedParties: list(16, {
      ConnectedPartyCallID: UINT.tag(Tag.PARTY_CALLID_TAG),
      ConnectedPartyDeviceIDType: USHORT.of(ConnectionDeviceIDType, DeviceIDType).tag(Tag.PARTY_DEVID_TYPE_TAG),
      ConnectedPartyDeviceID: STRING(64).tag(Tag.PARTY_DEVID_TAG),
    }),
  },
});

export const CALL_DIVERTED_EVENT = message('CALL_DIVERTED_EVENT', 19, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    DivertingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    DivertingDeviceID: STRING(64).tag(Tag.DIVERTING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
  },
});

export const CALL_SERVICE_INITIATED_EVENT = message('CALL_SERVICE_INITIATED_EVENT', 20, {
  note: 'COCCallConnectionDeviceID stands in the tag table and the changes of version 14 only.',
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LineHandle: USHORT,
    LineType: USHORT.of(LineType),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    CallingDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG),
    CallReferenceID: UNSPEC(32).tag(Tag.CALL_REFERENCE_ID_TAG),
    COCConnectionCallID: UINT.tag(Tag.COC_CONNECTION_CALL_ID_TAG).since(14),
    COCCallConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType)
      .tag(Tag.COC_CONNECTION_DEVICE_ID_TYPE_TAG)
      .since(14),
    COCCallConnectionDeviceID: STRING(64).tag(Tag.COC_CONNECTION_DEVICE_ID_TAG).since(14),
  },
});

export const CALL_QUEUED_EVENT = message('CALL_QUEUED_EVENT', 21, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    QueueDeviceType: USHORT.of(DeviceIDType),
    CallingDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LastRedirectDeviceType: USHORT.of(DeviceIDType),
    NumQueued: USHORT,
    NumSkillGroups: USHORT.counts('SkillGroups'),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    QueueDeviceID: STRING(64).tag(Tag.QUEUE_DEVID_TAG),
    CallingDeviceID: STRING(64).tag(Tag.CALLING_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
    LastRedirectDeviceID: STRING(64).tag(Tag.LAST_REDIRECT_DEVID_TAG),
    SkillGroups: list(20, {
      // Printed as INT.
      SkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG),
      SkillGroupID: UINT.tag(Tag.SKILL_GROUP_ID_TAG),
      SkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
    }),
  },
});

export const BEGIN_CALL_EVENT = message('BEGIN_CALL_EVENT', 23, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    NumCTIClients: USHORT.counts('CTIClients'),
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    CallType: USHORT.of(CallType).absent(NULL_CALLTYPE),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    CalledPartyDisposition: USHORT.of(DispositionCode).since(8),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DNIS: STRING(32).tag(Tag.DNIS_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG),
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG),
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    CTIClients: list(16, {
      CTIClientSignature: STRING(64).tag(Tag.CTI_CLIENT_SIGNATURE_TAG),
      CTIClientTimestamp: TIME.tag(Tag.CTI_CLIENT_TIMESTAMP_TAG),
    }),
    CallReferenceID: UNSPEC(32).tag(Tag.CALL_REFERENCE_ID_TAG).since(14),
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
  },
});

export const END_CALL_EVENT = message('END_CALL_EVENT', 24, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const CALL_DATA_UPDATE_EVENT = message('CALL_DATA_UPDATE_EVENT', 25, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    NumCTIClients: USHORT.counts('CTIClients'),
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    CallType: USHORT.of(CallType).absent(NULL_CALLTYPE),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    NewConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    NewConnectionCallID: CALL_ID,
    CalledPartyDisposition: USHORT.of(DispositionCode).since(8),
    CampaignID: UINT.since(8),
    QueryRuleID: UINT.since(8),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    NewConnectionDeviceID: STRING(64).tag(Tag.NEW_CONNECTION_DEVID_TAG).required,
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DNIS: STRING(32).tag(Tag.DNIS_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG),
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG),
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG),
    ...CALL_VARIABLES,
    CallWrapupData: STRING(40).tag(Tag.CALL_WRAPUP_DATA_TAG),
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    CustomerPhoneNumber: STRING(20).tag(Tag.CUSTOMER_PHONE_NUMBER_TAG).since(8),
    CustomerAccountNumber: STRING(32).tag(Tag.CUSTOMER_ACCOUNT_NUMBER_TAG).since(8),
    CTIClients: list(16, {
      CTIClientSignature: STRING(64).tag(Tag.CTI_CLIENT_SIGNATURE_TAG),
      CTIClientTimestamp: TIME.tag(Tag.CTI_CLIENT_TIMESTAMP_TAG),
    }),
    CallReferenceID: UNSPEC(32).tag(Tag.CALL_REFERENCE_ID_TAG).since(14),
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
  },
});

export const AGENT_STATE_EVENT = message('AGENT_STATE_EVENT', 30, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    SessionID: UINT.since(8),
    PeripheralType: USHORT.of(PeripheralType),
    SkillGroupState: USHORT.of(AgentState),
    StateDuration: UINT,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    AgentState: USHORT.of(AgentState),
    EventReasonCode: USHORT.since(6),
    MRDID: INT,
    NumTasks: UINT,
    AgentMode: USHORT.of(AgentMode),
    MaxTaskLimit: UINT,
    ICMAgentID: INT.since(9),
    AgentAvailabilityStatus: UINT.of(AgentAvailabilityStatus).since(9),
    NumFltSkillGroups: USHORT.counts('FltSkillGroups').since(13),
    DepartmentID: INT.since(19),
  },
  floating: {
    CTIClientSignature: STRING(64).tag(Tag.CLIENT_SIGNATURE_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    ActiveTerminal: STRING(64).tag(Tag.FLT_TERM_DEVICE_NAME),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    Duration: UINT.tag(Tag.DURATION_TAG).since(13),
    NextAgentState: USHORT.of(AgentState).tag(Tag.EXT_AGENT_STATE_TAG).since(13),
    Direction: UINT.of(AgentCallDirection).tag(Tag.DIRECTION_TAG).since(16),
    FltSkillGroups: list(99, {
      // Printed as INT.
      FltSkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG).since(13),
      FltSkillGroupID: UINT.tag(Tag.SKILL_GROUP_ID_TAG).since(13),
      FltSkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG).since(13),
      FltSkillGroupState: USHORT.of(AgentState).tag(Tag.SKILL_GROUP_STATE_TAG).since(13),
    }),
    MaxBeyondTaskLimit: UINT.tag(Tag.MAX_BEYOND_TASK_LIMIT_TAG).since(22),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const CALL_REACHED_NETWORK_EVENT = message('CALL_REACHED_NETWORK_EVENT', 34, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    LineHandle: USHORT.since(7),
    LineType: USHORT.of(LineType).since(7),
    TrunkUsedDeviceType: USHORT.of(DeviceIDType),
    CalledDeviceType: USHORT.of(DeviceIDType),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    TrunkUsedDeviceID: STRING(64).tag(Tag.TRUNK_USED_DEVID_TAG),
    CalledDeviceID: STRING(64).tag(Tag.CALLED_DEVID_TAG),
    TrunkNumber: UINT.tag(Tag.TRUNK_NUMBER_TAG),
    TrunkGroupNumber: UINT.tag(Tag.TRUNK_GROUP_NUMBER_TAG),
  },
});

export const CALL_DEQUEUED_EVENT = message('CALL_DEQUEUED_EVENT', 86, {
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    QueueDeviceType: USHORT.of(DeviceIDType),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    NumQueued: USHORT,
    NumSkillGroups: USHORT.counts('SkillGroups'),
    LocalConnectionState: USHORT.of(LocalConnectionState),
    EventCause: USHORT.of(EventCause),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    SkillGroups: list(20, {
      SkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG),
      SkillGroupID: UINT.tag(Tag.SKILL_GROUP_ID_TAG),
      SkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
    }),
  },
});

export const AGENT_PRE_CALL_EVENT = message('AGENT_PRE_CALL_EVENT', 105, {
  from: 'server',
  since: 6,
  fixed: {
    MonitorID: UINT,
    NumNamedVariables: USHORT.counts('NamedVariables'),
    NumNamedArrays: USHORT.counts('NamedArrays'),
    ServiceNumber: SERVICE_ID,
    ServiceID: SERVICE_ID,
    SkillGroupNumber: SKILL_GROUP_ID,
    SkillGroupID: SKILL_GROUP_ID,
    SkillGroupPriority: USHORT,
    MRDID: INT,
    AgentSkillTargetID: UINT.since(20),
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG).required,
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG).required,
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG).required,
    ANI: STRING(40).tag(Tag.ANI_TAG),
    UserToUserInfo: UNSPEC(131).tag(Tag.UUI_TAG),
    DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
    CallerEnteredDigits: STRING(40).tag(Tag.CED_TAG),
    FltCallTypeID: UINT.tag(Tag.CALL_TYPE_ID_TAG).since(14),
    PreCallInvokeID: UINT.tag(Tag.PRE_CALL_INVOKE_ID_TAG).since(14),
    ...CALL_VARIABLES,
    NamedVariables: NAMED_VARIABLES,
    NamedArrays: NAMED_ARRAYS,
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG).since(20),
    ProtocolReferenceGUID: STRING(40).tag(Tag.PROTOCOL_REFERENCE_GUID_TAG).since(24),
    NumOfEnabledServices: USHORT.counts('EnabledServices').tag(Tag.NUM_OF_ENABLED_SERVICES).since(24),
    EnabledServices: list(undefined, {
      FltEnabledServices: USHORT.of(AgentService).tag(Tag.FLT_ENABLED_SERVICES).since(24),
    }).orPacked,
    CcaiConfigId: STRING(40).tag(Tag.CCAI_CONFIG_ID).since(24),
  },
  extra: {
    ANI_II: STRING(2).tag(Tag.ANI_II_TAG),
  },
});

export const AGENT_PRE_CALL_ABORT_EVENT = message('AGENT_PRE_CALL_ABORT_EVENT', 106, {
  from: 'server',
  since: 6,
  fixed: {
    MonitorID: UINT,
    MRDID: INT,
  },
  floating: {
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG).required,
    RouterCallKeyDay: UINT.tag(Tag.ROUTER_CALL_KEY_DAY_TAG).required,
    RouterCallKeyCallID: UINT.tag(Tag.ROUTER_CALL_KEY_CALLID_TAG).required,
    RouterCallKeySequenceNumber: UINT.tag(Tag.ROUTER_CALL_KEY_SEQUENCE_NUM_TAG).required,
  },
});

export const RTP_STARTED_EVENT = message('RTP_STARTED_EVENT', 116, {
  from: 'server',
  since: 7,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ClientPort: UINT,
    Direction: USHORT.of(RTPDirection),
    RTPType: USHORT.of(RTPType),
    BitRate: UINT,
    EchoCancellation: USHORT,
    PacketSize: UINT,
    PayloadType: USHORT,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16).required,
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    SendingAddress: STRING(64).tag(Tag.SENDING_ADDRESS_TAG).maxBefore(19, 16).since(13).required,
    SendingPort: UINT.tag(Tag.SENDING_PORT_TAG).since(13).required,
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const RTP_STOPPED_EVENT = message('RTP_STOPPED_EVENT', 117, {
  from: 'server',
  since: 7,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ClientPort: UINT,
    Direction: USHORT.of(RTPDirection),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16).required,
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    SendingAddress: STRING(64).tag(Tag.SENDING_ADDRESS_TAG).maxBefore(19, 16).since(13).required,
    SendingPort: UINT.tag(Tag.SENDING_PORT_TAG).since(13).required,
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const CALL_ATTRIBUTE_CHANGE_EVENT = message('CALL_ATTRIBUTE_CHANGE_EVENT', 240, {
  note: 'Numbered up to version 17; newer guides keep the table and reserve the number.',
  from: 'server',
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    PeripheralType: USHORT.of(PeripheralType),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    CallTypeID: UINT,
    ServiceNumber: SERVICE_ID,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG),
  },
});

export const CALL_AGENT_GREETING_EVENT = message('CALL_AGENT_GREETING_EVENT', 248, {
  note: 'GreetingType has no published tag, so it cannot be sent.',
  from: 'server',
  since: 15,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    ConnectionCallID: CALL_ID,
    EventCode: USHORT.of(GreetingEventCode),
    PeripheralErrorCode: UINT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG).required,
    // No tag is published.
    GreetingType: STRING(32).tag(null),
  },
});

export const NETWORK_RECORDING_STARTED_EVENT = message('NETWORK_RECORDING_STARTED_EVENT', 272, {
  note: 'The table of message types numbers it 271; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    RecordingDeviceType: USHORT.of(DeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    RecordingDeviceID: STRING(64).tag(Tag.RECORDING_DEVICE_ID_TAG),
  },
});

export const NETWORK_RECORDING_ENDED_EVENT = message('NETWORK_RECORDING_ENDED_EVENT', 273, {
  note: 'The table of message types numbers it 272; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    RecordingDeviceType: USHORT.of(DeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    RecordingDeviceID: STRING(64).tag(Tag.RECORDING_DEVICE_ID_TAG),
  },
});

export const NETWORK_RECORDING_FAILED_EVENT = message('NETWORK_RECORDING_FAILED_EVENT', 274, {
  note: 'The table of message types numbers it 273; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    RecordingDeviceType: USHORT.of(DeviceIDType),
    RecordFailureCause: USHORT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    RecordingDeviceID: STRING(64).tag(Tag.RECORDING_DEVICE_ID_TAG),
  },
});

export const NETWORK_RECORDING_TARGET_INFO_EVENT = message('NETWORK_RECORDING_TARGET_INFO_EVENT', 275, {
  note: 'The table of message types numbers it 274; the number of its own table fits the neighbours.',
  from: 'server',
  since: 23,
  fixed: {
    MonitorID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    RecordingDeviceType: USHORT.of(DeviceIDType),
    RecordingType: USHORT.of(RecordingType),
    MediaForkingDeviceType: USHORT.of(MediaForkingDeviceType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    RecordingDeviceID: STRING(64).tag(Tag.RECORDING_DEVICE_ID_TAG),
    RecorderAddress: STRING(64).tag(Tag.RECORDER_ADDRESS_TAG),
    TerminalName: STRING(64).tag(Tag.TERMINAL_NAME_TAG),
    MediaForkingDeviceName: STRING(64).tag(Tag.MEDIA_FORKING_DEVICE_NAME_TAG),
    ProtocolReferenceGUID: STRING(64).tag(Tag.PROTOCOL_REFERENCE_GUID_TAG),
    MediaForkingClusterID: STRING(64).tag(Tag.MEDIA_FORKING_CLUSTER_ID_TAG),
    RecorderURI: STRING(64).tag(Tag.RECORDER_URI_TAG),
    RecorderErrorMsg: STRING(64).tag(Tag.RECORDER_ERROR_MSG_TAG),
    RecorderType: USHORT.of(RecorderType).tag(Tag.RECORDER_TYPE_TAG),
    RecorderStatus: USHORT.of(RecorderStatus).tag(Tag.RECORDER_STATUS_TAG),
  },
});
