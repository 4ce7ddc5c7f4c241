/** `reference/contact-center-codes.md`: the codes of the switch (`CF_…`) and of the CTI Server (`E_CTI_…`), by number. */
import { ControlFailureCode, StatusCode } from '../../src/ged188/index.js';
import { markdownTable } from './table.js';

/** What to do about those that are met in practice; the names of the others say all that is known. */
const ADVICE: Readonly<Record<string, string>> = {
  CF_VALUE_OUT_OF_RANGE: 'check the arguments against the list of the request',
  CF_INVALID_CALLING_DEVICE: 'the phone of the agent is not known or not in service',
  CF_INVALID_CALLED_DEVICE: 'the dialed number does not exist',
  CF_INVALID_DESTINATION: 'the dialed number does not exist, or the phone may not dial it',
  CF_INVALID_CSTA_CALL_IDENTIFIER: 'the call has ended; use the id of a current event',
  CF_INVALID_CSTA_CONNECTION_IDENTIFIER: 'the phone has no part in this call any more',
  CF_GENERIC_STATE_INCOMPATIBILITY:
    'the agent or the call is in a state that does not allow it, for example an agent whose phone is ringing; see `peripheralErrorCode`',
  CF_INVALID_OBJECT_STATE: 'the call is in another state: it must ring to be answered, be on hold to be retrieved',
  CF_NO_ACTIVE_CALL: 'there is no call to act on',
  CF_NO_HELD_CALL: 'there is no call on hold',
  CF_NO_CALL_TO_ANSWER: 'the phone does not ring',
  CF_RESOURCE_BUSY: 'the phone or the number is busy; try again later',
  CF_RESOURCE_OUT_OF_SERVICE: 'the phone is out of service',
  CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED: 'the conference is full',
  CF_OUTSTANDING_REQUEST_LIMIT_EXCEEDED: 'too many requests at once; send them one after the other',
  CF_REQUEST_TIMEOUT_REJECTION: 'the switch did not answer in time; look at its state before you try again',
  CF_INVALID_AGENT_ID_SPECIFIED: 'the agent is not known at this peripheral',
  CF_INVALID_PASSWORD_SPECIFIED: 'correct the password of the agent',
  CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED: 'correct the ID or the password of the agent',
  CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON: 'the agent is logged in, perhaps at another phone',
  CF_INVALID_LOGON_DEVICE_SPECIFIED: 'the phone is not known, or may not be used by this agent',
  CF_SPECIFIED_EXTENSION_ALREADY_IN_USE: 'another agent is logged in at this phone',
  CF_INVALID_SKILL_GROUP_SPECIFIED: 'the agent is not in this skill group',
  CF_INVALID_AGENT_WORKMODE: 'the site does not use this work mode',
  CF_INVALID_AGENT_REASON_CODE: 'the site does not have this reason code',
  CF_REASON_CODE_REQUIRED: 'the desk settings require a reason: set `EventReasonCode`',
  CF_WRAPUP_DATA_REQUIRED: 'the desk settings require wrap-up data: set `CallWrapupData` first',
  CF_AGENT_ACCOUNT_LOCKED_OUT: 'too many wrong passwords; ask the administrator',
  CF_AGENT_NOT_PARTY_ON_CALL: 'the agent has no part in this call',
  CF_ADJUNCT_SWITCH_COMM_ERROR: 'the peripheral gateway has lost the switch; wait until it is back',
  CF_ARBITRARY_CONF_OR_XFER_NOT_SUPPORTED: 'only the call on hold and its consult call can be joined',
  E_CTI_INVALID_VERSION: 'leave the protocol version blank',
  E_CTI_SESSION_NOT_OPEN: 'no action needed: the link opens a new session',
  E_CTI_REQUIRED_DATA_MISSING: 'a request lacks a field that this CTI Server requires; please report it',
  E_CTI_INVALID_PERIPHERAL_ID: 'correct the peripheral ID of the session',
  E_CTI_INVALID_AGENT_DATA: 'correct agent ID and phone',
  E_CTI_AGENT_NOT_LOGGED_ON: 'the agent must log in first',
  E_CTI_NEW_SESSION_OPENED: 'another client uses this client ID: give each its own',
  E_CTI_FUNCTION_NOT_AVAILABLE: 'ask the administrator for the service, such as Client Control',
  E_CTI_INVALID_CALLID: 'the call has ended; use the id of a current event',
  E_CTI_PROTECTED_VARIABLE: 'the site does not let clients change this call variable',
  E_CTI_CTI_SERVER_OFFLINE: 'no action needed: this side is the standby, the link tries the other',
  E_CTI_TIMEOUT: 'no action needed: the CTI Server missed heartbeats, the link opens a new session',
  E_CTI_INVALID_SERVICE_MASK: 'ask the administrator for All Events and Client Control',
  E_CTI_INVALID_PASSWORD: 'correct client ID and password; the link does not try again until you deploy',
  E_CTI_INVALID_OBJECT_STATE: 'the call or the agent is in another state',
  E_CTI_NAMED_VARIABLE_NOT_CONFIGURED: 'ask the administrator to enable this ECC variable',
  E_CTI_NAMED_ARRAY_NOT_CONFIGURED: 'ask the administrator to enable this ECC array',
  E_CTI_TOO_MUCH_DATA: 'the ECC variables of a call hold 2,000 bytes together; send less',
  E_CTI_VALUE_TOO_LONG: 'shorten the value of the variable',
  E_CTI_SUPERVISOR_NOT_FOUND: 'no supervisor of the team is logged in',
  E_CTI_TEAM_NOT_FOUND: 'correct the ID of the team',
  E_CTI_INVALID_SKILL_GROUP: 'correct the number of the skill group',
  E_CTI_SERVER_NOT_MASTER: 'no action needed: this side is not active, the link tries the other',
  E_CTI_JTAPI_CCM_PROBLEM: 'the peripheral gateway has lost Unified CM; wait until it is back',
  E_CTI_SERVER_IN_MAINTENANCE_MODE: 'no action needed: the link goes to the other side',
};

/** `E_CTI_INVALID_PERIPHERAL_ID`: "invalid peripheral ID". */
function inWords(name: string): string {
  const words = name
    .replace(/^(CF|E_CTI|E)_/, '')
    .toLowerCase()
    .split('_');
  const upper = new Set(['id', 'csta', 'cti', 'rtp', 'ccm', 'jtapi', 'pd', 'rc', 'pim', 'mr', 'pid', 'pac', 'csd']);
  return words.map((word) => (upper.has(word) ? word.toUpperCase() : word)).join(' ');
}

const rows = (codes: Readonly<Record<string, number>>): string[][] =>
  Object.entries(codes).map(([name, value]) => [String(value), `\`${name}\``, inWords(name), ADVICE[name] ?? '']);

/** Names with advice that no table has: a test keeps it empty. */
export const adviceWithoutCode = (): string[] =>
  Object.keys(ADVICE).filter((name) => !(name in ControlFailureCode) && !(name in StatusCode));

export function contactCenterCodesPage(made: string): string {
  const head = ['number', 'code', 'in words', 'what to do'];
  return `${made}# Codes of the contact center

\`msg.error.code\` has one of these when the contact center itself refused. [Error codes](error-codes.md) lists those of this pack. A code
without advice is named by the protocol only; \`msg.error.cause.peripheralErrorCode\` may say more.

## CF_: the switch refused

The request reached the switch, which refused it; nothing happened.

${markdownTable(head, rows(ControlFailureCode))}

## E_CTI_: the CTI Server refused

The CTI Server refused a session or a message.

${markdownTable(head, rows(StatusCode))}

## Peripheral error codes

The reason of a Unified CCE switch in \`cause.peripheralErrorCode\`, such as 10106 (the agent is reserved for a call) and 10108 (this change
of state is not allowed), is one of [PeripheralErrorCode](enumerations.md#peripheralerrorcode).
`;
}
