import type { Clock, Timer } from '../../common/clock.js';
import type { PeerRequestName } from './peer-requests.js';
import type { PeerResult } from './peers-api.js';

interface OpenAsk {
  readonly name: PeerRequestName;
  readonly ended: (end: PeerResult<unknown>) => void;
  readonly overdue: Timer;
}

/** What was asked over one link and is not answered yet. Each ask ends once, whatever happens to the link. */
export class PendingPeerRequests {
  readonly #open = new Map<number, OpenAsk>();
  #lastId = 0;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
  ) {}

  get full(): boolean {
    return this.#open.size >= this.most;
  }

  /** @returns the id under which the answer has to come */
  open(name: PeerRequestName, answerMs: number, ended: (end: PeerResult<unknown>) => void): number {
    const id = ++this.#lastId;
    const overdue = this.clock.after(answerMs, () =>
      this.end(id, {
        outcome: 'unknown',
        code: 'CTIOS_PEER_TIMEOUT',
        message: `The peer did not answer within ${answerMs / 1000} s; it may have done what it was asked.`,
      }),
    );
    this.#open.set(id, { name, ended, overdue });
    return id;
  }

  /** What was asked under this id; undefined where it has ended. */
  nameOf(id: number): PeerRequestName | undefined {
    return this.#open.get(id)?.name;
  }

  end(id: number, end: PeerResult<unknown>): void {
    const ask = this.#open.get(id);
    if (ask === undefined) return;
    this.#open.delete(id);
    ask.overdue.cancel();
    ask.ended(end);
  }

  endAll(end: PeerResult<unknown>): void {
    for (const id of [...this.#open.keys()]) this.end(id, end);
  }
}
