/** What a session requests and is granted: services and masks. */

/** Services that a session requests and is granted. */
export const ServiceMask = {
  CTI_SERVICE_CLIENT_EVENTS: 0x00000001,
  CTI_SERVICE_CALL_DATA_UPDATE: 0x00000002,
  CTI_SERVICE_CLIENT_CONTROL: 0x00000004,
  CTI_SERVICE_CONNECTION_MONITOR: 0x00000008,
  CTI_SERVICE_ALL_EVENTS: 0x00000010,
  CTI_SERVICE_PERIPHERAL_MONITOR: 0x00000020,
  CTI_SERVICE_CLIENT_MONITOR: 0x00000040,
  CTI_SERVICE_SUPERVISOR: 0x00000080,
  CTI_SERVICE_SERVER: 0x00000100,
  CTI_SERVICE_AGENT_REPORTING: 0x00000400,
  CTI_SERVICE_ALL_TASK_EVENTS: 0x00000800,
  CTI_SERVICE_TASK_MONITOR: 0x00001000,
  CTI_AGENT_STATE_CONTROL_ONLY: 0x00002000,
  CTI_DEVICE_STATE_CONTROL: 0x00008000,
  CTI_SERVICE_CONFIG_EVENTS: 0x00040000, // Unified CCX CTI guide
  CTI_SERVICE_UPDATE_EVENTS: 0x00080000,
  CTI_SERVICE_IGNORE_DUPLICATE_AGENT_EVENTS: 0x00100000,
  CTI_SERVICE_IGNORE_CONF: 0x00200000,
  CTI_SERVICE_ACD_LINE_ONLY: 0x00400000,
  CTI_SERVICE_ACTIVE_STANDBY: 0x02000000, // since 24
  CTI_SERVICE_DEBUG: 0x80000000,
} as const;
export type ServiceMask = (typeof ServiceMask)[keyof typeof ServiceMask];

/**
 * Whether the session is connected to the active or the standby server. Since version 24.
 * Our names, after the labels of the guide.
 */
export const SessionType = {
  UNKNOWN: 0,
  ACTIVE: 1,
  STANDBY: 2,
} as const;
export type SessionType = (typeof SessionType)[keyof typeof SessionType];

/** State of the event that a client reports. Our names, after the labels of the guide. */
export const ClientEventState = {
  NORMAL: 0,
  WARNING: 1,
  ERROR: 2,
} as const;
export type ClientEventState = (typeof ClientEventState)[keyof typeof ClientEventState];

/** Answer of a client to a planned hand-over. Since version 24. Our names, after the labels of the guide. */
export const MaintenanceModeAccepted = {
  REJECTED: 0,
  ACCEPTED: 1,
} as const;
export type MaintenanceModeAccepted = (typeof MaintenanceModeAccepted)[keyof typeof MaintenanceModeAccepted];

/** Whether a planned hand-over continues. Since version 24. Our names, after the labels of the guide. */
export const MaintenanceModeStatus = {
  CANCEL: 0,
  CONTINUE: 1,
} as const;
export type MaintenanceModeStatus = (typeof MaintenanceModeStatus)[keyof typeof MaintenanceModeStatus];

/** How a service is shared between the servers that register it. Our names, after the labels of the guide. */
export const ServerMode = {
  EXCLUSIVE: 0,
  ROUND_ROBIN: 1,
  PARALLEL: 2,
} as const;
export type ServerMode = (typeof ServerMode)[keyof typeof ServerMode];

/** Call events that a session or monitor receives. */
export const CallMsgMask = {
  CALL_DELIVERED_MASK: 0x00000001,
  CALL_QUEUED_MASK: 0x00000002,
  CALL_ESTABLISHED_MASK: 0x00000004,
  CALL_HELD_MASK: 0x00000008,
  CALL_RETRIEVED_MASK: 0x00000010,
  CALL_CLEARED_MASK: 0x00000020,
  CALL_CONNECTION_CLEARED_MASK: 0x00000040,
  CALL_ORIGINATED_MASK: 0x00000080,
  CALL_CONFERENCED_MASK: 0x00000100,
  CALL_TRANSFERRED_MASK: 0x00000200,
  CALL_DIVERTED_MASK: 0x00000400,
  CALL_SERVICE_INITIATED_MASK: 0x00000800,
  CALL_TRANSLATION_ROUTE_MASK: 0x00001000,
  BEGIN_CALL_MASK: 0x00002000,
  END_CALL_MASK: 0x00004000,
  CALL_DATA_UPDATE_MASK: 0x00008000,
  CALL_FAILED_MASK: 0x00010000,
  CALL_REACHED_NETWORK_MASK: 0x00020000,
  CALL_DEQUEUED_MASK: 0x00040000,
  AGENT_PRE_CALL_MASK: 0x00080000,
  AGENT_PRE_CALL_ABORT_MASK: 0x00100000,
  RTP_STARTED_MASK: 0x00200000,
  RTP_STOPPED_MASK: 0x00400000,
  AGENT_TEAM_CONFIG_MASK: 0x00800000,
  AGENT_LEGACY_PRE_CALL_MASK: 0x01000000,
  CALL_ATTRIBUTE_CHANGE_MASK: 0x02000000,
  CALL_TERMINATION_MASK: 0x04000000, // reserved
  CALL_AGENT_GREETING_MASK: 0x08000000, // since 15
  NETWORK_RECORDING_STARTED_MASK: 0x10000000, // since 23
  NETWORK_RECORDING_ENDED_MASK: 0x20000000, // since 23
  NETWORK_RECORDING_FAILED_MASK: 0x40000000, // since 23
  NETWORK_RECORDING_TARGET_INFO_MASK: 0x80000000, // since 23
} as const;
export type CallMsgMask = (typeof CallMsgMask)[keyof typeof CallMsgMask];

/** Agent states that are reported to a session or monitor. */
export const AgentStateMask = {
  AGENT_LOGIN_MASK: 0x00000001,
  AGENT_LOGOUT_MASK: 0x00000002,
  AGENT_NOT_READY_MASK: 0x00000004,
  AGENT_AVAILABLE_MASK: 0x00000008,
  AGENT_TALKING_MASK: 0x00000010,
  AGENT_WORK_NOT_READY_MASK: 0x00000020,
  AGENT_WORK_READY_MASK: 0x00000040,
  AGENT_BUSY_OTHER_MASK: 0x00000080,
  AGENT_RESERVED_MASK: 0x00000100,
  AGENT_HOLD_MASK: 0x00000200,
  AGENT_ACTIVE_MASK: 0x00000400,
  AGENT_PAUSED_MASK: 0x00000800,
  AGENT_INTERRUPTED_MASK: 0x00001000,
  AGENT_NOT_ACTIVE_MASK: 0x00002000,
} as const;
export type AgentStateMask = (typeof AgentStateMask)[keyof typeof AgentStateMask];

/** Configuration updates that a session receives. Our names, after the labels of the guide. */
export const ConfigMsgMask = {
  CONFIG_MSG_SERVICE_MASK: 0x00000001,
  CONFIG_MSG_SKILL_GROUP_MASK: 0x00000002,
  CONFIG_MSG_AGENT_MASK: 0x00000004,
  CONFIG_MSG_DEVICE_MASK: 0x00000008,
  CONFIG_MSG_CALL_TYPE_MASK: 0x00000010,
  CONFIG_MSG_MRD_MASK: 0x00000020, // since 20
  CONFIG_MSG_PERIPHERAL_MASK: 0x00000040, // since 22
  CONFIG_MSG_AGENT_DESK_SETTINGS_MASK: 0x00000080, // since 22
  CONFIG_MSG_TERMINAL_MASK: 0x00000100,
  CONFIG_MSG_AGENT_SERVICE_MASK: 0x00000200, // since 24
} as const;
export type ConfigMsgMask = (typeof ConfigMsgMask)[keyof typeof ConfigMsgMask];

/** Call variables that a session receives. */
export const CallVariableMask = {
  CALL_VAR_1_MASK: 0x0001,
  CALL_VAR_2_MASK: 0x0002,
  CALL_VAR_3_MASK: 0x0004,
  CALL_VAR_4_MASK: 0x0008,
  CALL_VAR_5_MASK: 0x0010,
  CALL_VAR_6_MASK: 0x0020,
  CALL_VAR_7_MASK: 0x0040,
  CALL_VAR_8_MASK: 0x0080,
  CALL_VAR_9_MASK: 0x0100,
  CALL_VAR_10_MASK: 0x0200,
} as const;
export type CallVariableMask = (typeof CallVariableMask)[keyof typeof CallVariableMask];
