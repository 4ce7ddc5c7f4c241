/** What a session is made of. */
import type { Clock } from '../common/clock.js';
import type { Random } from '../common/random.js';
import type { Args, Connector } from '../ctios/transport.js';

export interface SessionOptions {
  /** Ways to the CTI OS Servers, side A and, where there is one, side B. */
  connectors: readonly [Connector] | readonly [Connector, Connector];
  clock?: Clock;
  random?: Random;
  /** How this client is called in the server's log; default "cil". */
  client?: string;
  /** Silence after which the server is asked whether it lives, in milliseconds; 0 never. Default 5,000, within a process 0. */
  heartbeatMs?: number;
  /** Unanswered heartbeats in a row after which the connection is given up; default 3. */
  maxHeartbeats?: number;
  /** How long an attempt to connect may take, in milliseconds; default 10,000. */
  connectMs?: number;
  /** How long a server may take to welcome this client, in milliseconds; default 5,000. */
  helloMs?: number;
  /** How long the server may take to establish a mode, its snapshot included, in milliseconds; default 60,000. */
  modeMs?: number;
  /**
   * Once the desktop settings were downloaded, so many failed attempts in a row end the reconnecting (the guide: 5),
   * with `FinalAttempt` in the last OnConnectionFailure. Default: it never ends.
   */
  attemptLimit?: number;
  /** How many events `session.history` keeps; default 1,000. */
  historySize?: number;
}

export interface FilterOptions {
  /** Introduce what exists already (`recovered` events); default true. */
  snapshot?: boolean;
  /** Where the server asks for one. */
  password?: string;
}

export interface AgentOptions {
  /** Refuse the agent, and disconnect, if it is logged in already; default false: go on with the log-in that is there. */
  rejectIfAlreadyLoggedIn?: boolean;
}

/** The agent of an agent-mode session: the arguments of SetAgent. */
export interface AgentArgs extends Args {
  AgentID: string;
}
