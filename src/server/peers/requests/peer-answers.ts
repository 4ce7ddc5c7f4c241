/** How a request of a peer is answered, and what an answer says. The same on every way between servers. */
import { isAskName, type PeerRequestName, peerAsks, readPeerFields } from './peer-requests.js';
import type { PeerResult } from './peers-api.js';

export interface PeerRequestFailure {
  code: string;
  message: string;
}

/** Either of the two. */
export interface PeerAnswer {
  readonly body?: unknown;
  readonly failure?: PeerRequestFailure;
}

/** @param handle carries the request out, its fields checked. It may throw */
export function answerPeer(
  ask: string,
  body: unknown,
  handle: (name: PeerRequestName, fields: Record<string, unknown>) => unknown,
): PeerAnswer {
  const refusal = (code: string, message: string) => ({ failure: { code, message: `${ask}: ${message}` } });
  if (!isAskName(ask)) return refusal('CTIOS_PEER_UNKNOWN_ASK', 'there is no such ask.');
  const read = readPeerFields(peerAsks[ask].body, body);
  if (typeof read === 'string') return refusal('CTIOS_INVALID_ARGUMENT', `${read}.`);
  try {
    return { body: handle(ask, read) };
  } catch (error) {
    return refusal('CTIOS_INTERNAL', `it went wrong: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @returns how the request ended, or what is wrong with the answer, in words */
export function readPeerAnswer(name: PeerRequestName, { body, failure }: PeerAnswer): PeerResult<unknown> | string {
  if (failure !== undefined) {
    // What broke down in the middle may have been done in part.
    const outcome = failure.code === 'CTIOS_INTERNAL' ? 'unknown' : 'failed';
    return { outcome, code: failure.code, message: failure.message };
  }
  const answer = readPeerFields(peerAsks[name].answer, body);
  return typeof answer === 'string' ? answer : { outcome: 'answered', answer };
}
