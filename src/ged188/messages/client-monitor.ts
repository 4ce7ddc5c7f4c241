/** Monitoring the sessions of other clients. */
import { AgentStateMask, CallMsgMask, ServiceMask } from '../constants/session.js';
import { StatusCode } from '../constants/status.js';
import { STRING, UINT } from '../definition/field.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { PERIPHERAL_ID } from './common.js';

export const CLIENT_SESSION_OPENED_EVENT = message('CLIENT_SESSION_OPENED_EVENT', 99, {
  from: 'server',
  since: 5,
  fixed: {
    SessionID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ServicesGranted: UINT.bits(ServiceMask),
    CallMsgMask: UINT.bits(CallMsgMask),
    AgentStateMask: UINT.bits(AgentStateMask),
    ClientPort: UINT,
  },
  floating: {
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    ClientSignature: STRING(64).tag(Tag.CLIENT_SIGNATURE_TAG).required,
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const CLIENT_SESSION_CLOSED_EVENT = message('CLIENT_SESSION_CLOSED_EVENT', 100, {
  from: 'server',
  since: 5,
  fixed: {
    SessionID: UINT,
    PeripheralID: PERIPHERAL_ID,
    Status: UINT.of(StatusCode),
    ClientPort: UINT,
  },
  floating: {
    ClientAddress: STRING(64).tag(Tag.CLIENT_ADDRESS_TAG).maxBefore(19, 16).required,
    ClientID: STRING(64).tag(Tag.CLIENT_ID_TAG).required,
    ClientSignature: STRING(64).tag(Tag.CLIENT_SIGNATURE_TAG).required,
    AgentExtension: STRING(16).tag(Tag.AGENT_EXTENSION_TAG),
    AgentID: STRING(12).tag(Tag.AGENT_ID_TAG),
    AgentInstrument: STRING(64).tag(Tag.AGENT_INSTRUMENT_TAG),
  },
});

export const SESSION_MONITOR_START_REQ = message('SESSION_MONITOR_START_REQ', 101, {
  from: 'client',
  reply: 'SESSION_MONITOR_START_CONF',
  since: 5,
  fixed: {
    InvokeID: UINT,
    SessionID: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const SESSION_MONITOR_START_CONF = message('SESSION_MONITOR_START_CONF', 102, {
  from: 'server',
  since: 5,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
});

export const SESSION_MONITOR_STOP_REQ = message('SESSION_MONITOR_STOP_REQ', 103, {
  from: 'client',
  reply: 'SESSION_MONITOR_STOP_CONF',
  since: 5,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const SESSION_MONITOR_STOP_CONF = message('SESSION_MONITOR_STOP_CONF', 104, {
  from: 'server',
  since: 5,
  fixed: {
    InvokeID: UINT,
  },
});
