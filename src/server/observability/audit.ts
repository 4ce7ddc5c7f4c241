import type { Outcome } from '../../ctios/transport.js';
import type { ProofOutcome } from '../object-server.js';

/** One line of the audit log: the requester, the request, its object and its outcome. Never arguments. */
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
  /** Connection of the client at this server, or the id of a peer; absent if it was refused before it had one. */
  connection?: string;
  /** Address of the client or peer, or "this process". */
  peer: string;
  /** The name that the client or peer gave. */
  client?: string;
  mode?: 'none' | 'agent' | 'monitor';
  /** UniqueObjectID of the agent of an agent-mode client. */
  agent?: string;
  /** The outcome of the claim to be the agent `objectId`. */
  proof?: ProofOutcome;
  request?: string;
  objectId?: string;
  outcome?: Outcome;
  code?: string;
  /** The reason, for the server's administrators. */
  reason?: string;
  /** From the request to its end. */
  ms?: number;
  /** How many this entry stands for, of which it is the last: those beyond a rate are not written one by one. */
  count?: number;
}

/**
 * Maximum length of a client's or peer's text in the audit log: longer than any name or UniqueObjectID of the protocol.
 */
export const MAX_AUDIT_TEXT = 200;

/** @returns the entry with every text from a client or peer truncated to that length */
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
