import type { Outcome } from '../../ctios/transport.js';

/** One line of the audit log: who asked for what, about which object, and how it ended. Never arguments. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  time: number;
  what: 'connected' | 'refused' | 'disconnected' | 'request' | 'locked out';
  /** Connection of the client at this server. */
  connection: string;
  /** Address of the client, or "this process". */
  peer: string;
  /** What the client calls itself. */
  client?: string;
  mode?: 'none' | 'agent' | 'monitor';
  /** UniqueObjectID of the agent of an agent-mode client. */
  agent?: string;
  request?: string;
  objectId?: string;
  outcome?: Outcome;
  code?: string;
  /** From the request to its end. */
  ms?: number;
}
