/**
 * Queries to the CTI Server about many items: a limited number pending at a time, no item queued twice. The limit
 * adapts to the round-trip time: as low as possible while finishing in time, and never higher than a CTI Server can
 * handle.
 */
import type { Clock } from '../../../common/clock.js';
import { ConcurrencyLimiter } from '../../../common/concurrency-limiter.js';

/** Maximum number of pending queries. */
const MIN_IN_FLIGHT = 8;
const MOST = 32;
/** Weight of the last response in the estimate for the next one. */
const WEIGHT = 0.125;

export class AdaptiveQueries<T> {
  readonly #window = new ConcurrencyLimiter(MIN_IN_FLIGHT);
  /** Queued queries. */
  readonly #waiting = new Map<T, Promise<void>>();
  #roundTripMs = 0;
  #onTheirWay = 0;
  /** How many queries to complete, and in what time. */
  #due: { count: number; ms: number } | undefined;

  /** @param send sends a query and settles with the response; never rejects */
  constructor(
    private readonly clock: Clock,
    private readonly send: (thing: T) => Promise<void>,
  ) {}

  /** Queries without a response yet, and queued ones. */
  get load(): { onTheirWay: number; waiting: number } {
    return { onTheirWay: this.#onTheirWay, waiting: this.#waiting.size };
  }

  /** Queries an item in turn. An item that is already queued is not queued again. */
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

  /** This many queries should complete within this time, if possible. */
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
