/**
 * The objects' view of the link to the CTI Server: one logical session that goes up and down, whichever side
 * carries it. Implemented by `link.ts`; tests of the objects may use a fake.
 */
import type { CertificateFacts } from '../../common/network/certificates.js';
import type { DecodeWarning, Message, MessageInit } from '../../ged188/index.js';

/** A session with one CTI Server is open. */
export interface LinkUp {
  side: 'A' | 'B';
  /** The negotiated protocol version. */
  version: number;
  /** Decoded OPEN_CONF of the session. */
  openConf: Message & { type: 'OPEN_CONF' };
  /** The session was a standby before: its OPEN_CONF is that old, and the server does not repeat the current status. */
  stoodBy: boolean;
  /** True if the session continues without a gap (a standby became active); no snapshot is needed. */
  seamless: boolean;
}

export interface LinkDown {
  /** The side that was lost or could not be reached. */
  side: 'A' | 'B';
  /** `CTIOS_LINK_CLOSED`, `CTIOS_LINK_SILENT`, `CTIOS_OPEN_TIMEOUT`, `E_CTI_…`; stable. */
  code: string;
  /** For display. */
  reason: string;
  /**
   * If the side fell silent: when its last message was received, in milliseconds since the epoch. Later messages are
   * lost.
   */
  heardAt?: number;
  /** No further attempt is made until `start` is called again: bad credentials, no common version. */
  terminal: boolean;
}

/** Why a request over the link was not confirmed. */
export class LinkRequestError extends Error {
  override readonly name = 'LinkRequestError';
  constructor(
    readonly outcome: 'failed' | 'unknown',
    /** `CF_…`, `E_CTI_…`, `CTIOS_OFFLINE`, `CTIOS_ANSWER_TIMEOUT`, `CTIOS_OUTCOME_UNKNOWN`. */
    readonly code: string,
    message: string,
    /** The CONTROL_FAILURE_CONF or FAILURE_CONF, if the server sent one. */
    readonly answer?: Message,
  ) {
    super(message);
  }
}

/** The state of the link, for display and for metrics. */
export interface LinkInfo {
  state: string;
  side: 'A' | 'B' | undefined;
  version: number | undefined;
  /** Round-trip time of the last heartbeat, in milliseconds. */
  roundTripMs: number | undefined;
  /** A warm standby session is open on the other side. */
  standby: boolean;
  /** Why it is not up, as a code: see {@link LinkDown}. Absent if nothing has failed yet. */
  code?: string | undefined;
  /** Granted services (CTI_SERVICE_…); 0 while the link is not up. */
  services: number;
  /** The certificate presented by the CTI Server, if TLS is used. */
  certificate: CertificateFacts | undefined;
  /** Oddities in the CTI Server's messages: each kind once, with its count. */
  oddities: Iterable<Readonly<DecodeWarning>>;
  /** Why the link is not up; absent while it is. */
  reason: string | undefined;
}

/** Receives what happens to a link, in order of arrival. */
export interface LinkOwner {
  up(up: LinkUp): void;
  /** When the link goes down, and after each further failed attempt. */
  down(down: LinkDown): void;
  /** Unsolicited messages of the CTI Server. */
  message(message: Message): void;
}

/** How a request over the link ended: its confirmation, or why there is none. */
export type LinkAnswer = Message | LinkRequestError;

export interface CtiLink {
  readonly up: LinkUp | undefined;
  readonly info: LinkInfo;
  start(): void;
  /** Closes gracefully (CLOSE_REQ, at most 5 s). */
  stop(): Promise<void>;
  /**
   * Sends a request that carries an InvokeID (chosen here). Fails at once with outcome 'failed' and CTIOS_OFFLINE while
   * the link is down: the layers above wait for a link if necessary.
   * @param ended called exactly once, in the order of arrival: before any later message
   */
  request(message: MessageInit, answerMs: number, ended: (answer: LinkAnswer) => void): void;
  /** Sends a message that has no confirmation. Returns false while the link is down. */
  send(message: MessageInit): boolean;
  /**
   * Reports everything from now on to its owner, the object server; a link that is up reports that at once.
   * @throws Error if the link already has an owner
   */
  listen(owner: LinkOwner): void;
}
