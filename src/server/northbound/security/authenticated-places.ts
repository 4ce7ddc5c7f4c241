import { LatestSet } from '../../../common/latest-set.js';
import type { Peer, Peers } from '../../peers/index.js';

/** Maximum number of agents at addresses; more than the seats of any contact center. */
const MAX_PLACES = 100_000;
/** Maximum number of characters of places in one message to a peer. */
const MAX_TEXT = 1_000;

/**
 * Where agents have authenticated: "network peripheral.agent". The servers of a pair share it, because an agent's place
 * is new to the server that the agent fails over to, and guesses of others must not lock the agent out.
 */
export class AuthenticatedPlaces {
  readonly #places = new LatestSet(MAX_PLACES);
  /** By id of the peer: what it has yet to receive. One message to a peer is pending at a time. */
  readonly #waiting = new Map<string, string[]>();

  constructor(
    private readonly peers: Peers,
    private readonly answerMs: number,
  ) {
    peers.answer('ShareAuthenticated', ({ Places }) => {
      for (const place of Places.split('\n')) if (place !== '') this.#places.add(place);
      return {};
    });
    peers.watch({
      linked: (peer) => this.#share(peer, [...this.#places]),
      lost: (peer) => void this.#waiting.delete(peer.id),
    });
  }

  has(place: string): boolean {
    return this.#places.has(place);
  }

  add(place: string): void {
    const known = this.#places.has(place);
    this.#places.add(place);
    if (!known) for (const peer of this.peers.linked) this.#share(peer, [place]);
  }

  #share(peer: Peer, places: readonly string[]): void {
    if (places.length === 0) return;
    const waiting = this.#waiting.get(peer.id);
    if (waiting === undefined) this.#send(peer, [...places]);
    else waiting.push(...places);
  }

  #send(peer: Peer, places: string[]): void {
    let text = '';
    while (places.length > 0 && text.length + places[0]!.length < MAX_TEXT) text += `${places.shift()}\n`;
    // One that does not fit on its own was not created here.
    if (text === '') places.shift();
    this.#waiting.set(peer.id, places);
    this.peers.ask(peer, 'ShareAuthenticated', { Places: text }, this.answerMs, () => {
      const left = this.#waiting.get(peer.id) ?? [];
      this.#waiting.delete(peer.id);
      if (left.length > 0 && this.peers.linked.some(({ id }) => id === peer.id)) this.#send(peer, left);
    });
  }
}
