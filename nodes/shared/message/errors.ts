/**
 * The errors passed to `done(err)`: an Error with own `code` and `cause` (Node-RED copies own properties only) and one
 * name, so that Catch nodes and users always find the same shape. Never contains arguments: they may hold secrets.
 */
import { CtiosError } from '../../../src/ctios/index.js';

/** Details besides the message: plain data, safe to show. */
export interface ErrorCause {
  request?: string;
  objectId?: string;
  failureCode?: number;
  peripheralErrorCode?: number;
  outcome?: 'failed' | 'expired' | 'unknown';
}

/** An error of the input: nothing was sent. */
export function inputError(code: string, message: string, cause: ErrorCause = {}): CtiosError {
  return new CtiosError(code, message, { outcome: 'failed', ...cause });
}

/** A configuration node is selected, but not there: to do without it is not what the dialog says. @param what its name */
export const selectedIsMissing = (what: string): string =>
  `The selected ${what} is missing, disabled or not deployed yet. Deploy it, or select another one.`;

/** The error of a request that a read-only session must not make. */
export function controlRefused(request: string): CtiosError {
  return inputError(
    'CTIOS_CONTROL_NOT_ALLOWED',
    `${request} changes something, and this monitor-mode session only watches. Tick "Allow control from monitor mode" in the session.`,
    { request },
  );
}

/** Converts any exception to that form; one that is not a CtiosError is a bug in this pack, as its code shows. */
export function asError(error: unknown): Error & { code: string } {
  if (
    error instanceof Error &&
    typeof (error as { code?: unknown }).code === 'string' &&
    Object.hasOwn(error, 'code')
  ) {
    return error as Error & { code: string };
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CtiosError('CTIOS_INTERNAL', message, { outcome: 'unknown' });
}
