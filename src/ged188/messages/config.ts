/** Configuration of the contact center, as blocks of records and as updates. */
import {
  AgentFlags,
  AgentService,
  AgentState,
  AgentType,
  DeskSettingsMask,
  SSOEnabled,
  WrapupDataMode,
} from '../constants/agent.js';
import {
  ConfigDeviceType,
  ConfigType,
  RecordType,
  TeamConfigOperation,
  TeamConfigParam,
  TeamConfigStatus,
  TeamMemberType,
} from '../constants/configuration.js';
import { ConfigMsgMask } from '../constants/session.js';
import { ConfigEndStatus, ConfigKeyStatus } from '../constants/status.js';
import { BOOL, BYTES, STRING, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { list, records } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { PERIPHERAL_ID } from './common.js';

export const CONFIG_REQUEST_KEY_EVENT = message('CONFIG_REQUEST_KEY_EVENT', 230, {
  from: 'client',
  reply: 'CONFIG_KEY_EVENT',
  since: 19,
  fixed: {
    PeripheralID: PERIPHERAL_ID,
  },
  floating: {
    CustomerID: UINT.tag(Tag.CUSTOMER_ID_TAG),
  },
});

export const CONFIG_KEY_EVENT = message('CONFIG_KEY_EVENT', 231, {
  from: 'server',
  since: 19,
  fixed: {
    ConfigkeyStatus: UINT.of(ConfigKeyStatus),
  },
  floating: {
    ServiceConfigKey: UNSPEC(8).tag(Tag.SERVICE_CONFIG_KEY_TAG),
    SkillGroupConfigKey: UNSPEC(8).tag(Tag.SKILL_GROUP_CONFIG_KEY_TAG),
    AgentConfigKey: UNSPEC(8).tag(Tag.AGENT_CONFIG_KEY_TAG),
    DeviceConfigKey: UNSPEC(8).tag(Tag.DEVICE_CONFIG_KEY_TAG),
    CallTypeConfigKey: UNSPEC(8).tag(Tag.CALL_TYPE_KEY_CONFIG_TAG),
    PeripheralConfigKey: UNSPEC(8).tag(Tag.PERIPHERAL_CONFIG_KEY_TAG).since(22),
    AgentDeskSettingsConfigKey: UNSPEC(8).tag(Tag.AGENT_DESK_SETTINGS_CONFIG_KEY_TAG).since(22),
  },
});

export const CONFIG_REQUEST_EVENT = message('CONFIG_REQUEST_EVENT', 232, {
  from: 'client',
  reply: 'CONFIG_BEGIN_EVENT',
  since: 19,
  fixed: {
    ConfigInformation: UINT.bits(ConfigMsgMask),
    ConfigMsgMask: UINT.bits(ConfigMsgMask),
    PeripheralID: PERIPHERAL_ID,
  },
  floating: {
    CustomerID: UINT.tag(Tag.CUSTOMER_ID_TAG),
  },
});

export const CONFIG_BEGIN_EVENT = message('CONFIG_BEGIN_EVENT', 233, {
  from: 'server',
  since: 19,
  fixed: {
    ConfigType: USHORT.of(ConfigType),
    ConfigInformation: UINT.bits(ConfigMsgMask),
  },
  floating: {
    ServiceConfigKey: UNSPEC(8).tag(Tag.SERVICE_CONFIG_KEY_TAG),
    SkillGroupConfigKey: UNSPEC(8).tag(Tag.SKILL_GROUP_CONFIG_KEY_TAG),
    AgentConfigKey: UNSPEC(8).tag(Tag.AGENT_CONFIG_KEY_TAG),
    DeviceConfigKey: UNSPEC(8).tag(Tag.DEVICE_CONFIG_KEY_TAG),
    // Printed as CallTypeConfiKey.
    CallTypeConfigKey: UNSPEC(8).tag(Tag.CALL_TYPE_KEY_CONFIG_TAG),
    PeripheralConfigKey: UNSPEC(8).tag(Tag.PERIPHERAL_CONFIG_KEY_TAG).since(22),
    AgentDeskSettingsConfigKey: UNSPEC(8).tag(Tag.AGENT_DESK_SETTINGS_CONFIG_KEY_TAG).since(22),
  },
});

export const CONFIG_END_EVENT = message('CONFIG_END_EVENT', 234, {
  from: 'server',
  since: 19,
  fixed: {
    ConfigEndStatus: UINT.of(ConfigEndStatus),
  },
  floating: {
    Text: STRING(255).tag(Tag.TEXT_TAG),
  },
});

export const CONFIG_SERVICE_EVENT = message('CONFIG_SERVICE_EVENT', 235, {
  from: 'server',
  since: 19,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltPeripheralID: UINT.tag(Tag.PERIPHERAL_ID_TAG),
      PeripheralNumber: UINT.tag(Tag.PERIPHERAL_NUMBER_TAG),
      OldPeripheralNumber: UINT.tag(Tag.OLD_PERIPHERAL_NUMBER_TAG),
      MaxQueued: UINT.tag(Tag.MAX_QUEUED_TAG),
      Extension: STRING(16).tag(Tag.EXTENSION_TAG),
      ServiceSkillTargetID: UINT.tag(Tag.SERVICE_SKILL_TARGET_ID_TAG),
      PeripheralName: STRING(64).tag(Tag.PERIPHERAL_NAME_TAG),
      Description: STRING(128).tag(Tag.DESCRIPTION_TAG),
      ServiceLevelThreshold: UINT.tag(Tag.SERVICE_LEVEL_THRESHOLD_TAG),
      ServiceLevelType: UINT.tag(Tag.SERVICE_LEVEL_TYPE_TAG),
      ConfigParam: STRING(255).tag(Tag.CONFIG_PARAM_TAG),
      FltMRDomainID: UINT.tag(Tag.MR_DOMAIN_ID_TAG),
      NumServiceMembers: USHORT.counts('ServiceMembers').tag(Tag.NUM_SERVICE_MEMBERS_TAG),
      ServiceMembers: list(10, {
        ServiceMember: UINT.tag(Tag.SERVICE_MEMBER_TAG),
        ServicePriority: USHORT.tag(Tag.SERVICE_PRIORITY_TAG),
      }).orPacked,
    }),
  },
});

export const CONFIG_SKILL_GROUP_EVENT = message('CONFIG_SKILL_GROUP_EVENT', 236, {
  note: 'The guide prints FltSkillGroupPriority as an array without a count; read as a single number.',
  from: 'server',
  since: 19,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltPeripheralID: UINT.tag(Tag.PERIPHERAL_ID_TAG),
      PeripheralNumber: UINT.tag(Tag.PERIPHERAL_NUMBER_TAG),
      OldPeripheralNumber: UINT.tag(Tag.OLD_PERIPHERAL_NUMBER_TAG),
      FltSkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
      SkillGroupSkillTargetID: UINT.tag(Tag.SKILL_GROUP_SKILL_TARGET_ID_TAG),
      AutoWork: BOOL.tag(Tag.AUTO_WORK_TAG),
      Extension: STRING(16).tag(Tag.EXTENSION_TAG),
      PeripheralName: STRING(64).tag(Tag.PERIPHERAL_NAME_TAG),
      Description: STRING(128).tag(Tag.DESCRIPTION_TAG),
      FltMRDomainID: UINT.tag(Tag.MR_DOMAIN_ID_TAG),
      FltPrecisionQueueID: UINT.tag(Tag.FLT_PRECISION_QUEUE_ID_TAG).since(22),
      FltPrecisionQueueName: STRING(32).tag(Tag.FLT_PRECISION_QUEUE_NAME_TAG).since(22),
      ConfigParam: STRING(255).tag(Tag.CONFIG_PARAM_TAG),
    }),
  },
});

export const CONFIG_AGENT_EVENT = message('CONFIG_AGENT_EVENT', 237, {
  note: 'The tag table names AgentSkillTargetID twice, at 141 and at 185; sent under 141.',
  from: 'server',
  since: 19,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltPeripheralID: UINT.tag(Tag.PERIPHERAL_ID_TAG),
      ActiveTerminal: STRING(64).tag(Tag.FLT_TERM_DEVICE_NAME),
      AgentType: USHORT.of(AgentType).tag(Tag.AGENT_TYPE_TAG),
      AgentDeskSettingsID: UINT.tag(Tag.AGENT_DESK_SETTINGS_ID_TAG).since(22),
      LoginID: STRING(64).tag(Tag.LOGIN_ID_TAG),
      OldLoginID: STRING(64).tag(Tag.CUR_LOGIN_ID),
      LoginName: STRING(255).tag(Tag.LOGIN_NAME_TAG).maxBefore(20, 32),
      LastName: STRING(32).tag(Tag.LAST_NAME_TAG),
      FirstName: STRING(32).tag(Tag.FIRST_NAME_TAG),
      Extension: STRING(16).tag(Tag.EXTENSION_TAG),
      Description: STRING(128).tag(Tag.DESCRIPTION_TAG),
      AgentSkillTargetID: UINT.tag(Tag.AGENT_SKILL_TARGET_ID_TAG).orTag(Tag.AUTO_WORK_TAG),
      NumSkills: USHORT.counts('Skills').tag(Tag.NUM_SKILLS_TAG),
      SSOEnabled: USHORT.of(SSOEnabled).tag(Tag.SSO_ENABLED_TAG).since(20),
      NumMRDs: USHORT.counts('MRDs').tag(Tag.NUM_MRDS_TAG).since(21),
      Skills: list(100, {
        FltSkillGroupNumber: UINT.tag(Tag.SKILL_GROUP_NUMBER_TAG),
        FltSkillGroupPriority: USHORT.tag(Tag.SKILL_GROUP_PRIORITY_TAG),
      }).orPacked,
      MRDs: list(40, {
        FltAgentMRDID: UINT.tag(Tag.FLT_AGENT_MRD_ID_TAG).since(21),
        FltAgentMRDState: USHORT.of(AgentState).tag(Tag.FLT_AGENT_MRD_STATE_TAG).since(21),
      }).orPacked,
      PeripheralName: STRING(64).tag(Tag.PERIPHERAL_NAME_TAG),
      PeripheralNumber: UINT.tag(Tag.PERIPHERAL_NUMBER_TAG),
      AgentDeskSettingsConfigKey: UNSPEC(8).tag(Tag.AGENT_DESK_SETTINGS_CONFIG_KEY_TAG),
    }),
  },
});

export const CONFIG_DEVICE_EVENT = message('CONFIG_DEVICE_EVENT', 238, {
  from: 'server',
  since: 19,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltPeripheralID: UINT.tag(Tag.PERIPHERAL_ID_TAG),
      PeripheralNumber: UINT.tag(Tag.PERIPHERAL_NUMBER_TAG),
      DeviceType: USHORT.of(ConfigDeviceType).tag(Tag.DEVICE_TYPE_TAG),
      MaxQueued: UINT.tag(Tag.MAX_QUEUED_TAG),
      FltServiceID: UINT.tag(Tag.SERVICE_ID_TAG),
      DialedNumber: STRING(40).tag(Tag.DIALED_NUMBER_TAG),
      DNIS: STRING(32).tag(Tag.DNIS_TAG),
      Extension: STRING(16).tag(Tag.EXTENSION_TAG),
      Description: STRING(128).tag(Tag.DESCRIPTION_TAG),
    }),
  },
});

export const TEAM_CONFIG_REQ = message('TEAM_CONFIG_REQ', 242, {
  note: 'Layout of the Unified CCX guide.',
  from: 'client',
  reply: 'TEAM_CONFIG_CONF',
  source: 'sibling guide',
  fixed: {
    InvokeID: UINT,
    ConfigParam: USHORT.of(TeamConfigParam),
    Reserved: BYTES(8),
  },
});

export const TEAM_CONFIG_EVENT = message('TEAM_CONFIG_EVENT', 243, {
  note: 'Layout of the Unified CCX guide, where TeamName comes first.',
  from: 'server',
  source: 'sibling guide',
  fixed: {
    TeamID: UINT,
    NumRecords: USHORT.counts('Records'),
    Operation: USHORT.of(TeamConfigOperation),
    Reserved: BYTES(8),
  },
  floating: {
    TeamName: STRING(50).tag(Tag.TEAM_NAME_TAG).required,
    Records: records(64, {
      // Printed as AgentID.
      AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
      AgentFlags: USHORT.bits(AgentFlags).tag(Tag.AGENT_FLAGS_TAG),
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      MemberType: USHORT.of(TeamMemberType).tag(Tag.MEMBER_TYPE_TAG),
    }),
  },
});

export const TEAM_CONFIG_CONF = message('TEAM_CONFIG_CONF', 244, {
  note: 'Layout of the Unified CCX guide.',
  from: 'server',
  source: 'sibling guide',
  fixed: {
    InvokeID: UINT,
    Status: UINT.of(TeamConfigStatus),
  },
  floating: {
    Text: STRING(128).tag(Tag.TEXT_TAG),
  },
});

export const CONFIG_CALL_TYPE_EVENT = message('CONFIG_CALL_TYPE_EVENT', 245, {
  from: 'server',
  since: 19,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltCallTypeID: UINT.tag(Tag.CALL_TYPE_ID_TAG),
      CustomerDefinitionID: UINT.tag(Tag.CUSTOMER_DEFINITION_ID_TAG),
      EnterpriseName: STRING(32).tag(Tag.ENTERPRISE_NAME_TAG),
      Description: STRING(128).tag(Tag.DESCRIPTION_TAG),
      ServiceLevelThreshold: UINT.tag(Tag.SERVICE_LEVEL_THRESHOLD_TAG),
      ServiceLevelType: UINT.tag(Tag.SERVICE_LEVEL_TYPE_TAG),
      OldPeripheralNumber: UINT.tag(Tag.OLD_PERIPHERAL_NUMBER_TAG),
    }),
  },
});

export const CONFIG_MRD_EVENT = message('CONFIG_MRD_EVENT', 254, {
  note: 'Its own table prints the number of CONFIG_CALL_TYPE_EVENT.',
  from: 'server',
  since: 20,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      FltMRDomainID: UINT.tag(Tag.MR_DOMAIN_ID_TAG),
      FltEnterpriseName: STRING(32).tag(Tag.ENTERPRISE_NAME_TAG),
      FltDescription: STRING(128).tag(Tag.DESCRIPTION_TAG),
      FltMaxTaskDuration: UINT.tag(Tag.MAX_TASK_DURATION_TAG),
      FltInterruptible: BOOL.tag(Tag.INTERRUPTIBLE_TAG),
    }),
  },
});

export const CONFIG_PERIPHERAL_EVENT = message('CONFIG_PERIPHERAL_EVENT', 260, {
  from: 'server',
  since: 22,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      ConfigPeripheralID: UINT.tag(Tag.CONFIG_PERIPHERAL_ID_TAG),
      DefaultAgentDeskSettingsID: UINT.tag(Tag.DEFAULT_AGENT_DESK_SETTINGS_ID_TAG),
    }),
  },
});

export const CONFIG_AGENT_DESK_SETTINGS_EVENT = message('CONFIG_AGENT_DESK_SETTINGS_EVENT', 261, {
  note: 'The size of FltDefaultDevicePortAddress is taken from AGENT_DESK_SETTINGS_CONF.',
  from: 'server',
  since: 22,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      AgentDeskSettingsID: UINT.tag(Tag.AGENT_DESK_SETTINGS_ID_TAG),
      FltDeskSettingsMask: UINT.bits(DeskSettingsMask).tag(Tag.FLT_DESK_SETTINGS_MASK_TAG),
      FltWrapUpDataIncomingMode: UINT.of(WrapupDataMode).tag(Tag.FLT_WRAP_UP_DATA_INCOMING_MODE_TAG),
      FltWrapUpDataOutgoingMode: UINT.of(WrapupDataMode).tag(Tag.FLT_WRAP_UP_DATA_OUTGOING_MODE_TAG),
      FltLogoutNonActivityTime: UINT.tag(Tag.FLT_LOGOUT_NON_ACTIVITY_TIME_TAG),
      FltQualityRecordingRate: UINT.tag(Tag.FLT_QUALITY_RECORDING_RATE_TAG),
      FltRingNoAnswerTime: UINT.tag(Tag.FLT_RING_NO_ANSWER_TIME_TAG),
      FltSilentMonitorWarningMessage: UINT.tag(Tag.FLT_SILENT_MONITOR_WARNING_MESSAGE_TAG),
      FltSilentMonitorAudibleIndication: UINT.tag(Tag.FLT_SILENT_MONITOR_AUDIBLE_INDICATION_TAG),
      FltSupervisorAssistCallMethod: UINT.tag(Tag.FLT_SUPERVISOR_ASSIST_CALL_METHOD_TAG),
      FltEmergencyCallMethod: UINT.tag(Tag.FLT_EMERGENCY_CALL_METHOD_TAG),
      FltAutoRecordOnEmergency: UINT.tag(Tag.FLT_AUTO_RECORD_ON_EMERGENCY_TAG),
      FltRecordingMode: UINT.tag(Tag.FLT_RECORDING_MODE_TAG),
      FltWorkModeTimer: UINT.tag(Tag.FLT_WORK_MODE_TIMER_TAG),
      FltRingNoAnswerDnId: UINT.tag(Tag.FLT_RING_NO_ANSWER_DN_ID_TAG),
      FltDefaultDevicePortAddress: STRING(32).tag(Tag.FLT_DEFAULT_DEVICE_PORT_ADDRESS_TAG),
      PlayZipTone: UINT.tag(Tag.PLAY_ZIP_TONE),
      ACDSharedLineUsage: UINT.tag(Tag.ACD_SHARED_LINE_USAGE),
    }),
  },
});

export const CONFIG_TERMINAL_EVENT = message('CONFIG_TERMINAL_EVENT', 276, {
  note: 'Missing in the table of message types.',
  from: 'server',
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
      TerminalType: USHORT.tag(Tag.FLT_TERM_TYPE),
      TerminalDeviceName: STRING(64).tag(Tag.FLT_TERM_DEVICE_NAME),
      TerminalTypeName: STRING(100).tag(Tag.FLT_TERM_TYPE_NAME),
      NumInstruments: USHORT.counts('Instruments').tag(Tag.FLT_NUM_INSTRUMENTS),
      Instruments: list(10, {
        Instrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
      }).orPacked,
    }),
  },
});

export const CONFIG_AGENT_SERVICE_EVENT = message('CONFIG_AGENT_SERVICE_EVENT', 282, {
  note: 'RecordType is listed last here; a record begins with its AgentSkillTargetID.',
  from: 'server',
  since: 24,
  fixed: {
    NumRecords: USHORT.counts('Records'),
  },
  floating: {
    Records: records(10, {
      AgentSkillTargetID: UINT.tag(Tag.AGENT_SKILL_TARGET_ID_TAG).orTag(Tag.AUTO_WORK_TAG),
      NumOfEnabledServices: USHORT.counts('EnabledServices').tag(Tag.NUM_OF_ENABLED_SERVICES),
      EnabledServices: list(undefined, {
        FltEnabledServices: USHORT.of(AgentService).tag(Tag.FLT_ENABLED_SERVICES),
      }).orPacked,
      RecordType: USHORT.of(RecordType).tag(Tag.RECORD_TYPE_TAG),
    }),
  },
});
