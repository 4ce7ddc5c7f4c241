import type { Clock } from '../../../common/clock.js';
import { PendingAnswers } from '../../../common/pending-answers.js';
import type { PeerRequestName } from './peer-requests.js';
import type { PeerResult } from './peers-api.js';

interface Ask {
  readonly name: PeerRequestName;
  readonly ended: (end: PeerResult<unknown>) => void;
}

/** Requests that were sent over one link and are not answered yet. Each ends once, whatever happens to the link. */
export class PendingPeerRequests {
  readonly #asks: PendingAnswers<Ask>;

  constructor(
    clock: Clock,
    private readonly most: number,
  ) {
    this.#asks = new PendingAnswers(clock);
  }

  get full(): boolean {
    return this.#asks.size >= this.most;
  }

  /** @returns the id under which the response must arrive */
  open(name: PeerRequestName, answerMs: number, ended: (end: PeerResult<unknown>) => void): number {
    const id = this.#asks.nextId();
    this.#asks.add(id, { name, ended }, answerMs, () =>
      ended({
        outcome: 'unknown',
        code: 'CTIOS_PEER_TIMEOUT',
        message: `The peer did not answer within ${answerMs / 1000} s; it may have carried out the request.`,
      }),
    );
    return id;
  }

  /** The request with this id; undefined if it has ended. */
  nameOf(id: number): PeerRequestName | undefined {
    return this.#asks.get(id)?.name;
  }

  end(id: number, end: PeerResult<unknown>): void {
    this.#asks.take(id)?.ended(end);
  }

  endAll(end: PeerResult<unknown>): void {
    for (const { ended } of this.#asks.takeAll()) ended(end);
  }
}
