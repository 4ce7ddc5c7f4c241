import type { RequestResult } from '../../object-server.js';
import type { PeerResult } from '../../peers/requests/peers-api.js';
import { type FailureSubject, refusal } from '../../translation/failures.js';

/** The outcome of a request whose peer request was not answered. */
export function unansweredBy(
  subject: FailureSubject,
  end: Exclude<PeerResult<unknown>, { outcome: 'answered' }>,
): RequestResult {
  const message = `${subject.request}: ${end.message}`;
  if (end.outcome === 'failed') return refusal(subject, end.code, message);
  // It is unknown whether it happened, so it must not be reported as failed.
  const code = end.code === 'CTIOS_PEER_TIMEOUT' ? 'CTIOS_ANSWER_TIMEOUT' : 'CTIOS_OUTCOME_UNKNOWN';
  return { outcome: 'unknown', failure: { code, message } };
}
