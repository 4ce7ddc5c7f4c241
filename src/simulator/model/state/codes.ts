import {
  AgentCallDirection,
  AgentState,
  CallType,
  DeviceIDType,
  DispositionCode,
  EventCause,
  Limits,
  LineType,
  LocalConnectionState,
  PeripheralType,
} from '../../../ged188/constants/index.js';

export { NULL_CALL_ID } from '../../../ged188/constants/index.js';

import type { AgentStateNumber, SimulatedConnectionState } from './events/values.js';

/** The protocol's numbers under the names that this model uses. */

/** LocalConnectionState. */
export const Lcs = {
  none: LocalConnectionState.LCS_NULL,
  initiate: LocalConnectionState.LCS_INITIATE,
  alerting: LocalConnectionState.LCS_ALERTING,
  connect: LocalConnectionState.LCS_CONNECT,
  hold: LocalConnectionState.LCS_HOLD,
  queued: LocalConnectionState.LCS_QUEUED,
  fail: LocalConnectionState.LCS_FAIL,
} as const satisfies Record<string, SimulatedConnectionState>;

/** AgentState. */
export const State = {
  login: AgentState.AGENT_STATE_LOGIN,
  logout: AgentState.AGENT_STATE_LOGOUT,
  notReady: AgentState.AGENT_STATE_NOT_READY,
  available: AgentState.AGENT_STATE_AVAILABLE,
  talking: AgentState.AGENT_STATE_TALKING,
  workNotReady: AgentState.AGENT_STATE_WORK_NOT_READY,
  workReady: AgentState.AGENT_STATE_WORK_READY,
  busyOther: AgentState.AGENT_STATE_BUSY_OTHER,
  reserved: AgentState.AGENT_STATE_RESERVED,
  unknown: AgentState.AGENT_STATE_UNKNOWN,
  hold: AgentState.AGENT_STATE_HOLD,
} as const satisfies Record<string, AgentStateNumber>;

/** EventCause. */
export const Cause = {
  none: EventCause.CEC_NONE,
  alternate: EventCause.CEC_ALTERNATE,
  busy: EventCause.CEC_BUSY,
  notAnswered: EventCause.CEC_CALL_NOT_ANSWERED,
  destNotObtainable: EventCause.CEC_DEST_NOT_OBTAINABLE,
  keyConference: EventCause.CEC_KEY_CONFERENCE,
  newCall: EventCause.CEC_NEW_CALL,
  redirected: EventCause.CEC_REDIRECTED,
  transfer: EventCause.CEC_TRANSFER,
  supervisorAssist: EventCause.CEC_SUPERVISOR_ASSIST,
  emergency: EventCause.CEC_EMERGENCY_CALL,
  supervisorClear: EventCause.CEC_SUPERVISOR_CLEAR,
  silentMonitor: EventCause.CEC_SILENT_MONITOR,
  bargeIn: EventCause.CEC_SUPERVISOR_BARGE_IN,
  intercept: EventCause.CEC_SUPERVISOR_INTERCEPT,
} as const;

/** CallType. */
export const CallKind = {
  acdIn: CallType.CALLTYPE_ACD_IN,
  routed: CallType.CALLTYPE_PREROUTE_ACD_IN,
  directAgent: CallType.CALLTYPE_PREROUTE_DIRECT_AGENT,
  transferIn: CallType.CALLTYPE_TRANSFER_IN,
  agentOut: CallType.CALLTYPE_AGENT_OUT,
  out: CallType.CALLTYPE_OUT,
  inside: CallType.CALLTYPE_AGENT_INSIDE,
  offered: CallType.CALLTYPE_OFFERED,
  reservationPreview: CallType.RESERVATION_PREVIEW,
  reservationPreviewDirect: CallType.RESERVATION_PREVIEW_DIRECT,
  customerPreview: CallType.CUSTOMER_PREVIEW,
  customerPreviewDirect: CallType.CUSTOMER_PREVIEW_DIRECT,
  consult: CallType.CALLTYPE_CONSULT,
  consultOffered: CallType.CALLTYPE_CONSULT_OFFERRED,
  conference: CallType.CALLTYPE_CONFERENCE,
  assist: CallType.CALLTYPE_ASSIST,
  emergency: CallType.CALLTYPE_EMERGENCY,
  monitor: CallType.CALLTYPE_SUPERVISOR_MONITOR,
  whisper: CallType.CALLTYPE_SUPERVISOR_WHISPER,
  bargeIn: CallType.CALLTYPE_SUPERVISOR_BARGEIN,
  intercept: CallType.CALLTYPE_SUPERVISOR_INTERCEPT,
  nonAcd: CallType.CALLTYPE_NON_ACD,
} as const;

/** LineType. */
export const Line = {
  inboundAcd: LineType.LINETYPE_INBOUND_ACD,
  outboundAcd: LineType.LINETYPE_OUTBOUND_ACD,
  inside: LineType.LINETYPE_INSIDE,
  supervisor: LineType.LINETYPE_SUPERVISOR,
  outbound: LineType.LINETYPE_OUTBOUND,
  silentMonitor: LineType.LINETYPE_SILENT_MONITOR,
  nonAcdIn: LineType.LINETYPE_NON_ACD_IN,
  nonAcdOut: LineType.LINETYPE_NON_ACD_OUT,
} as const;

/** AgentCallDirection. */
export const Direction = {
  none: AgentCallDirection.NONE,
  in: AgentCallDirection.IN,
  out: AgentCallDirection.OUT,
  otherIn: AgentCallDirection.OTHER_IN,
  otherOut: AgentCallDirection.OTHER_OUT,
  preview: AgentCallDirection.OUTBOUND_PREVIEW,
} as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

/** DeviceIDType. */
export const DeviceType = {
  none: DeviceIDType.DEVID_NONE,
  trunk: DeviceIDType.DEVID_TRUNK_IDENTIFIER,
  ctiPort: DeviceIDType.DEVID_CTI_PORT,
  routePoint: DeviceIDType.DEVID_ROUTE_POINT,
  external: DeviceIDType.DEVID_EXTERNAL,
  agentDevice: DeviceIDType.DEVID_AGENT_DEVICE,
  queue: DeviceIDType.DEVID_QUEUE,
  nonAcd: DeviceIDType.DEVID_NON_ACD_DEVICE_IDENTIFIER,
} as const;

/** CalledPartyDisposition. */
export const Disposition = {
  inProgress: 0,
  abandonedInQueue: DispositionCode.DISP_ABANDONED_IN_LOCAL_QUEUE,
  abandonedRinging: DispositionCode.DISP_ABANDONED_RING,
  busy: DispositionCode.DISP_DISCONNECT_DROP_BUSY,
  noAnswer: DispositionCode.DISP_DISCONNECT_DROP_NO_ANSWER,
  handled: DispositionCode.DISP_DISCONNECT_DROP_HANDLED_PRIMARY_ROUTE,
} as const;

/** EventReasonCode of states that the system sets automatically. */
export const Reason = {
  supervisorLogout: 999,
  ringNoAnswer: 32767,
  clientLost: 50002,
  nonAcdCall: 50005,
  makeCall: 50006,
  consecutiveMisses: 50010,
  deviceLost: 50003,
  inactivity: 50004,
  callAtLogin: 51004,
} as const;

/** PeripheralType of Unified CCE. */
export const ENTERPRISE_AGENT = PeripheralType.PT_ENTERPRISE_AGENT;

/** Limits of the protocol. */
export const Limit = {
  parties: Limits.MAX_NUM_PARTIES,
  callsPerDevice: Limits.MAX_NUM_CALLS,
  callVariable: 40,
  wrapupData: 40,
  ani: 40,
  digits: 40,
  dnis: 32,
  userToUserInfo: 131,
  dtmf: 32,
  eccName: 32,
  eccValue: 210,
  eccTotal: Limits.MAX_NAMED_DATA_BYTES,
} as const;
