import type { Row } from '../../../common/machine.js';
import type { RequestFailure } from '../../../ctios/transport.js';

/** The state of a client session. A mode, once set, lasts until the connection closes. */
export type ClientSessionState =
  /** connected, has not said hello */
  | 'greeting'
  /** welcomed, without a mode */
  | 'ready'
  /** SetAgent is pending */
  | 'setting agent'
  | 'agent'
  | 'monitor'
  | 'closed';

/**
 * How the session of a welcomed client ended: closed by the client, or dropped for a reason. The names are those of
 * audit log and metrics.
 */
export type ClientEnd =
  /** it said goodbye */
  | 'closed'
  /** its connection is gone */
  | 'lost'
  | 'silent'
  | 'too slow'
  | 'bad message'
  /** it has not set a mode in time */
  | 'no mode'
  | 'server stops';

/** The signals and their payloads. */
export interface ClientSessionSignals {
  hello: undefined;
  'hello refused': RequestFailure;
  /** true: too many other clients have not said hello, either */
  'hello overdue': boolean;
  'set agent': undefined;
  'agent set': undefined;
  'agent refused': undefined;
  'set filter': undefined;
  silent: undefined;
  /** Its time to set a mode is over. */
  'mode overdue': undefined;
  /** It does not read. */
  'too slow': undefined;
  bye: undefined;
  /** The connection is gone, and why if the transport dropped it. */
  closed: ClientEnd;
  'server stops': undefined;
}

export type ClientSessionSignal = keyof ClientSessionSignals;

/** Signals caused by the client's own requests. */
export type ModeSignal = 'set agent' | 'agent set' | 'agent refused' | 'set filter';

/** The actions of the rows; implemented by the session. */
export interface ClientSessionActions {
  welcome(): void;
  refuse(why: RequestFailure): void;
  evict(crowded: boolean): void;
  silent(): void;
  modeOverdue(): void;
  tooSlow(): void;
  farewell(): void;
  stop(): void;
  /**
   * @param end for audit log and metrics; the agent of a client that did not close its session has no desktop any more
   */
  gone(how: 'closed' | 'lost', end?: ClientEnd): void;
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
    do: (session, end) => {
      session.gone('lost', end);
      session.farewell();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'silent',
    do: (session) => {
      session.gone('lost', 'silent');
      session.silent();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent'],
    on: 'mode overdue',
    do: (session) => {
      session.gone('closed', 'no mode');
      session.modeOverdue();
    },
    to: 'closed',
  },
  {
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'too slow',
    do: (session) => {
      session.gone('lost', 'too slow');
      session.tooSlow();
    },
    to: 'closed',
  },
  {
    // The shutdown of the server is no reason to log agents out.
    in: ['ready', 'setting agent', 'agent', 'monitor'],
    on: 'server stops',
    do: (session) => {
      session.gone('closed', 'server stops');
      session.stop();
    },
    to: 'closed',
  },
];
