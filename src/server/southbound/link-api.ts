/**
 * What the objects see of the link to the CTI Server: one logical session that goes up and down, whichever side
 * carries it. Implemented by `link.ts`; tests of the objects may use a fake.
 */
import type { CertificateFacts } from '../../common/certificates.js';
import type { DecodeWarning, Message, MessageInit } from '../../ged188/index.js';

/** Connection to one CTI Server session, up and open. */
export interface LinkUp {
  side: 'A' | 'B';
  /** Protocol version in force. */
  version: number;
  /** Decoded OPEN_CONF of the session. */
  openConf: Message & { type: 'OPEN_CONF' };
  /** The session stood by before: its OPEN_CONF is as old as that, and nobody tells again how things stand. */
  stoodBy: boolean;
  /** True when the session continues without a gap (a standby became active); no snapshot is needed. */
  seamless: boolean;
}

export interface LinkDown {
  /** The side that was lost or could not be reached. */
  side: 'A' | 'B';
  /** `CTIOS_LINK_CLOSED`, `CTIOS_LINK_SILENT`, `CTIOS_OPEN_TIMEOUT`, `E_CTI_…`; stable. */
  code: string;
  /** For people. */
  reason: string;
  /** Where the side fell silent: when it was last heard, in milliseconds since the epoch. What it said since is lost. */
  heardAt?: number;
  /** No further attempt will be made until `start` is called again: bad credentials, no common version. */
  terminal: boolean;
}

/** How a request over the link failed to be confirmed. */
export class LinkRequestError extends Error {
  override readonly name = 'LinkRequestError';
  constructor(
    readonly outcome: 'failed' | 'unknown',
    /** `CF_…`, `E_CTI_…`, `CTIOS_OFFLINE`, `CTIOS_ANSWER_TIMEOUT`, `CTIOS_OUTCOME_UNKNOWN`. */
    readonly code: string,
    message: string,
    /** The CONTROL_FAILURE_CONF or FAILURE_CONF, if one was the answer. */
    readonly answer?: Message,
  ) {
    super(message);
  }
}

/** How the link is doing, for people and for metrics. */
export interface LinkInfo {
  state: string;
  side: 'A' | 'B' | undefined;
  version: number | undefined;
  /** Milliseconds that the last heartbeat took, there and back. */
  roundTripMs: number | undefined;
  /** A warm standby session is open on the other side. */
  standby: boolean;
  /** Why it is not up, for programs: as in {@link LinkDown}. Absent before anything has gone wrong. */
  code?: string | undefined;
  /** Services granted (CTI_SERVICE_…); 0 while it is not up. */
  services: number;
  /** What the CTI Server has shown, where there is TLS. */
  certificate: CertificateFacts | undefined;
  /** What was odd in what the CTI Server sent: each kind once, with its count. */
  oddities: Iterable<Readonly<DecodeWarning>>;
  /** Why the link is not up; absent when it is. */
  reason: string | undefined;
}

export interface CtiLink {
  readonly up: LinkUp | undefined;
  readonly info: LinkInfo;
  start(): void;
  /** Closes in good order (CLOSE_REQ, at most 5 s). */
  stop(): Promise<void>;
  /**
   * Sends a request that carries an InvokeID (chosen here) and settles once, with its confirmation or a
   * {@link LinkRequestError}. Fails at once with outcome 'failed' and CTIOS_OFFLINE while the link is down:
   * waiting for a link is the business of the layers above.
   * @param answered called with the confirmation (not with a failure) in its place in the order of arrival: before any
   *   later message, which the promise, settling a turn later, cannot promise
   */
  request(message: MessageInit, answerMs: number, answered?: (confirmation: Message) => void): Promise<Message>;
  /** Sends a message that has no confirmation. False while the link is down. */
  send(message: MessageInit): boolean;
  /** Handlers; one owner, the object server. Unsolicited messages in order of arrival. */
  onUp: (up: LinkUp) => void;
  /** When the link goes down, and after each further attempt that fails. */
  onDown: (down: LinkDown) => void;
  onMessage: (message: Message) => void;
}
