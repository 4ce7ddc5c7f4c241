/**
 * The meaning of the CTI Server's statuses that occur in practice, or what to do about them. For the others, only the
 * name is known.
 */
import type { StatusCode } from '../../ged188/index.js';

export const statusMeanings: Readonly<Partial<Record<keyof typeof StatusCode, string>>> = {
  E_CTI_INVALID_VERSION: 'leave the protocol version blank',
  E_CTI_SESSION_NOT_OPEN: 'no action needed: the link opens a new session',
  E_CTI_REQUIRED_DATA_MISSING: 'a request lacks a field that this CTI Server requires; please report it',
  E_CTI_INVALID_PERIPHERAL_ID: 'it has no such peripheral: correct the peripheral ID',
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

/** In brackets, if it is known. @param code name of a status */
export function meaningOfStatus(code: string): string {
  const meaning = statusMeanings[code as keyof typeof statusMeanings];
  return meaning === undefined ? '' : ` (${meaning})`;
}
