/** The options of a session. */
import type { Clock } from '../common/clock.js';
import type { Random } from '../common/random.js';
import type { RequestArgs } from '../ctios/requests/index.js';
import type { Connector } from '../ctios/transport.js';

export interface SessionOptions {
  /** Connectors to the CTI OS Servers: side A and, if there is one, side B. */
  connectors: readonly [Connector] | readonly [Connector, Connector];
  clock?: Clock;
  random?: Random;
  /** The client's name in the server's log; default "cil". */
  client?: string;
  /**
   * Silence after which the server is sent a heartbeat, in milliseconds; 0 never. Default 5,000, within a process 0.
   */
  heartbeatMs?: number;
  /** Consecutive unanswered heartbeats after which the connection is closed; default 3. */
  maxHeartbeats?: number;
  /** How long an attempt to connect may take, in milliseconds; default 10,000. */
  connectMs?: number;
  /** How long a server may take to welcome this client, in milliseconds; default 5,000. */
  helloMs?: number;
  /** How long the server may take to establish a mode, its snapshot included, in milliseconds; default 60,000. */
  modeMs?: number;
  /**
   * Once the desktop settings were downloaded, this many consecutive failed attempts end the reconnecting (the guide:
   * 5), with `FinalAttempt` in the last OnConnectionFailure. Default: unlimited.
   */
  attemptLimit?: number;
  /** How many events `session.history` keeps; default 1,000. */
  historySize?: number;
}

export interface FilterOptions {
  /** Whether to deliver a snapshot of the existing objects (`recovered` events); default true. */
  snapshot?: boolean;
  /** Required if the server is configured with a password. */
  password?: string;
}

export interface AgentOptions {
  /** Reject the agent, and disconnect, if it is already logged in; default false: continue with the existing log-in. */
  rejectIfAlreadyLoggedIn?: boolean;
}

/** The agent of an agent-mode session: the arguments of SetAgent. */
export type AgentArgs = RequestArgs<'SetAgent'>;
