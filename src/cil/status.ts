/** How a session stands, for a person (a node's status, a sidebar) and for a program that waits until it can work. */
import type { Args } from '../ctios/transport.js';
import type { ConnectionState } from './connection-states.js';

export type SessionMode = 'none' | 'agent' | 'monitor';

export interface SessionStatus {
  /** State of the connection to the CTI OS Server. */
  readonly state: ConnectionState;
  /** Why it is not connected, not online, or without its mode: a sentence for people. Absent when all is well. */
  readonly reason?: string;
  /** The same for programs: `CTIOS_…`. */
  readonly code?: string;
  /** The connected server in its connector's words; while connecting, the one that is tried. */
  readonly server?: string;
  /** Which of the session's connectors that is. */
  readonly side?: 'A' | 'B';
  /** The mode in force. `none` until the server has granted one, and again while a lost connection is restored. */
  readonly mode: SessionMode;
  /** Connected, and CTI Server driver, CTI Server and the peripherals that matter are up: requests can succeed. */
  readonly online: boolean;
  /** Keyword StatusSystem as last told: StatusCTIServer, StatusCtiServerDriver, StatusCentralController, StatusPeripherals. */
  readonly statusSystem: Args;
}
