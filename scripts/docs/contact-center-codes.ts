/** `reference/contact-center-codes.md`: the codes of the switch (`CF_…`) and of the CTI Server (`E_CTI_…`), by number. */
import { ControlFailureCode, StatusCode } from '../../src/ged188/index.js';
import { refusalMeanings } from '../../src/server/translation/refusal-meanings.js';
import { markdownTable } from './table.js';

/** What to do about those that are met in practice; the names of the others say all that is known. */
const ADVICE: Readonly<Record<string, string>> = {
  ...refusalMeanings,
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
