/**
 * Questions to the CTI Server about many things: so many on their way at a time, none waiting twice. How many at a time
 * adapts to the round trip: as few as are enough to be through in time, and never more than a CTI Server would not mind.
 */
import type { Clock } from '../../../common/clock.js';
import { ConcurrencyLimiter } from '../../../common/concurrency-limiter.js';

/** Questions on their way at a time. */
const MIN_IN_FLIGHT = 8;
const MOST = 32;
/** How much the last answer says of the next one. */
const WEIGHT = 0.125;

export class AdaptiveQueries<T> {
  readonly #window = new ConcurrencyLimiter(MIN_IN_FLIGHT);
  /** Those that wait in line. */
  readonly #waiting = new Map<T, Promise<void>>();
  #roundTripMs = 0;
  #onTheirWay = 0;
  /** What has to be through, and in what time. */
  #due: { count: number; ms: number } | undefined;

  /** @param send asks, and settles with the answer; it never rejects */
  constructor(
    private readonly clock: Clock,
    private readonly send: (thing: T) => Promise<void>,
  ) {}

  /** Questions without an answer yet, and those that may not be asked yet. */
  get load(): { onTheirWay: number; waiting: number } {
    return { onTheirWay: this.#onTheirWay, waiting: this.#waiting.size };
  }

  /** Asks about a thing, in its turn. What waits already is not put into the line again. */
  ask(thing: T): Promise<void> {
    const waiting = this.#waiting.get(thing);
    if (waiting !== undefined) return waiting;
    let begun = false;
    const asked = this.#window.run(async () => {
      begun = true;
      this.#waiting.delete(thing);
      this.#onTheirWay++;
      const began = this.clock.monotonic();
      await this.send(thing);
      this.#onTheirWay--;
      this.#learn(this.clock.monotonic() - began);
    });
    if (!begun) this.#waiting.set(thing, asked);
    return asked;
  }

  /** So many questions are to be through within this time, if that can be. */
  expect(count: number, ms: number): void {
    this.#due = { count, ms };
    this.#fit();
  }

  #learn(roundTripMs: number): void {
    this.#roundTripMs += (roundTripMs - this.#roundTripMs) * WEIGHT;
    this.#fit();
  }

  #fit(): void {
    if (this.#due === undefined) return;
    const { count, ms } = this.#due;
    this.#window.size = Math.min(MOST, Math.max(MIN_IN_FLIGHT, Math.ceil((count * this.#roundTripMs) / ms)));
  }
}
