import type { Outcome, RequestFailure } from './transport.js';

/** What an error is about, as plain data. Never a request's arguments: they may hold secrets. */
export interface CtiosErrorCause {
  /** The request's name. */
  request?: string;
  /** UniqueObjectID of the object that the request was for. */
  objectId?: string;
  /** FailureCode of the failure event. */
  failureCode?: number;
  peripheralErrorCode?: number;
  outcome?: Outcome;
  /** Where in a text the error is, counted from 0. */
  position?: number;
}

/**
 * The one error of this project: a sentence a person can act on, and a code a program can. `name`, `code` and `cause`
 * are own and enumerable, so that they survive Node-RED's copying and JSON.
 */
export class CtiosError extends Error {
  override readonly name = 'CtiosError';
  /** `CF_…`, `E_CTI_…` or `CTIOS_…`; stable. */
  readonly code: string;
  override readonly cause: CtiosErrorCause;

  constructor(code: string, message: string, cause: CtiosErrorCause = {}) {
    super(message);
    this.code = code;
    this.cause = cause;
  }

  /** The error behind a request that did not end confirmed. */
  static ofFailure(
    failure: RequestFailure,
    about: Pick<CtiosErrorCause, 'request' | 'objectId' | 'outcome'>,
  ): CtiosError {
    return new CtiosError(failure.code, failure.message, {
      ...about,
      ...(failure.failureCode === undefined ? {} : { failureCode: failure.failureCode }),
      ...(failure.peripheralErrorCode === undefined ? {} : { peripheralErrorCode: failure.peripheralErrorCode }),
    });
  }
}
