import type { Row } from '../../../common/machine.js';
import type { RequestFailure } from '../../../ctios/transport.js';

/** Where a client session stands. A mode, once set, lasts until the connection closes. */
export type ClientSessionState =
  /** connected, has not said hello */
  | 'greeting'
  /** welcome, without a mode */
  | 'ready'
  /** SetAgent is on its way */
  | 'setting agent'
  | 'agent'
  | 'monitor'
  | 'closed';

/** The signals, with what comes with each. */
export interface ClientSessionSignals {
  hello: undefined;
  'hello refused': RequestFailure;
  /** true: and too many other clients have not said hello either */
  'hello overdue': boolean;
  'set agent': undefined;
  'agent set': undefined;
  'agent refused': undefined;
  'set filter': undefined;
  silent: undefined;
  /** It has had its time to set a mode. */
  'mode overdue': undefined;
  /** It does not take what it is sent. */
  'too slow': undefined;
  bye: undefined;
  closed: undefined;
  'server stops': undefined;
}

export type ClientSessionSignal = keyof ClientSessionSignals;

/** Those that the client's own requests give rise to. */
export type ModeSignal = 'set agent' | 'agent set' | 'agent refused' | 'set filter';

/** What the rows do; the session does it. */
export interface ClientSessionActions {
  welcome(): void;
  refuse(why: RequestFailure): void;
  evict(crowded: boolean): void;
  silent(): void;
  modeOverdue(): void;
  tooSlow(): void;
  farewell(): void;
  stop(): void;
  gone(how: 'closed' | 'lost'): void;
}

export const clientSessionTable: readonly Row<ClientSessionState, ClientSessionSignals, ClientSessionActions>[] = [
  { in: 'greeting', on: 'hello', do: (session) => session.welcome(), to: 'ready' },
  { in: 'greeting', on: 'hello refused', do: (session, why) => session.refuse(why), to: 'closed' },
  { in: 'greeting', on: 'hello overdue', do: (session, crowded) => session.evict(crowded), to: 'closed' },
  { in: 'greeting', on: 'bye', do: (session) => session.farewell(), to: 'closed' },
  { in: 'greeting', on: 'closed', do: (session) => session.farewell(), to: 'closed' },
  { in: 'greeting', on: 'server stops', do: (session) => session.stop(), to: 'closed' },

  { in: 'ready', on: 'set agent', to: 'setting agent' },
  { in: 'setting agent', on: 'agent set', to: 'agent' },
  { in: 'setting agent', on: 'agent refused', to: 'ready' },
  { in: 'ready', on: 'set filter', to: 'monitor' },

  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'bye',
    do: (session) => {
      session.gone('closed');
      session.farewell();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'closed',
    do: (session) => {
      session.gone('lost');
      session.farewell();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'silent',
    do: (session) => {
      session.gone('lost');
      session.silent();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent'],
    on: 'mode overdue',
    do: (session) => {
      session.gone('closed');
      session.modeOverdue();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'too slow',
    do: (session) => {
      session.gone('lost');
      session.tooSlow();
    },
    to: 'closed',
  },
  {
    // The server's own end is no reason to log agents out.
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'server stops',
    do: (session) => {
      session.gone('closed');
      session.stop();
    },
    to: 'closed',
  },
];
