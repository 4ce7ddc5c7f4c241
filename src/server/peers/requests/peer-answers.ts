/** How a request of a peer is answered, and how an answer is read. The same for every transport between servers. */
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

/** @returns how the request ended, or a sentence that describes the error in the answer */
export function readPeerAnswer(name: PeerRequestName, { body, failure }: PeerAnswer): PeerResult<unknown> | string {
  if (failure !== undefined) {
    // A request that failed in the middle may have had some effect.
    const outcome = failure.code === 'CTIOS_INTERNAL' ? 'unknown' : 'failed';
    return { outcome, code: failure.code, message: failure.message };
  }
  const answer = readPeerFields(peerAsks[name].answer, body);
  return typeof answer === 'string' ? answer : { outcome: 'answered', answer };
}
