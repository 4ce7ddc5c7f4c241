import type { Outcome } from '../../ctios/transport.js';
import type { ProofOutcome } from '../object-server.js';

/** One line of the audit log: who asked for what, about which object, and how it ended. Never arguments. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  time: number;
  what:
    | 'connected'
    | 'refused'
    | 'disconnected'
    | 'request'
    | 'agent proof'
    | 'locked out'
    | 'peer linked'
    | 'peer lost'
    | 'peer refused'
    | 'asked by peer';
  /** Connection of the client at this server, or the id of a peer; absent where it was turned away at the door. */
  connection?: string;
  /** Address of the client or peer, or "this process". */
  peer: string;
  /** What the client or peer calls itself. */
  client?: string;
  mode?: 'none' | 'agent' | 'monitor';
  /** UniqueObjectID of the agent of an agent-mode client. */
  agent?: string;
  /** What became of the claim to be the agent `objectId`. */
  proof?: ProofOutcome;
  request?: string;
  objectId?: string;
  outcome?: Outcome;
  code?: string;
  /** Why, in words; for those who run the server. */
  reason?: string;
  /** From the request to its end. */
  ms?: number;
}
