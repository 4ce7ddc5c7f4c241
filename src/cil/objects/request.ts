/** Arguments and results of the CIL's requests. How a request ends, exactly once: `requests/pending-requests.ts`. */
import type { AnyRequestName, Arguments } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { CtiosObject } from './ctios-object.js';

/** How long a request may take. */
export interface RequestTimes {
  /**
   * How long it may wait for the link if there is none, in milliseconds. 0, the default: it fails immediately. At most
   * 100 requests of a session can wait.
   */
  linkWaitMs?: number;
  /** Time-out for the response once it is sent, in milliseconds; default 15,000. Afterwards its outcome is unknown. */
  answerMs?: number;
}

export interface RequestOptions extends RequestTimes {
  /** UniqueObjectID of the object it is for; absent for requests of the session. */
  target?: string;
  /** CTI OS keywords; case does not matter. Enumerations by number or name. */
  args?: Arguments | Readonly<Record<string, unknown>>;
}

/** A confirmed request. */
export interface Confirmation {
  /** The confirmation event, if the request has one. It was delivered to the listeners before. */
  readonly event?: string;
  /** Its arguments, empty if there is no confirmation event. */
  readonly args: Args;
  /** UniqueObjectID of the call that the request made (MakeCall, MakeConsultCall …). */
  readonly newObject?: string;
}

/** Any object that accepts requests. */
export interface Requester {
  /**
   * Settles exactly once. Rejects with a `CtiosError` whose `cause.outcome` is `failed` (refused, nothing happened),
   * `expired` (never sent) or `unknown` (sent, then the link was lost or the response did not arrive).
   */
  request(name: AnyRequestName, options?: RequestOptions): Promise<Confirmation>;
}

/** The session as its objects see it. */
export interface ObjectHost extends Requester {
  getObjectFromObjectID(id: string): CtiosObject | undefined;
}

export const DEFAULT_ANSWER_MS = 15_000;
