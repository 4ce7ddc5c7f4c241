/**
 * The treatment of each kind of field in redaction. By default text and bytes are replaced, also in unknown fields and
 * messages, unless a row here keeps them. Numbers count, select or connect; they are kept, except those that identify a
 * person or a customer.
 */

/** Numbers that identify a person, a customer or the record of a call in the site's databases. */
export const REPLACED_NUMBERS: ReadonlySet<string> = new Set([
  'ICMAgentID',
  'AgentSkillTargetID',
  'CustomerID',
  'SupervisorID',
  'RouterCallKeyCallID',
]);

/** Bytes without personal data: without them a configuration could not be read. */
export const KEPT_TEXTS: Readonly<Record<string, string>> = {
  ServiceConfigKey: "the key of a configuration's state",
  SkillGroupConfigKey: "the key of a configuration's state",
  AgentConfigKey: "the key of a configuration's state",
  DeviceConfigKey: "the key of a configuration's state",
  CallTypeConfigKey: "the key of a configuration's state",
  PeripheralConfigKey: "the key of a configuration's state",
  AgentDeskSettingsConfigKey: "the key of a configuration's state",
};

/** The data that a redacted recording keeps, for the documentation. */
export const KEPT: readonly string[] = [
  'the kind, order, length and time of every message, and of every field in it',
  'numbers that are not personal data: states, causes, masks, statistics, durations, and skill group, team, peripheral and call IDs',
  'names of expanded call variables (not their values)',
  'punctuation and spaces in text, and which characters are digits, upper-case letters and lower-case letters',
  'server times (OPEN_CONF, SYSTEM_EVENT)',
  ...new Set(Object.values(KEPT_TEXTS)),
];
