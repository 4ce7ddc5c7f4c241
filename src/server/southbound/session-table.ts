/**
 * The life of one session with one CTI Server, as a table. A session is used once: what comes after its end is the
 * link's business. Patience differs by state: for the stream, for OPEN_CONF, for heartbeats, for CLOSE_CONF.
 */
import type { Row } from '../../common/machine.js';

export type CtiSessionState = 'new' | 'dialing' | 'opening' | 'open' | 'closing' | 'ended';

export type CtiSessionSignal =
  | 'start'
  | 'dialed'
  | 'dialFailed'
  | 'opened'
  | 'refused'
  /** the state's patience is exhausted */
  | 'timeout'
  /** heartbeats go unanswered */
  | 'silent'
  /** FAILURE_EVENT, or FAILURE_CONF to a heartbeat: the CTI Server ends the session */
  | 'dismissed'
  /** a frame that cannot be one */
  | 'garbage'
  | 'streamClosed'
  | 'close'
  | 'closeConfirmed'
  | 'abort';

/** What the rows do; implemented by the session. */
export interface CtiSessionActions {
  dial(): void;
  sendOpen(stream: unknown): void;
  becomeOpen(openConf: unknown): void;
  sendClose(): void;
  finish(end: unknown): void;
  finishDialFailed(error: unknown): void;
  finishTimeout(): void;
  finishStreamClosed(error: unknown): void;
  finishClosed(): void;
}

type SessionRow = Row<CtiSessionState, CtiSessionSignal, CtiSessionActions>;

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
