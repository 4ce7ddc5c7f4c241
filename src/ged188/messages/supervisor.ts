/** Supervisors: assistance, supervision of calls, teams. */
import { AgentFlags, AgentState } from '../constants/agent.js';
import { ConnectionDeviceIDType, SupervisoryAction } from '../constants/call.js';
import { ConfigOperation } from '../constants/configuration.js';
import { INT, STRING, UINT, USHORT } from '../definition/field.js';
import { list } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, PERIPHERAL_ID } from './common.js';

export const SUPERVISOR_ASSIST_EVENT = message('SUPERVISOR_ASSIST_EVENT', 120, {
  note: 'Layout of the Unified CCX guide, the same as that of EMERGENCY_CALL_EVENT.',
  from: 'server',
  source: 'sibling guide',
  fixed: {
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    SessionID: UINT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    Text: STRING(255).tag(Tag.TEXT_TAG),
  },
});

export const EMERGENCY_CALL_EVENT = message('EMERGENCY_CALL_EVENT', 123, {
  from: 'server',
  fixed: {
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    SessionID: UINT,
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16).required,
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const SUPERVISE_CALL_REQ = message('SUPERVISE_CALL_REQ', 124, {
  from: 'client',
  reply: 'SUPERVISE_CALL_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    AgentConnectionCallID: CALL_ID,
    SupervisorConnectionCallID: CALL_ID,
    AgentConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    SupervisorConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    SupervisoryAction: USHORT.of(SupervisoryAction),
  },
  floating: {
    AgentConnectionDeviceID: STRING(64).tag(Tag.AGENT_CONNECTION_DEVID_TAG),
    SupervisorConnectionDeviceID: STRING(64).tag(Tag.SUPERVISOR_CONNECTION_DEVID_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    SupervisorInstrument: STRING(64).tag(Tag.SUPERVISOR_INSTRUMENT_TAG),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const SUPERVISE_CALL_CONF = message('SUPERVISE_CALL_CONF', 125, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    ConnectionCallID: CALL_ID,
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG).required,
  },
});

export const AGENT_TEAM_CONFIG_EVENT = message('AGENT_TEAM_CONFIG_EVENT', 128, {
  from: 'server',
  since: 8,
  fixed: {
    PeripheralID: PERIPHERAL_ID,
    TeamID: UINT,
    NumberOfAgents: USHORT.counts('TeamMembers'),
    ConfigOperation: USHORT.of(ConfigOperation),
    DepartmentID: INT.since(19),
  },
  floating: {
    AgentTeamName: STRING(32).tag(Tag.AGENT_TEAM_NAME_TAG).since(16).required,
    TeamMembers: list(64, {
      AtcAgentID: STRING(12).tag(Tag.ATC_AGENT_ID_TAG),
      AgentFlags: USHORT.bits(AgentFlags).tag(Tag.AGENT_FLAGS_TAG),
      AtcAgentState: USHORT.of(AgentState).tag(Tag.ATC_AGENT_STATE_TAG),
      AtcStateDuration: UINT.tag(Tag.ATC_STATE_DURATION_TAG),
    }),
  },
});

export const LIST_AGENT_TEAM_REQ = message('LIST_AGENT_TEAM_REQ', 133, {
  from: 'client',
  reply: 'LIST_AGENT_TEAM_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    SupervisorID: UINT,
  },
});

export const LIST_AGENT_TEAM_CONF = message('LIST_AGENT_TEAM_CONF', 134, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    NumberOfAgentTeams: USHORT.counts('AgentTeams'),
    SegmentNumber: USHORT,
    More: USHORT,
  },
  floating: {
    AgentTeams: list(64, {
      TeamID: UINT.tag(Tag.LIST_TEAM_ID_TAG),
    }),
  },
});

export const MONITOR_AGENT_TEAM_START_REQ = message('MONITOR_AGENT_TEAM_START_REQ', 135, {
  from: 'client',
  reply: 'MONITOR_AGENT_TEAM_START_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    TeamID: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const MONITOR_AGENT_TEAM_START_CONF = message('MONITOR_AGENT_TEAM_START_CONF', 136, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
});

export const MONITOR_AGENT_TEAM_STOP_REQ = message('MONITOR_AGENT_TEAM_STOP_REQ', 137, {
  from: 'client',
  reply: 'MONITOR_AGENT_TEAM_STOP_CONF',
  since: 8,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const MONITOR_AGENT_TEAM_STOP_CONF = message('MONITOR_AGENT_TEAM_STOP_CONF', 138, {
  from: 'server',
  since: 8,
  fixed: {
    InvokeID: UINT,
  },
});
