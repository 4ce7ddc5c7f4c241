/**
 * The state machine of one session with one CTI Server. A session is used once; what follows its end is up to the link.
 * Each state has its own time-out: for the stream, for OPEN_CONF, for heartbeats, for CLOSE_CONF.
 */

import type { Row } from '../../../common/machine.js';
import type { ByteStream } from '../../../common/network/byte-stream.js';
import type { MessageOf } from '../../../ged188/index.js';

/** Why a session ended. */
export interface SessionEnd {
  code: string;
  reason: string;
  /** The CTI Server's own status, if it sent one. */
  status?: number;
  /** It was refused or dismissed by the CTI Server, as opposed to lost. */
  refused?: boolean;
  /** A retry cannot help. */
  terminal?: boolean;
  /** If the side fell silent: when its last message was received, in milliseconds since the epoch. */
  heardAt?: number;
}

export type CtiSessionState = 'new' | 'dialing' | 'opening' | 'open' | 'closing' | 'ended';

/** The signals and their payloads. */
export interface CtiSessionSignals {
  start: undefined;
  dialed: ByteStream;
  dialFailed: Error;
  opened: MessageOf<'OPEN_CONF'>;
  refused: SessionEnd;
  /** the state's time-out has passed */
  timeout: undefined;
  /** heartbeats are not answered */
  silent: SessionEnd;
  /** FAILURE_EVENT, or FAILURE_CONF to a heartbeat: the CTI Server ends the session */
  dismissed: SessionEnd;
  /** bytes that are not a valid frame */
  garbage: SessionEnd;
  streamClosed: Error | undefined;
  close: undefined;
  closeConfirmed: undefined;
  abort: SessionEnd;
}

export type CtiSessionSignal = keyof CtiSessionSignals;

/** The actions of the rows; implemented by the session. */
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
