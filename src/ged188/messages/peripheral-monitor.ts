/** Monitors on single calls and devices. */
import { ConnectionDeviceIDType, DeviceIDType } from '../constants/call.js';
import { AgentStateMask, CallMsgMask } from '../constants/session.js';
import { STRING, UINT, USHORT } from '../definition/field.js';
import { message } from '../definition/message.js';
import { Tag } from '../definition/tags.js';
import { CALL_ID, PERIPHERAL_ID } from './common.js';

export const MONITOR_START_REQ = message('MONITOR_START_REQ', 93, {
  from: 'client',
  reply: 'MONITOR_START_CONF',
  since: 5,
  fixed: {
    InvokeID: UINT,
    PeripheralID: PERIPHERAL_ID,
    ConnectionCallID: CALL_ID,
    CallMsgMask: UINT.bits(CallMsgMask),
    AgentStateMask: UINT.bits(AgentStateMask),
    ConnectionDeviceIDType: USHORT.of(ConnectionDeviceIDType),
    MonitoredDeviceType: USHORT.of(DeviceIDType),
  },
  floating: {
    ConnectionDeviceID: STRING(64).tag(Tag.CONNECTION_DEVID_TAG),
    MonitoredDeviceID: STRING(64).tag(Tag.MONITORED_DEVID_TAG),
  },
});

export const MONITOR_START_CONF = message('MONITOR_START_CONF', 94, {
  from: 'server',
  since: 5,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
});

export const MONITOR_STOP_REQ = message('MONITOR_STOP_REQ', 95, {
  from: 'client',
  reply: 'MONITOR_STOP_CONF',
  since: 5,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
  },
});

export const MONITOR_STOP_CONF = message('MONITOR_STOP_CONF', 96, {
  from: 'server',
  since: 5,
  fixed: {
    InvokeID: UINT,
  },
});

export const CHANGE_MONITOR_MASK_REQ = message('CHANGE_MONITOR_MASK_REQ', 97, {
  from: 'client',
  reply: 'CHANGE_MONITOR_MASK_CONF',
  since: 5,
  fixed: {
    InvokeID: UINT,
    MonitorID: UINT,
    CallMsgMask: UINT.bits(CallMsgMask),
    AgentStateMask: UINT.bits(AgentStateMask),
  },
  extra: {
    CTIOSCILClientID: STRING(64).tag(Tag.CTIOS_CIL_CLIENT_ID_TAG),
  },
});

export const CHANGE_MONITOR_MASK_CONF = message('CHANGE_MONITOR_MASK_CONF', 98, {
  from: 'server',
  since: 5,
  fixed: {
    InvokeID: UINT,
  },
});
