import type { AgentCheck } from '../security/agent-authenticator.js';

/** Settings of the client sessions; all times in milliseconds. */
export interface NorthboundSettings {
  /** Name of this server in the welcome and in `CurrentServer`. */
  name: string;
  /** Monitor-mode sessions at a time; no limit where absent. */
  maxMonitorSessions?: number;
  /** What monitor mode asks for, as argument MonitorModePassword; open where absent. */
  monitorModePassword?: string;
  /** Says whether a password is an agent's; absent: whoever can connect can be any agent. */
  agentCheck?: AgentCheck;
  /** Checks of agents' passwords at a time. */
  parallelAgentChecks: number;
  /** How long an answer of a peer is waited for. */
  peerAnswerMs: number;
  /** Failed passwords after which monitor mode, or an agent, is closed to an address, and for how long. */
  lockOut: { failures: number; ms: number };
  /** Silence of a client after which it is asked whether it lives; 0 never. */
  heartbeatMs: number;
  /** Unanswered questions after which it is given up. */
  heartbeatRetries: number;
  /** How long a client may take to say hello. */
  helloMs: number;
  /** How long a client may stay without a mode after its hello; 0: for any time. */
  modeMs: number;
  /** Clients at a time that may be silent; while there are more, those silent longest have a fifth of `helloMs`. */
  maxGreeting: number;
  /** Requests of one client that may be under way at a time. */
  maxPending: number;
  /** Requests and heartbeats of one client in a second, and at most at once; no limit where absent. */
  requestRate?: { perSecond: number; atOnce: number };
}

/** Values of the guide where it gives some (CTI OS System Manager Guide, "Connections", "Security"). */
export const DEFAULT_SETTINGS: NorthboundSettings = {
  name: 'ctios-server',
  parallelAgentChecks: 20,
  peerAnswerMs: 5_000,
  lockOut: { failures: 3, ms: 15 * 60_000 },
  heartbeatMs: 60_000,
  heartbeatRetries: 5,
  helloMs: 10_000,
  modeMs: 0,
  maxGreeting: 1_000,
  maxPending: 1_000,
};

/** What a client may do beside what its mode allows. */
export interface Grants {
  /** Requests that change something at the switch, from monitor mode. An extension: CTI OS keeps monitor mode passive. */
  allowMonitorControl: boolean;
}
