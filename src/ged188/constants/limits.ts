/** Null values and limits. */

/** Values that stand for "none". */
export const NULL_CALL_ID = 0xffffffff;
export const NULL_PERIPHERAL_ID = 0xffffffff;
export const NULL_SERVICE = 0xffffffff;
export const NULL_SKILL_GROUP = 0xffffffff;
export const NULL_CALLTYPE = 0xffff;
/** IdleTimeout of a client that sends no heartbeats. */
export const NO_HEARTBEAT_IDLE_TIMEOUT = 0xffffffff;

/** Limits of the protocol; those that begin with MAX_NUM_ have their published names. Sizes in bytes. */
export const Limits = {
  MAX_NUM_CTI_CLIENTS: 16,
  MAX_NUM_PARTIES: 16,
  MAX_NUM_DEVICES: 16,
  MAX_NUM_CALLS: 16,
  MAX_NUM_SKILL_GROUPS: 20,
  /**
   * Maximum length of the list in AGENT_STATE_EVENT; an agent with more skill groups is reported in several messages.
   */
  MAX_EVENT_SKILL_GROUPS: 99,
  MAX_NUM_LINES: 10,
  MAX_MESSAGE_SIZE: 12500,
  MESSAGE_HEADER_SIZE: 8,
  MAX_NAMED_DATA_BYTES: 2000,
  MAX_NAMED_VARIABLE_NAME: 33,
  MAX_NAMED_VARIABLE_VALUE: 211,
  MIN_NAMEDVAR_DATA: 3,
  MAX_NAMEDVAR_DATA: 251,
  MIN_NAMEDARRAY_DATA: 4,
  MAX_NAMEDARRAY_DATA: 252,
  MIN_HEARTBEAT_INTERVAL_SECONDS: 5,
  MIN_IDLE_TIMEOUT_SECONDS: 20,
  MAX_UNCONFIRMED_HEARTBEATS: 3,
  MAX_CONFIG_RECORDS: 10,
  MAX_AGENT_TEAM_MEMBERS: 64,
  MAX_AGENT_TEAMS: 64,
  MAX_SET_AGENT_STATE_SKILL_GROUPS: 10,
  MAX_AGENT_MRDS: 40,
  MAX_CONFIG_SKILLS: 100,
  MAX_CONFIG_SERVICE_MEMBERS: 10,
} as const;
