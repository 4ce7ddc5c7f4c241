/** What the end of a session means for the link. */
import { StatusCode } from '../../ged188/index.js';
import { TERMINAL_STATUSES } from './opening.js';
import type { SessionEnd } from './session/session-table.js';

/** The signal of the link's table. */
export function kindOfEnd(end: SessionEnd): 'replaced' | 'terminal' | 'lost' {
  if (isReplaced(end)) return 'replaced';
  return isTerminal(end) ? 'terminal' : 'lost';
}

/** A refusal that the next attempt would receive, too. */
export function isTerminal({ terminal, refused, status }: SessionEnd): boolean {
  return terminal === true || (refused === true && TERMINAL_STATUSES.has(status ?? -1));
}

/** Another client has opened a session under the same ID. */
export function isReplaced({ status }: SessionEnd): boolean {
  return status === StatusCode.E_CTI_NEW_SESSION_OPENED;
}
