/**
 * The state machine of a session's connection to a CTI OS Server. The actions are in `connection.ts`; this table only
 * defines when each of them runs. For the order of attempts and delays see `reconnect-policy.ts`. Source: CTI OS
 * Developer Guide, Session.Connect and "Failover".
 */
import type { Row } from '../../common/machine.js';
import type { ServerMessage, Transport } from '../../ctios/transport.js';

export type Welcome = Extract<ServerMessage, { kind: 'welcome' }>;

/** The reason why there is no connection, as a sentence and as a code. */
export interface ConnectionTrouble {
  readonly code: string;
  readonly reason: string;
  /** Enumeration ConnectionFailureReason. */
  readonly failureReason: number;
  /**
   * If a server fell silent: when its last message was received, in milliseconds since the epoch. Later ones are lost.
   */
  readonly heardAt?: number;
}

export type ConnectionState =
  /** Not asked to connect, or disconnected on request. */
  | 'disconnected'
  /** A connector is being tried. */
  | 'connecting'
  /** The transport is open, the server has not sent its welcome yet. */
  | 'hello'
  /** Connected. */
  | 'ready'
  /** A delay before the next attempt. */
  | 'waiting'
  /** Disconnecting on request, until the transport is closed. */
  | 'closing'
  /** The server refused this client permanently; only `connect()` leaves this state. */
  | 'rejected';

/** The signals and their payloads. */
export interface ConnectionSignals {
  /** The application requests a connection. */
  connect: undefined;
  /** The application requests a disconnect. */
  disconnect: undefined;
  opened: Transport;
  /** The attempt failed or timed out. */
  failed: ConnectionTrouble;
  welcome: Welcome;
  /** The server refused, and another attempt may succeed. */
  refused: ConnectionTrouble;
  /** The server refused permanently: it uses another version. */
  rejected: ConnectionTrouble;
  /** The transport was closed, or the server announced that it is closing. */
  lost: ConnectionTrouble;
  /** The maximum number of consecutive heartbeats is unanswered. */
  silent: ConnectionTrouble;
  /** The transport or the welcome timed out. */
  timeout: ConnectionTrouble;
  /** The server did not close the transport in time. */
  closeTimeout: undefined;
  /** The delay is over. */
  retry: undefined;
  /** The maximum number of attempts has failed. */
  exhausted: undefined;
}

export type ConnectionSignal = keyof ConnectionSignals;

/** The actions of the rows on timers and transport. The application is notified on entry to the new state. */
export interface ConnectionActions {
  /** Begins a new series of attempts, on a random side. */
  start(): void;
  dial(): void;
  hello(transport: Transport): void;
  welcomed(welcome: Welcome): void;
  /** Records the reason, drops the rest of the attempt or the connection, and schedules `retry`. */
  attemptFailed(why: ConnectionTrouble): void;
  connectionLost(why: ConnectionTrouble): void;
  dropRejected(why: ConnectionTrouble): void;
  giveUpAttempt(): void;
  giveUpWaiting(): void;
  sayBye(): void;
  drop(): void;
}

/** What the application receives once a state is reached. */
export interface ConnectionReports {
  /** OnConnection. */
  reportUp(): void;
  /** OnConnectionFailure; if the connection was up, unanswered requests have an unknown outcome. */
  reportFailure(): void;
  /** OnConnectionRejected. */
  reportRejected(): void;
  /** OnConnectionClosed, the last event of a connection. */
  reportClosed(): void;
}

type ConnectionRow = Row<ConnectionState, ConnectionSignals, ConnectionActions>;

export const CONNECTION_TABLE: readonly ConnectionRow[] = [
  { in: ['disconnected', 'rejected'], on: 'connect', to: 'connecting', do: (it) => it.start() },
  { in: 'rejected', on: 'disconnect', to: 'disconnected' },

  { in: 'connecting', on: 'opened', to: 'hello', do: (it, transport) => it.hello(transport) },
  { in: 'connecting', on: 'failed', to: 'waiting', do: (it, why) => it.attemptFailed(why) },
  { in: 'connecting', on: 'timeout', to: 'waiting', do: (it, why) => it.attemptFailed(why) },
  { in: 'connecting', on: 'disconnect', to: 'disconnected', do: (it) => it.giveUpAttempt() },

  { in: 'hello', on: 'welcome', to: 'ready', do: (it, welcome) => it.welcomed(welcome) },
  { in: 'hello', on: 'refused', to: 'waiting', do: (it, why) => it.attemptFailed(why) },
  { in: 'hello', on: 'rejected', to: 'rejected', do: (it, why) => it.dropRejected(why) },
  { in: 'hello', on: 'lost', to: 'waiting', do: (it, why) => it.attemptFailed(why) },
  { in: 'hello', on: 'timeout', to: 'waiting', do: (it, why) => it.attemptFailed(why) },
  { in: 'hello', on: 'disconnect', to: 'closing', do: (it) => it.sayBye() },

  { in: 'ready', on: 'lost', to: 'waiting', do: (it, why) => it.connectionLost(why) },
  { in: 'ready', on: 'silent', to: 'waiting', do: (it, why) => it.connectionLost(why) },
  { in: 'ready', on: 'disconnect', to: 'closing', do: (it) => it.sayBye() },

  { in: 'waiting', on: 'retry', to: 'connecting', do: (it) => it.dial() },
  { in: 'waiting', on: 'exhausted', to: 'disconnected', do: (it) => it.giveUpWaiting() },
  { in: 'waiting', on: 'disconnect', to: 'disconnected', do: (it) => it.giveUpWaiting() },

  { in: 'closing', on: 'lost', to: 'disconnected', do: (it) => it.drop() },
  { in: 'closing', on: 'closeTimeout', to: 'disconnected', do: (it) => it.drop() },
];

export const ON_ENTRY: Readonly<Partial<Record<ConnectionState, (it: ConnectionReports) => void>>> = {
  ready: (it) => it.reportUp(),
  waiting: (it) => it.reportFailure(),
  rejected: (it) => it.reportRejected(),
  disconnected: (it) => it.reportClosed(),
};
