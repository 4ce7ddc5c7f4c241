import type { AgentCheck } from '../security/agent-authenticator.js';

/** Settings of the client sessions; all times in milliseconds. */
export interface NorthboundSettings {
  /** Name of this server in the welcome and in `CurrentServer`. */
  name: string;
  /** Maximum number of monitor-mode sessions; unlimited if absent. */
  maxMonitorSessions?: number;
  /** The password for monitor mode, as argument MonitorModePassword; none if absent. */
  monitorModePassword?: string;
  /** Checks an agent's password; absent: any client can act as any agent. */
  agentCheck?: AgentCheck;
  /** Maximum number of concurrent password checks. */
  parallelAgentChecks: number;
  /** How long to wait for the response of a peer. */
  peerAnswerMs: number;
  /** Number of wrong passwords after which monitor mode, or an agent, is locked for an address, and for how long. */
  lockOut: { failures: number; ms: number };
  /** Silence of a client after which it is sent a heartbeat; 0 never. */
  heartbeatMs: number;
  /** Unanswered heartbeats after which it is disconnected. */
  heartbeatRetries: number;
  /** How long a client may take to say hello. */
  helloMs: number;
  /** How long a client may stay without a mode after its hello; 0: unlimited. */
  modeMs: number;
  /** Maximum number of silent clients; while there are more, those silent longest have a fifth of `helloMs`. */
  maxGreeting: number;
  /** Maximum number of pending requests per client. */
  maxPending: number;
  /** Requests and heartbeats of one client per second, and at once; unlimited if absent. */
  requestRate?: { perSecond: number; atOnce: number };
}

/** The guide's values where it has any (CTI OS System Manager Guide, "Connections", "Security"). */
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

/** What a client may do in addition to what its mode permits. */
export interface Grants {
  /** Requests in monitor mode that change something at the switch. An extension: in CTI OS monitor mode is passive. */
  allowMonitorControl: boolean;
}
