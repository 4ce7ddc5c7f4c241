/**
 * What redaction does with each kind of field. The rule is to replace: text and bytes are replaced unless a row here keeps
 * them, also in fields and messages that the tables do not know. Numbers count, choose or connect; they stay, except those that
 * identify a person or a customer.
 */

/** Numbers that identify a person, a customer or the record of a call in the site's databases. */
export const REPLACED_NUMBERS: ReadonlySet<string> = new Set([
  'ICMAgentID',
  'AgentSkillTargetID',
  'CustomerID',
  'SupervisorID',
  'RouterCallKeyCallID',
]);

/** Bytes that say nothing about persons: without them a configuration cannot be read again. */
export const KEPT_TEXTS: Readonly<Record<string, string>> = {
  ServiceConfigKey: 'key of the state of a configuration',
  SkillGroupConfigKey: 'key of the state of a configuration',
  AgentConfigKey: 'key of the state of a configuration',
  DeviceConfigKey: 'key of the state of a configuration',
  CallTypeConfigKey: 'key of the state of a configuration',
  PeripheralConfigKey: 'key of the state of a configuration',
  AgentDeskSettingsConfigKey: 'key of the state of a configuration',
};

/** What a redacted recording keeps, for the documentation. */
export const KEPT: readonly string[] = [
  'the kind, order, length and time of every message, and of every field in it',
  'numbers that count, choose or connect: states, causes, masks, statistics, durations, skill group, team, peripheral and call IDs',
  'names of expanded call variables (not their values)',
  'punctuation and blanks in text, and which characters are digits, upper-case and lower-case letters',
  'server times (OPEN_CONF, SYSTEM_EVENT)',
  ...new Set(Object.values(KEPT_TEXTS)),
];

/** Runs of letters or digits in bytes without a known meaning: shorter ones are as likely numbers of the protocol. */
export const LEAST_RUN = 3;
