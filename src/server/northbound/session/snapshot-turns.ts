import { NetworkCounts, networkOf } from '../../../common/network.js';

/** Snapshots that are under way at a time: each holds what it has not sent yet. */
const MAX_SNAPSHOTS = 16;
/** Of those, for one address (`networkOf`): clients that read slowly must not keep those of other addresses waiting. */
const MAX_SNAPSHOTS_PER_NETWORK = 4;

/** The turn of one client. */
export interface SnapshotTurn {
  /** Calls `begin` when it is this client's turn, which may be at once. */
  start(begin: () => void): void;
  /** Ends the turn, or the wait for it. To be called once. */
  end(): void;
}

interface Waiting {
  readonly network: string;
  readonly begin: () => void;
}

/** Which client's snapshot is taken when: first come, first served, within the limits above. */
export class SnapshotTurns {
  #underWay = 0;
  readonly #byNetwork = new NetworkCounts();
  readonly #waiting = new Set<Waiting>();

  turnOf(peer: string): SnapshotTurn {
    const network = networkOf(peer);
    let waiting: Waiting | undefined;
    return {
      start: (begin) => {
        waiting = { network, begin };
        this.#waiting.add(waiting);
        this.#next();
      },
      end: () => {
        if (waiting === undefined || this.#waiting.delete(waiting)) return;
        this.#underWay--;
        this.#byNetwork.remove(network);
        this.#next();
      },
    };
  }

  #next(): void {
    for (const waiting of this.#waiting) {
      if (this.#underWay >= MAX_SNAPSHOTS) return;
      const { network, begin } = waiting;
      if (this.#byNetwork.of(network) >= MAX_SNAPSHOTS_PER_NETWORK) continue;
      this.#waiting.delete(waiting);
      this.#underWay++;
      this.#byNetwork.add(network);
      begin();
    }
  }
}
