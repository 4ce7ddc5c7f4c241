/** Opening, keeping and closing a session; failures; standby and maintenance. */
import { AgentState, MultilineAgentControl } from '../constants/agent.js';
import { PeripheralType } from '../constants/device.js';
import { NO_HEARTBEAT_IDLE_TIMEOUT } from '../constants/limits.js';
import {
  AgentStateMask,
  CallMsgMask,
  ConfigMsgMask,
  MaintenanceModeAccepted,
  MaintenanceModeStatus,
  ServiceMask,
  SessionType,
} from '../constants/session.js';
import { PGStatus, StatusCode } from '../constants/status.js';
import { BOOL, INT, STRING, TIME, UINT, UNSPEC, USHORT } from '../definition/field.js';
import { list } from '../definition/list.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { PERIPHERAL_ID } from './common.js';

export const FAILURE_CONF = message('FAILURE_CONF', 1, {
  note: 'Two layouts are published; the length of the message tells which one a server sends.',
  from: 'server',
  fixed: {
    InvokeID: UINT,
    Status: UINT.of(StatusCode),
  },
  orFixed: {
    InvokeID: UINT,
    FailureCode: USHORT.of(StatusCode),
    PeripheralErrorCode: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const FAILURE_EVENT = message('FAILURE_EVENT', 2, {
  from: 'server',
  fixed: {
    Status: UINT.of(StatusCode),
  },
});

export const OPEN_REQ = message('OPEN_REQ', 3, {
  note: 'UniqueInstanceID has no published tag, so it cannot be sent.',
  from: 'client',
  reply: 'OPEN_CONF',
  fixed: {
    InvokeID: UINT,
    VersionNumber: UINT,
    IdleTimeout: UINT.absent(NO_HEARTBEAT_IDLE_TIMEOUT),
    PeripheralID: PERIPHERAL_ID,
    ServicesRequested: UINT.bits(ServiceMask),
    CallMsgMask: UINT.bits(CallMsgMask),
    AgentStateMask: UINT.bits(AgentStateMask),
    ConfigMsgMask: UINT.bits(ConfigMsgMask),
    Reserved1: UINT,
    Reserved2: UINT,
    Reserved3: UINT,
  },
  floating: {
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    ClientPassword: UNSPEC(64).tag(Tag.CLIENT_PASSWORD_TAG).required,
    ClientSignature: STRING(64).tag(Tag.CLIENT_SIGNATURE_TAG),
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    ApplicationPathID: INT.tag(Tag.APP_PATH_ID_TAG),
    // No tag is published; 308 is the only free one near it.
    UniqueInstanceID: STRING(64).tag(null).since(24),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const OPEN_CONF = message('OPEN_CONF', 4, {
  note: 'The size of SessionType is not printed; read as two bytes.',
  from: 'server',
  fixed: {
    InvokeID: UINT,
    ServicesGranted: UINT.bits(ServiceMask),
    MonitorID: UINT,
    PGStatus: UINT.bits(PGStatus),
    ICMCentralControllerTime: TIME.since(6),
    PeripheralOnline: BOOL,
    PeripheralType: USHORT.of(PeripheralType),
    AgentState: USHORT.of(AgentState),
    DepartmentID: INT.since(19),
    SessionType: USHORT.of(SessionType).since(24),
  },
  floating: {
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
    NumPeripherals: USHORT.counts('Peripherals').tag(Tag.NUM_PERIPHERALS_TAG).since(14),
    Peripherals: list(undefined, {
      FltPeripheralID: UINT.tag(Tag.PERIPHERAL_ID_TAG).since(14),
      MultilineAgentControl: USHORT.of(MultilineAgentControl).tag(Tag.MULTI_LINE_AGENT_CONTROL_TAG).since(14),
    }),
  },
  extra: {
    AgentIDLong: STRING(129).tag(Tag.AGENT_ID_LONG_TAG),
  },
});

export const HEARTBEAT_REQ = message('HEARTBEAT_REQ', 5, {
  from: 'client',
  reply: 'HEARTBEAT_CONF',
  fixed: {
    InvokeID: UINT,
  },
});

export const HEARTBEAT_CONF = message('HEARTBEAT_CONF', 6, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const CLOSE_REQ = message('CLOSE_REQ', 7, {
  from: 'client',
  reply: 'CLOSE_CONF',
  fixed: {
    InvokeID: UINT,
    Status: UINT.of(StatusCode),
  },
});

export const CLOSE_CONF = message('CLOSE_CONF', 8, {
  from: 'server',
  fixed: {
    InvokeID: UINT,
  },
});

export const STANDBY_ACTIVE_EVENT_MSG = message('STANDBY_ACTIVE_EVENT_MSG', 277, {
  note: 'Described without a table; read as a header only.',
  from: 'server',
  since: 24,
  source: 'header only',
  fixed: {},
});

export const ACTIVE_MAINTENANCE_REQ_MSG = message('ACTIVE_MAINTENANCE_REQ_MSG', 278, {
  from: 'server',
  reply: 'ACTIVE_MAINTENANCE_RESP_MSG',
  since: 24,
  fixed: {
    InvokeID: UINT,
  },
});

export const ACTIVE_MAINTENANCE_RESP_MSG = message('ACTIVE_MAINTENANCE_RESP_MSG', 279, {
  from: 'client',
  since: 24,
  fixed: {
    InvokeID: UINT,
    MaintenanceModeAccepted: BOOL.of(MaintenanceModeAccepted),
  },
});

export const ACTIVE_MAINTENANCE_EVENT_MSG = message('ACTIVE_MAINTENANCE_EVENT_MSG', 280, {
  from: 'server',
  since: 24,
  fixed: {
    MaintenanceModeStatus: BOOL.of(MaintenanceModeStatus),
  },
});

export const STOPPING_REQUESTS_TO_THIS_SIDE_IND = message('STOPPING_REQUESTS_TO_THIS_SIDE_IND', 281, {
  note: 'Described without a table; read as a header only.',
  from: 'client',
  since: 24,
  source: 'header only',
  fixed: {},
});
