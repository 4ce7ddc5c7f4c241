import { Queue } from './queue.js';

/** Limits how many tasks run at a time; the others queue. Used so that a snapshot does not flood the CTI Server. */
export class ConcurrencyLimiter {
  #running = 0;
  readonly #waiting = new Queue<() => void>();

  constructor(private width: number) {}

  get size(): number {
    return this.width;
  }

  /** Raising the limit starts queued tasks at once; lowering it starts none until enough have finished. */
  set size(width: number) {
    this.width = width;
    while (this.#running < this.width) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running++;
      next();
    }
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await task();
    } finally {
      // The slot goes directly to the next in line, without becoming free in between.
      const next = this.#running > this.width ? undefined : this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
