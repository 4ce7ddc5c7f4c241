/**
 * The life of a session's connection to a CTI OS Server, as a table. The actions are in `connection.ts`; this file only
 * says which of them happens when. Order of attempts and pauses: `reconnect-policy.ts`. Source: CTI OS Developer Guide,
 * Session.Connect and "Failover".
 */
import type { Row } from '../../common/machine.js';
import type { ServerMessage, Transport } from '../../ctios/transport.js';

export type Welcome = Extract<ServerMessage, { kind: 'welcome' }>;

/** Why there is no connection, in words and for programs. */
export interface ConnectionTrouble {
  readonly code: string;
  readonly reason: string;
  /** Enumeration ConnectionFailureReason. */
  readonly failureReason: number;
  /** Of a server that fell silent: when it was last heard, in milliseconds since the epoch. What it said since is lost. */
  readonly heardAt?: number;
}

export type ConnectionState =
  /** not asked to connect, or disconnected on request */
  | 'disconnected'
  /** a connector is being tried */
  | 'connecting'
  /** the transport is open, the server has not said welcome yet */
  | 'hello'
  /** messages pass */
  | 'ready'
  /** a pause before the next attempt */
  | 'waiting'
  /** disconnecting on request, until the transport is closed */
  | 'closing'
  /** the server refused this client for good; only `connect()` leads out */
  | 'rejected';

/** The signals, with what comes with each. */
export interface ConnectionSignals {
  /** the application asks for a connection */
  connect: undefined;
  /** the application asks for the end of it */
  disconnect: undefined;
  opened: Transport;
  /** the attempt failed, or took too long */
  failed: ConnectionTrouble;
  welcome: Welcome;
  /** the server refused, and another attempt may succeed */
  refused: ConnectionTrouble;
  /** the server refused for good: it speaks another version */
  rejected: ConnectionTrouble;
  /** the transport was closed, or the server says that it is closing */
  lost: ConnectionTrouble;
  /** as many heartbeats in a row unanswered as are allowed */
  silent: ConnectionTrouble;
  /** the transport or the welcome did not come in time */
  timeout: ConnectionTrouble;
  /** the server has not closed the transport in time */
  closeTimeout: undefined;
  /** the pause is over */
  retry: undefined;
  /** as many attempts as are allowed have failed */
  exhausted: undefined;
}

export type ConnectionSignal = keyof ConnectionSignals;

/** What the rows do to timers and transport. What the application is told follows on entry to the new state. */
export interface ConnectionActions {
  /** Begins a fresh series of attempts, on a side chosen at random. */
  start(): void;
  dial(): void;
  hello(transport: Transport): void;
  welcomed(welcome: Welcome): void;
  /** Notes why, drops what is left of the attempt or the connection, and arranges for `retry`. */
  attemptFailed(why: ConnectionTrouble): void;
  connectionLost(why: ConnectionTrouble): void;
  dropRejected(why: ConnectionTrouble): void;
  giveUpAttempt(): void;
  giveUpWaiting(): void;
  sayBye(): void;
  drop(): void;
}

/** What the application is told once a state is reached. */
export interface ConnectionReports {
  /** OnConnection. */
  reportUp(): void;
  /** OnConnectionFailure; for a connection that was up also: what was sent and not answered is of unknown outcome. */
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
