/** The options of a connection to a CTI OS Server, and what it reports to its session. */
import type { Clock } from '../../common/clock.js';
import type { Random } from '../../common/random.js';
import type { Args, Connector, ServerMessage } from '../../ctios/transport.js';
import type { ConnectionState, ConnectionTrouble, Welcome } from './connection-states.js';

export interface ConnectionSettings {
  connectors: readonly Connector[];
  clock: Clock;
  random: Random;
  /** The client's name in the server's log and lists. */
  client: string;
  heartbeatMs: number;
  maxHeartbeats: number;
  /** Time-out for opening a transport. */
  connectMs: number;
  /** Time-out from there to the welcome. */
  helloMs: number;
}

export type Done = Extract<ServerMessage, { kind: 'done' }>;
export type ServerEvent = Extract<ServerMessage, { kind: 'event' }>;

export interface ConnectionOwner {
  /** An event raised by the connection itself. */
  raise(event: string, args: Args): void;
  /** From now on messages can be sent and received. */
  up(welcome: Welcome, side: number): void;
  /** Messages can no longer be sent or received. `wasUp` distinguishes a lost connection from a failed attempt. */
  down(trouble: ConnectionTrouble, wasUp: boolean): void;
  /** Disconnected for good, until `connect`. Comes before OnConnectionClosed. */
  closed(): void;
  event(message: ServerEvent): void;
  done(message: Done): void;
  stateChanged(state: ConnectionState): void;
  /** The server has reported the state of its link to the CTI Server. */
  link(): void;
  /** The number of consecutive failed attempts after which it stops; undefined: unlimited. */
  attemptLimit(): number | undefined;
}
