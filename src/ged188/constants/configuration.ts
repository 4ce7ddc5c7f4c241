/** Configuration messages. */

/** What changed in a configuration. Our names, after the labels of the guide. */
export const ConfigType = {
  UNUSED: 0,
  SOLICITED: 1,
  UNSOLICITED: 2,
} as const;
export type ConfigType = (typeof ConfigType)[keyof typeof ConfigType];

/** What a configuration record does. */
export const RecordType = {
  CONFIG_RECORD_ADD: 0,
  CONFIG_RECORD_CHANGE: 1,
  CONFIG_RECORD_DELETE: 2,
} as const;
export type RecordType = (typeof RecordType)[keyof typeof RecordType];

/** What a configuration message does. Our names, after the labels of the guide. */
export const ConfigOperation = {
  RESTORE_PERMANENT_CONFIGURATION: 0,
  ADD_AGENT: 1,
  REMOVE_AGENT: 2,
} as const;
export type ConfigOperation = (typeof ConfigOperation)[keyof typeof ConfigOperation];

/** What kind of device a record describes. Our names, after the labels of the guide. */
export const ConfigDeviceType = {
  UNKNOWN: 0,
  SERVICE: 1,
  SKILL_GROUP: 2,
  AGENT_ID: 3,
  AGENT_DEVICE_EXTENSION: 4,
  ROUTE_POINT: 5,
  CTI_PORT: 6,
  CALL_CONTROL_GROUP: 7,
} as const;
export type ConfigDeviceType = (typeof ConfigDeviceType)[keyof typeof ConfigDeviceType];

/** What a team configuration request is for. Our names, after the labels of the guide. From the Unified CCX guide. */
export const TeamConfigParam = {
  INITIAL_CONFIGURATION: 1,
  UPDATES_ONLY: 2,
} as const;
export type TeamConfigParam = (typeof TeamConfigParam)[keyof typeof TeamConfigParam];

/** What happened to a team. Our names, after the labels of the guide. From the Unified CCX guide. */
export const TeamConfigOperation = {
  ADD_TEAM: 1,
  REMOVE_TEAM: 2,
  CHANGE_TEAM: 3,
} as const;
export type TeamConfigOperation = (typeof TeamConfigOperation)[keyof typeof TeamConfigOperation];

/** The role of a member in a team. Our names, after the labels of the guide. From the Unified CCX guide. */
export const TeamMemberType = {
  AGENT_OR_SUPERVISOR: 1,
  CSQ: 2,
} as const;
export type TeamMemberType = (typeof TeamMemberType)[keyof typeof TeamMemberType];

/** Outcome of a team configuration request. Our names, after the labels of the guide. From the Unified CCX guide. */
export const TeamConfigStatus = {
  SUCCESS: 0,
  INTERNAL_ERROR: 1,
} as const;
export type TeamConfigStatus = (typeof TeamConfigStatus)[keyof typeof TeamConfigStatus];
