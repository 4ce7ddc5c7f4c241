import type { Outcome, RequestFailure } from './transport.js';

/** Details of an error, as plain data. Never a request's arguments, which may contain secrets. */
export interface CtiosErrorCause {
  /** The name of the request. */
  request?: string;
  /** UniqueObjectID of the object of the request. */
  objectId?: string;
  /** FailureCode of the failure event. */
  failureCode?: number;
  peripheralErrorCode?: number;
  outcome?: Outcome;
  /** The position of the error in a text, counted from 0. */
  position?: number;
}

/**
 * The only error class of this project: a sentence that tells a user what to do, and a code for programs. `name`,
 * `code` and `cause` are own enumerable properties, so that they are preserved by Node-RED's copying and by JSON.
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

  /** The error for a request that was not confirmed. */
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
