/** Which bit of which mask a session or a monitor needs to receive a message. */
import { AgentState, AgentStateMask, CallMsgMask, ServiceMask } from '../../../ged188/index.js';

/** The bit of CallMsgMask for each call event. A message that is not here is not subject to the mask. */
export const callMaskBit: Readonly<Record<string, number>> = {
  CALL_DELIVERED_EVENT: CallMsgMask.CALL_DELIVERED_MASK,
  CALL_QUEUED_EVENT: CallMsgMask.CALL_QUEUED_MASK,
  CALL_ESTABLISHED_EVENT: CallMsgMask.CALL_ESTABLISHED_MASK,
  CALL_HELD_EVENT: CallMsgMask.CALL_HELD_MASK,
  CALL_RETRIEVED_EVENT: CallMsgMask.CALL_RETRIEVED_MASK,
  CALL_CLEARED_EVENT: CallMsgMask.CALL_CLEARED_MASK,
  CALL_CONNECTION_CLEARED_EVENT: CallMsgMask.CALL_CONNECTION_CLEARED_MASK,
  CALL_ORIGINATED_EVENT: CallMsgMask.CALL_ORIGINATED_MASK,
  CALL_CONFERENCED_EVENT: CallMsgMask.CALL_CONFERENCED_MASK,
  CALL_TRANSFERRED_EVENT: CallMsgMask.CALL_TRANSFERRED_MASK,
  CALL_DIVERTED_EVENT: CallMsgMask.CALL_DIVERTED_MASK,
  CALL_SERVICE_INITIATED_EVENT: CallMsgMask.CALL_SERVICE_INITIATED_MASK,
  CALL_TRANSLATION_ROUTE_EVENT: CallMsgMask.CALL_TRANSLATION_ROUTE_MASK,
  BEGIN_CALL_EVENT: CallMsgMask.BEGIN_CALL_MASK,
  END_CALL_EVENT: CallMsgMask.END_CALL_MASK,
  CALL_DATA_UPDATE_EVENT: CallMsgMask.CALL_DATA_UPDATE_MASK,
  CALL_FAILED_EVENT: CallMsgMask.CALL_FAILED_MASK,
  CALL_REACHED_NETWORK_EVENT: CallMsgMask.CALL_REACHED_NETWORK_MASK,
  CALL_DEQUEUED_EVENT: CallMsgMask.CALL_DEQUEUED_MASK,
  AGENT_PRE_CALL_EVENT: CallMsgMask.AGENT_PRE_CALL_MASK,
  AGENT_PRE_CALL_ABORT_EVENT: CallMsgMask.AGENT_PRE_CALL_ABORT_MASK,
  RTP_STARTED_EVENT: CallMsgMask.RTP_STARTED_MASK,
  RTP_STOPPED_EVENT: CallMsgMask.RTP_STOPPED_MASK,
  AGENT_TEAM_CONFIG_EVENT: CallMsgMask.AGENT_TEAM_CONFIG_MASK,
  CALL_AGENT_GREETING_EVENT: CallMsgMask.CALL_AGENT_GREETING_MASK,
  NETWORK_RECORDING_STARTED_EVENT: CallMsgMask.NETWORK_RECORDING_STARTED_MASK,
  NETWORK_RECORDING_ENDED_EVENT: CallMsgMask.NETWORK_RECORDING_ENDED_MASK,
  NETWORK_RECORDING_FAILED_EVENT: CallMsgMask.NETWORK_RECORDING_FAILED_MASK,
  NETWORK_RECORDING_TARGET_INFO_EVENT: CallMsgMask.NETWORK_RECORDING_TARGET_INFO_MASK,
};

/** The bit of AgentStateMask for an agent state. */
export function agentMaskBit(state: number): number {
  return agentBits[state] ?? 0;
}

const agentBits: Readonly<Record<number, number>> = {
  [AgentState.AGENT_STATE_LOGIN]: AgentStateMask.AGENT_LOGIN_MASK,
  [AgentState.AGENT_STATE_LOGOUT]: AgentStateMask.AGENT_LOGOUT_MASK,
  [AgentState.AGENT_STATE_NOT_READY]: AgentStateMask.AGENT_NOT_READY_MASK,
  [AgentState.AGENT_STATE_AVAILABLE]: AgentStateMask.AGENT_AVAILABLE_MASK,
  [AgentState.AGENT_STATE_TALKING]: AgentStateMask.AGENT_TALKING_MASK,
  [AgentState.AGENT_STATE_WORK_NOT_READY]: AgentStateMask.AGENT_WORK_NOT_READY_MASK,
  [AgentState.AGENT_STATE_WORK_READY]: AgentStateMask.AGENT_WORK_READY_MASK,
  [AgentState.AGENT_STATE_BUSY_OTHER]: AgentStateMask.AGENT_BUSY_OTHER_MASK,
  [AgentState.AGENT_STATE_RESERVED]: AgentStateMask.AGENT_RESERVED_MASK,
  [AgentState.AGENT_STATE_HOLD]: AgentStateMask.AGENT_HOLD_MASK,
  [AgentState.AGENT_STATE_ACTIVE]: AgentStateMask.AGENT_ACTIVE_MASK,
  [AgentState.AGENT_STATE_PAUSED]: AgentStateMask.AGENT_PAUSED_MASK,
  [AgentState.AGENT_STATE_INTERRUPTED]: AgentStateMask.AGENT_INTERRUPTED_MASK,
  [AgentState.AGENT_STATE_NOT_ACTIVE]: AgentStateMask.AGENT_NOT_ACTIVE_MASK,
};

/** All the bits that a mask defines in a protocol version. */
export const definedBits = {
  call: (version: number): number =>
    (all(CallMsgMask) &
      (version < 15 ? ~CallMsgMask.CALL_AGENT_GREETING_MASK : -1) &
      (version < 23 ? ~0xf0000000 : -1)) >>>
    0,
  agent: (): number => all(AgentStateMask),
  service: (version: number): number =>
    (all(ServiceMask) & (version < 24 ? ~ServiceMask.CTI_SERVICE_ACTIVE_STANDBY : -1)) >>> 0,
};

/**
 * The services that this server grants on request. Task services are for multi-channel agents, which it does not have.
 */
export function supportedServices(version: number): number {
  const { CTI_SERVICE_ALL_TASK_EVENTS, CTI_SERVICE_TASK_MONITOR, CTI_SERVICE_AGENT_REPORTING, CTI_SERVICE_DEBUG } =
    ServiceMask;
  const not = CTI_SERVICE_ALL_TASK_EVENTS | CTI_SERVICE_TASK_MONITOR | CTI_SERVICE_AGENT_REPORTING | CTI_SERVICE_DEBUG;
  return (definedBits.service(version) & ~not) >>> 0;
}

function all(mask: Readonly<Record<string, number>>): number {
  return Object.values(mask).reduce((bits, bit) => (bits | bit) >>> 0, 0);
}
