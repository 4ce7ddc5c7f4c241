import type { RequestResult } from '../../object-server.js';
import type { PeerResult } from '../../peers/peers-api.js';
import { type FailureSubject, refusal } from '../../translation/failures.js';

/** What a request comes to whose ask a peer has not answered. */
export function unansweredBy(
  subject: FailureSubject,
  end: Exclude<PeerResult<unknown>, { outcome: 'answered' }>,
): RequestResult {
  const message = `${subject.request}: ${end.message}`;
  if (end.outcome === 'failed') return refusal(subject, end.code, message);
  // Nobody knows whether it happened: to say that it failed would be a lie.
  const code = end.code === 'CTIOS_PEER_TIMEOUT' ? 'CTIOS_ANSWER_TIMEOUT' : 'CTIOS_OUTCOME_UNKNOWN';
  return { outcome: 'unknown', failure: { code, message } };
}
