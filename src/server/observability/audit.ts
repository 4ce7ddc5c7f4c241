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

/** Longest text of a client or peer in the audit log: longer than any name or UniqueObjectID of the protocol. */
export const MAX_AUDIT_TEXT = 200;

/** @returns the entry with every text that a client or peer has chosen cut to a length that a log can bear */
export function cutTexts<Entry extends Partial<AuditEntry>>(entry: Entry): Entry {
  let cut = entry;
  for (const field of ['client', 'connection', 'agent', 'request', 'objectId', 'code', 'reason'] as const) {
    const text = entry[field];
    if (text !== undefined && text.length > MAX_AUDIT_TEXT) {
      cut = { ...cut, [field]: `${text.slice(0, MAX_AUDIT_TEXT)}…` };
    }
  }
  return cut;
}
