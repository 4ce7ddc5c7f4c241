import type { AnswerOf, BodyOf, PeerRequestName } from './peer-requests.js';
import type { Peer, PeerResult, Peers } from './peers-api.js';

/** How a request ended at one of the peers. */
export type EndAtPeer<Name extends PeerRequestName> = PeerResult<AnswerOf<Name>> & { readonly peer: Peer };

/**
 * Sends a request to every linked peer.
 * @param enough tells whether a response makes the others unnecessary
 * @param ended called once: as soon as one response is enough, or when all have ended; immediately if no peer is linked
 */
export function requestAll<Name extends PeerRequestName>(
  peers: Peers,
  name: Name,
  body: BodyOf<Name>,
  answerMs: number,
  ended: (ends: readonly EndAtPeer<Name>[]) => void = () => {},
  enough: (answer: AnswerOf<Name>) => boolean = () => false,
): void {
  const { linked } = peers;
  const ends: EndAtPeer<Name>[] = [];
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    ended(ends);
  };
  for (const peer of linked) {
    peers.ask(peer, name, body, answerMs, (end) => {
      ends.push({ ...end, peer });
      if (ends.length === linked.length || (end.outcome === 'answered' && enough(end.answer))) finish();
    });
  }
  if (linked.length === 0) finish();
}
