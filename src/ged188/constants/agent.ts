/** Agents: states, modes, desk settings. */

/** State of an agent, as a whole or in a skill group. */
export const AgentState = {
  AGENT_STATE_LOGIN: 0,
  AGENT_STATE_LOGOUT: 1,
  AGENT_STATE_NOT_READY: 2,
  AGENT_STATE_AVAILABLE: 3,
  AGENT_STATE_TALKING: 4,
  AGENT_STATE_WORK_NOT_READY: 5,
  AGENT_STATE_WORK_READY: 6,
  AGENT_STATE_BUSY_OTHER: 7,
  AGENT_STATE_RESERVED: 8,
  AGENT_STATE_UNKNOWN: 9,
  AGENT_STATE_HOLD: 10,
  AGENT_STATE_ACTIVE: 11,
  AGENT_STATE_PAUSED: 12,
  AGENT_STATE_INTERRUPTED: 13,
  AGENT_STATE_NOT_ACTIVE: 14,
} as const;
export type AgentState = (typeof AgentState)[keyof typeof AgentState];

/** State of an agent from the peripheral's point of view. Since version 19. */
export const InternalAgentState = {
  AGENT_STATE_LOGIN: 0,
  AGENT_STATE_LOGOUT: 1,
  AGENT_STATE_NOT_READY: 2,
  AGENT_STATE_AVAILABLE: 3,
  AGENT_STATE_TALKING: 4,
  AGENT_STATE_WORK_NOT_READY: 5,
  AGENT_STATE_WORK_READY: 6,
  AGENT_STATE_BUSY_OTHER: 7,
  AGENT_STATE_ACTIVE: 11,
} as const;
export type InternalAgentState = (typeof InternalAgentState)[keyof typeof InternalAgentState];

/** State of a task. Since version 20. */
export const TaskState = {
  TASK_STATE_PRE_CALL: 0,
  TASK_STATE_ACTIVE: 1,
  TASK_STATE_WRAPUP: 2,
  TASK_STATE_PAUSED: 3,
  TASK_STATE_OFFERED: 4,
  TASK_STATE_INTERRUPTED: 5, // printed as ASK_STATE_INTERRUPTED
  TASK_STATE_NOT_READY: 6,
  TASK_STATE_LOGGED_OUT: 7,
} as const;
export type TaskState = (typeof TaskState)[keyof typeof TaskState];

/** Whether the agent takes calls by routing only. Our names, after the labels of the guide. */
export const AgentMode = {
  NOT_ROUTABLE: 0,
  ROUTABLE: 1,
} as const;
export type AgentMode = (typeof AgentMode)[keyof typeof AgentMode];

/** Whether the agent can take another task. Our names, after the labels of the guide. */
export const AgentAvailabilityStatus = {
  NOT_AVAILABLE: 0,
  ICM_AVAILABLE: 1,
  APPLICATION_AVAILABLE: 2,
} as const;
export type AgentAvailabilityStatus = (typeof AgentAvailabilityStatus)[keyof typeof AgentAvailabilityStatus];

/** Direction of the call an agent works on. Since version 16. Our names, after the labels of the guide. */
export const AgentCallDirection = {
  NONE: 0,
  IN: 1,
  OUT: 2,
  OTHER_IN: 3,
  OTHER_OUT: 4,
  OUTBOUND_RESERVE: 5,
  OUTBOUND_PREVIEW: 6,
  OUTBOUND_PREDICTIVE: 7,
} as const;
export type AgentCallDirection = (typeof AgentCallDirection)[keyof typeof AgentCallDirection];

/** Work mode requested when the state is set. */
export const AgentWorkMode = {
  AWM_UNSPECIFIED: 0,
  AWM_AUTO_IN: 1,
  AWM_MANUAL_IN: 2,
  RA_CALL_BY_CALL: 3,
  RA_NAILED_CONNECTION: 4,
} as const;
export type AgentWorkMode = (typeof AgentWorkMode)[keyof typeof AgentWorkMode];

/** The role of an agent in a team. Our names, after the labels of the guide. */
export const AgentFlags = {
  PRIMARY_SUPERVISOR: 0x0001,
  TEMPORARY_AGENT: 0x0002,
  SUPERVISOR: 0x0004,
} as const;
export type AgentFlags = (typeof AgentFlags)[keyof typeof AgentFlags];

/** Agent or supervisor, in configuration. */
export const AgentType = {
  CONFIG_AGENT: 1, // Unified CCX CTI guide
  CONFIG_SUPERVISOR: 2, // Unified CCX CTI guide
} as const;
export type AgentType = (typeof AgentType)[keyof typeof AgentType];

/** Services enabled for an agent. Since version 24. Our names, after the labels of the guide. */
export const AgentService = {
  AGENT_ANSWERS: 1,
  AGENT_CALL_TRANSCRIPTION: 2,
} as const;
export type AgentService = (typeof AgentService)[keyof typeof AgentService];

/** Services that an agent requests at login. */
export const AgentServiceReqMask = {
  OUTBOUND_SUPPORT: 0x00000001,
} as const;
export type AgentServiceReqMask = (typeof AgentServiceReqMask)[keyof typeof AgentServiceReqMask];

/** Whether an agent logs in by single sign-on. Since version 20. Our names, after the labels of the guide. */
export const SSOEnabled = {
  DISABLED: 0,
  ENABLED: 1,
} as const;
export type SSOEnabled = (typeof SSOEnabled)[keyof typeof SSOEnabled];

/** Whether a state change is forced. Our names, after the labels of the guide. */
export const ForcedFlag = {
  FALSE: 0,
  TRUE: 1,
  AUTHENTICATION_ONLY: 2,
} as const;
export type ForcedFlag = (typeof ForcedFlag)[keyof typeof ForcedFlag];

/**
 * Whether lines of an agent other than the ACD line are controlled. Since version 14.
 * Our names, after the labels of the guide.
 */
export const MultilineAgentControl = {
  SINGLE_LINE_ONLY: 0,
  MULTILINE_ENABLED: 1,
} as const;
export type MultilineAgentControl = (typeof MultilineAgentControl)[keyof typeof MultilineAgentControl];

/** Desk settings that are switched on. */
export const DeskSettingsMask = {
  DESK_AVAIL_AFTER_INCOMING_MASK: 0x00000001,
  DESK_AVAIL_AFTER_OUTGOING_MASK: 0x00000002,
  DESK_AUTO_ANSWER_ENABLED_MASK: 0x00000004,
  DESK_IDLE_REASON_REQUIRED_MASK: 0x00000008,
  DESK_LOGOUT_REASON_REQUIRED_MASK: 0x00000010,
  DESK_SUPERVISOR_CALLS_ALLOWED_MASK: 0x00000020,
  DESK_AGENT_TO_AGENT_CALLS_ALLOWED: 0x00000040,
  DESK_OUTBOUND_ACCESS_INTERNATIONAL_MASK: 0x00000080,
  DESK_OUTBOUND_ACCESS_PUBLIC_NET_MASK: 0x00000100,
  DESK_OUTBOUND_ACCESS_PRIVATE_NET_MASK: 0x00000200,
  DESK_OUTBOUND_ACCESS_OPERATOR_ASSISTED_MASK: 0x00000400,
  DESK_OUTBOUND_ACCESS_PBX_MASK: 0x00000800,
  DESK_NON_ACD_CALLS_ALLOWED_MASK: 0x00001000,
  DESK_AGENT_CAN_SELECT_GROUP_MASK: 0x00002000,
} as const;
export type DeskSettingsMask = (typeof DeskSettingsMask)[keyof typeof DeskSettingsMask];

/** Whether wrap-up data is requested. Our names, after the labels of the guide. */
export const WrapupDataMode = {
  REQUIRED: 0,
  OPTIONAL: 1,
  NOT_ALLOWED: 2,
  REQUIRED_WITH_WRAPUP_DATA: 3,
} as const;
export type WrapupDataMode = (typeof WrapupDataMode)[keyof typeof WrapupDataMode];
