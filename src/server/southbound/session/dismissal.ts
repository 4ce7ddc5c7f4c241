import { nameOf, StatusCode } from '../../../ged188/index.js';
import { meaningOfStatus } from '../status-meanings.js';
import type { SessionEnd } from './session-table.js';

/** The end of a session that the CTI Server refused, or ended, with this status. */
export function dismissal(status: number, peer: string, clientId: string): SessionEnd {
  const code = nameOf(StatusCode, status) ?? `E_CTI_${status}`;
  return { code, status, refused: true, reason: inWords(code, peer, clientId) };
}

/** What the user can do about a refusal, because the protocol's codes do not explain themselves. */
function inWords(code: string, peer: string, clientId: string): string {
  switch (code) {
    case 'E_CTI_INVALID_PASSWORD':
      return `the CTI Server at ${peer} refused client ID "${clientId}" or its password`;
    case 'E_CTI_INVALID_VERSION':
      return `the CTI Server at ${peer} does not speak the protocol version asked for`;
    case 'E_CTI_NEW_SESSION_OPENED':
      return `another client has opened a session as "${clientId}" on ${peer}, which ended this one: give each client an ID of its own. This one connects again when the other has gone`;
    case 'E_CTI_CTI_SERVER_OFFLINE':
      return `the CTI Server at ${peer} says that it is off-line`;
    case 'E_CTI_SERVER_IN_MAINTENANCE_MODE':
      return `the CTI Server at ${peer} is in maintenance`;
    case 'E_CTI_SERVER_NOT_MASTER':
      return `the CTI Server at ${peer} is not the master: the other side of the pair is active`;
    case 'E_CTI_TIMEOUT':
      return `the CTI Server at ${peer} ended the session because it heard nothing`;
    default:
      return `the CTI Server at ${peer} ended the session: ${code}${meaningOfStatus(code)}`;
  }
}
