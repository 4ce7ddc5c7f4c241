/**
 * What waits for an answer, by number, each for as long as it may. Each ends exactly once: it is taken out by its answer,
 * with all others when the connection is lost, or by its time. An answer that comes later finds nothing.
 */
import type { Clock, Timer } from './clock.js';
import { deadline } from './deadline.js';

/** Numbers go round within the range of a positive INT. */
const LAST_ID = 0x7fffffff;

interface Waiting<Entry> {
  readonly entry: Entry;
  readonly timer: Timer;
}

export class PendingAnswers<Entry> {
  readonly #waiting = new Map<number, Waiting<Entry>>();
  #lastId = 0;

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.#waiting.size;
  }

  /** A number, from 1, that nothing waits under. */
  nextId(): number {
    do this.#lastId = this.#lastId >= LAST_ID ? 1 : this.#lastId + 1;
    while (this.#waiting.has(this.#lastId));
    return this.#lastId;
  }

  /** @param overdue called with the entry, which is then out already, when its time is over */
  add(id: number, entry: Entry, ms: number, overdue: (entry: Entry) => void): void {
    const timer = deadline(this.clock, ms, () => {
      this.#waiting.delete(id);
      overdue(entry);
    });
    this.#waiting.set(id, { entry, timer });
  }

  get(id: number): Entry | undefined {
    return this.#waiting.get(id)?.entry;
  }

  /** The numbers of all that wait, the oldest first. */
  ids(): number[] {
    return [...this.#waiting.keys()];
  }

  /** Takes it out, so that nothing else ends it. */
  take(id: number): Entry | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    waiting.timer.cancel();
    return waiting.entry;
  }

  /** Takes out all of them, the oldest first. */
  takeAll(): Entry[] {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    return all.map(({ entry, timer }) => {
      timer.cancel();
      return entry;
    });
  }
}
