/**
 * The order of servers and the delays between attempts. The first server is picked at random, so that the clients of a
 * pair share the load. After a loss the other side is tried immediately; a server without another side is tried again
 * within two seconds, at random, because all of its clients may have lost it at once. Then follow rounds of both sides,
 * with pauses that grow from a random one to two minutes, so that the clients of a failed server do not all return in the
 * same second. Even the shortest pause between rounds gives a server time to come back. Sources: CTI OS Developer
 * Guide, Session.Connect; delays after GED-188, "Reconnecting", because the guide does not define them for the CIL.
 */
import type { Random } from '../../common/random.js';

export interface Attempt {
  /** Index of the connector. */
  readonly side: number;
  /** Delay before it, in milliseconds. */
  readonly afterMs: number;
}

/** The longest delay before the only server is tried again that was lost. */
const SAME_SERVER_MS = 2_000;
/** The first pause between rounds is random: a hundred clients of one server, a tenth of a second each. */
const FIRST_PAUSE_MS = { from: 2_000, to: 10_000 } as const;
const PAUSES_MS = [15_000, 30_000, 60_000, 120_000] as const;

export class ReconnectPlan {
  #side: number;
  #inRound = 0;
  #round = 0;

  constructor(
    private readonly sides: number,
    private readonly random: Random,
  ) {
    this.#side = this.#pick();
  }

  /** Starts over, as if nothing had been tried. */
  first(): Attempt {
    this.#inRound = 1;
    this.#round = 0;
    this.#side = this.#pick();
    return { side: this.#side, afterMs: 0 };
  }

  /** The connection to `side` was good and is lost. */
  afterLoss(side: number): Attempt {
    this.#inRound = 1;
    this.#round = 0;
    this.#side = (side + 1) % this.sides;
    return { side: this.#side, afterMs: this.#side === side ? Math.round(this.random.next() * SAME_SERVER_MS) : 0 };
  }

  /** The previous attempt failed, or the server repeatedly accepted and soon dropped the connection. */
  next(): Attempt {
    this.#side = (this.#side + 1) % this.sides;
    if (this.#inRound < this.sides) {
      this.#inRound++;
      return { side: this.#side, afterMs: 0 };
    }
    this.#inRound = 1;
    const { from, to } = FIRST_PAUSE_MS;
    const pause = this.#round === 0 ? from + this.random.next() * (to - from) : PAUSES_MS[this.#round - 1]!;
    this.#round = Math.min(this.#round + 1, PAUSES_MS.length);
    return { side: this.#side, afterMs: Math.round(pause) };
  }

  #pick(): number {
    return Math.floor(this.random.next() * this.sides);
  }
}
