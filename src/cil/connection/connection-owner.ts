/** What a connection to a CTI OS Server is given, and what it tells the session that it is for. */
import type { Clock } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import type { Args, Connector, ServerMessage } from '../../ctios/transport.js';
import type { ConnectionState, ConnectionTrouble, Welcome } from './connection-states.js';

export interface ConnectionSettings {
  connectors: readonly Connector[];
  clock: Clock;
  random: Random;
  /** How this client is called in the server's log and lists. */
  client: string;
  heartbeatMs: number;
  maxHeartbeats: number;
  /** Until a transport is open. */
  connectMs: number;
  /** From open to welcome. */
  helloMs: number;
}

export type Done = Extract<ServerMessage, { kind: 'done' }>;
export type ServerEvent = Extract<ServerMessage, { kind: 'event' }>;

export const ConnectionFailureReasons = {
  eProtocolMismatch: 0,
  eMissedHeartbeats: 1,
  eTransportError: 2,
  eConnectFail: 3,
  eOtherError: 4,
} as const;

export interface ConnectionOwner {
  /** An event that the connection itself gives rise to. */
  raise(event: string, args: Args): void;
  /** Messages pass from now on. */
  up(welcome: Welcome, side: number): void;
  /** Messages no longer pass. `wasUp` tells a lost connection from a failed attempt. */
  down(trouble: ConnectionTrouble, wasUp: boolean): void;
  /** Disconnected for good, until `connect`. Comes before OnConnectionClosed. */
  closed(): void;
  event(message: ServerEvent): void;
  done(message: Done): void;
  stateChanged(state: ConnectionState): void;
  /** The server has told how its link to the CTI Server stands. */
  link(): void;
  /** How many failed attempts in a row end the series; undefined: it goes on for ever. */
  attemptLimit(): number | undefined;
}
