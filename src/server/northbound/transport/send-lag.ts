import { Queue } from '../../../common/queue.js';

/** Marks are at least this far apart, in milliseconds, so that a client that does not read uses little memory. */
const GRAIN_MS = 100;

/** A position in the sent bytes, and the time at which the first byte after the previous mark was sent. */
interface Mark {
  until: number;
  readonly since: number;
}

/**
 * How long the oldest byte that a connection has not accepted has been waiting. A socket reports only the number of
 * waiting bytes; this records when they were sent, to a tenth of a second.
 */
export class SendLag {
  readonly #marks = new Queue<Mark>();
  #last: Mark | undefined;
  #sent = 0;

  /**
   * @param waiting bytes that waited before these
   * @param now on a monotonic clock, in milliseconds
   */
  sent(bytes: number, waiting: number, now: number): void {
    this.#forgetTaken(waiting);
    this.#sent += bytes;
    if (this.#last !== undefined && now - this.#last.since < GRAIN_MS) {
      this.#last.until = this.#sent;
      return;
    }
    this.#last = { until: this.#sent, since: now };
    this.#marks.push(this.#last);
  }

  /** @param waiting bytes that wait now */
  lagMs(waiting: number, now: number): number {
    this.#forgetTaken(waiting);
    const oldest = this.#marks.first;
    return oldest === undefined ? 0 : now - oldest.since;
  }

  #forgetTaken(waiting: number): void {
    const taken = this.#sent - waiting;
    while (this.#marks.first !== undefined && this.#marks.first.until <= taken) this.#marks.shift();
    if (this.#marks.size === 0) this.#last = undefined;
  }
}
