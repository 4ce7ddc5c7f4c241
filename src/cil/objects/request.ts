/** What a request of the CIL takes and gives back. How it ends, exactly once: `requests/pending-requests.ts`. */
import type { Arguments } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { CtiosObject } from './ctios-object.js';

/** How long a request may take. */
export interface RequestTimes {
  /**
   * How long it may wait for the link while there is none, in milliseconds. 0, the default: it fails at once. At most
   * 100 requests of a session wait.
   */
  linkWaitMs?: number;
  /** How long its answer may take once it is sent, in milliseconds; default 15,000. Then its outcome is unknown. */
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
  /** The confirmation event, where the request has one. It was delivered to the listeners before. */
  readonly event?: string;
  /** Its arguments, empty where there is no confirmation event. */
  readonly args: Args;
  /** UniqueObjectID of the call that the request made (MakeCall, MakeConsultCall …). */
  readonly newObject?: string;
}

/** Whatever takes requests. */
export interface Requester {
  /**
   * Ends exactly once. Rejects with a `CtiosError` whose `cause.outcome` is `failed` (refused, nothing happened),
   * `expired` (never sent) or `unknown` (sent, then the link was lost or the answer did not come).
   */
  request(name: string, options?: RequestOptions): Promise<Confirmation>;
}

/** What objects know of their session. */
export interface ObjectHost extends Requester {
  getObjectFromObjectID(id: string): CtiosObject | undefined;
}

export const DEFAULT_ANSWER_MS = 15_000;
