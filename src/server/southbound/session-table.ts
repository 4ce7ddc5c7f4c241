/**
 * The life of one session with one CTI Server, as a table. A session is used once: what comes after its end is the
 * link's business. Patience differs by state: for the stream, for OPEN_CONF, for heartbeats, for CLOSE_CONF.
 */
import type { ByteStream } from '../../common/byte-stream.js';
import type { Row } from '../../common/machine.js';
import type { MessageOf } from '../../ged188/index.js';

/** Why a session ended. */
export interface SessionEnd {
  code: string;
  reason: string;
  /** The CTI Server's own status, where it gave one. */
  status?: number;
  /** It was refused or dismissed by the CTI Server, as opposed to lost. */
  refused?: boolean;
  /** Trying again cannot help. */
  terminal?: boolean;
  /** Of a side that fell silent: when it was last heard, in milliseconds since the epoch. */
  heardAt?: number;
}

export type CtiSessionState = 'new' | 'dialing' | 'opening' | 'open' | 'closing' | 'ended';

/** The signals, with what comes with each. */
export interface CtiSessionSignals {
  start: undefined;
  dialed: ByteStream;
  dialFailed: Error;
  opened: MessageOf<'OPEN_CONF'>;
  refused: SessionEnd;
  /** the state's patience is exhausted */
  timeout: undefined;
  /** heartbeats go unanswered */
  silent: SessionEnd;
  /** FAILURE_EVENT, or FAILURE_CONF to a heartbeat: the CTI Server ends the session */
  dismissed: SessionEnd;
  /** a frame that cannot be one */
  garbage: SessionEnd;
  streamClosed: Error | undefined;
  close: undefined;
  closeConfirmed: undefined;
  abort: SessionEnd;
}

export type CtiSessionSignal = keyof CtiSessionSignals;

/** What the rows do; implemented by the session. */
export interface CtiSessionActions {
  dial(): void;
  sendOpen(stream: ByteStream): void;
  becomeOpen(openConf: MessageOf<'OPEN_CONF'>): void;
  sendClose(): void;
  finish(end: SessionEnd): void;
  finishDialFailed(error: Error): void;
  finishTimeout(): void;
  finishStreamClosed(error: Error | undefined): void;
  finishClosed(): void;
}

type SessionRow = Row<CtiSessionState, CtiSessionSignals, CtiSessionActions>;

export const SESSION_TABLE: readonly SessionRow[] = [
  { in: 'new', on: 'start', to: 'dialing', do: (session) => session.dial() },
  { in: 'new', on: 'close', to: 'ended', do: (session) => session.finishClosed() },

  { in: 'dialing', on: 'dialed', to: 'opening', do: (session, stream) => session.sendOpen(stream) },
  { in: 'dialing', on: 'dialFailed', to: 'ended', do: (session, error) => session.finishDialFailed(error) },

  { in: 'opening', on: 'opened', to: 'open', do: (session, conf) => session.becomeOpen(conf) },
  { in: 'opening', on: 'refused', to: 'ended', do: (session, end) => session.finish(end) },

  { in: 'open', on: 'silent', to: 'ended', do: (session, end) => session.finish(end) },
  { in: 'open', on: 'close', to: 'closing', do: (session) => session.sendClose() },

  { in: 'closing', on: 'closeConfirmed', to: 'ended', do: (session) => session.finishClosed() },
  { in: 'closing', on: 'timeout', to: 'ended', do: (session) => session.finishClosed() },
  { in: 'closing', on: 'streamClosed', to: 'ended', do: (session) => session.finishClosed() },

  { in: ['dialing', 'opening'], on: 'close', to: 'ended', do: (session) => session.finishClosed() },
  { in: ['dialing', 'opening'], on: 'timeout', to: 'ended', do: (session) => session.finishTimeout() },
  { in: ['opening', 'open', 'closing'], on: 'dismissed', to: 'ended', do: (session, end) => session.finish(end) },
  { in: ['opening', 'open', 'closing'], on: 'garbage', to: 'ended', do: (session, end) => session.finish(end) },
  {
    in: ['opening', 'open'],
    on: 'streamClosed',
    to: 'ended',
    do: (session, error) => session.finishStreamClosed(error),
  },
  {
    in: ['dialing', 'opening', 'open', 'closing'],
    on: 'abort',
    to: 'ended',
    do: (session, end) => session.finish(end),
  },
];
