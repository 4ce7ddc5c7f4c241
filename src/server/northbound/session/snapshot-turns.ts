import { NetworkCounts, networkOf } from '../../../common/network/network.js';

/** Maximum number of concurrent snapshots: each holds what it has not sent yet. */
const MAX_SNAPSHOTS = 16;
/** Of those, for one address (`networkOf`): slow readers must not block clients of other addresses. */
const MAX_SNAPSHOTS_PER_NETWORK = 4;

/** The turn of one client. */
export interface SnapshotTurn {
  /** Calls `begin` when it is this client's turn, which may be immediately. */
  start(begin: () => void): void;
  /** Ends the turn, or the wait for it. Must be called once. */
  end(): void;
}

interface Waiting {
  readonly network: string;
  readonly begin: () => void;
}

/** The order in which clients' snapshots are taken: first come, first served, within the limits above. */
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
