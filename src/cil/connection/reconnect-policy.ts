/**
 * In which order and with which pauses the servers are tried. The first one is picked at random, so that the clients
 * of a pair share the load. After a loss the other side comes first, at once; then rounds of both sides, the pauses
 * between them growing from a random fraction of the first to two minutes, so that the clients of a server that died
 * do not all return in the same second. Sources: CTI OS Developer Guide, Session.Connect; pauses after GED-188,
 * "Reconnecting", which the guide leaves open for the CIL.
 */
import type { Random } from '../../common/random.js';

export interface Attempt {
  /** Index of the connector. */
  readonly side: number;
  /** Pause before it, in milliseconds. */
  readonly afterMs: number;
}

/** The first pause is drawn from 0 to this: a hundred clients of one server, a tenth of a second each. */
const FIRST_PAUSE_MS = 10_000;
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

  /** Begins anew, as if nothing had been tried. */
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
    return { side: this.#side, afterMs: 0 };
  }

  /** The attempt before this one failed, or the server accepted it and soon dropped the connection, again and again. */
  next(): Attempt {
    this.#side = (this.#side + 1) % this.sides;
    if (this.#inRound < this.sides) {
      this.#inRound++;
      return { side: this.#side, afterMs: 0 };
    }
    this.#inRound = 1;
    const pause = this.#round === 0 ? this.random.next() * FIRST_PAUSE_MS : PAUSES_MS[this.#round - 1]!;
    this.#round = Math.min(this.#round + 1, PAUSES_MS.length);
    return { side: this.#side, afterMs: Math.round(pause) };
  }

  #pick(): number {
    return Math.floor(this.random.next() * this.sides);
  }
}
