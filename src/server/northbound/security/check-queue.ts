import { Queue } from '../../../common/queue.js';

/** Lower values come first. */
export type CheckPriority = 0 | 1 | 2;

/**
 * Limits the number of concurrent password checks. Agents who have authenticated at their address before come first,
 * addresses and agents with wrong passwords last: a flood of guesses does not delay agents at work.
 */
export class CheckQueue {
  #running = 0;
  readonly #waiting = [new Queue<() => void>(), new Queue<() => void>(), new Queue<() => void>()] as const;

  constructor(private readonly parallel: number) {}

  async run<Result>(priority: CheckPriority, check: () => Result | Promise<Result>): Promise<Result> {
    if (this.#running >= this.parallel) await new Promise<void>((start) => this.#waiting[priority].push(start));
    else this.#running++;
    try {
      return await check();
    } finally {
      const next = this.#waiting.find(({ size }) => size > 0)?.shift();
      // The slot goes directly to the next one, without becoming free in between.
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
