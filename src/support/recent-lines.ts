/** The last lines of a log, in memory. */
import type { Clock } from '../common/clock.js';

/** Longer lines are cut: the text of another program must not fill the memory. */
const MAX_LENGTH = 500;

export class RecentLines {
  readonly #lines: string[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly most = 200,
  ) {}

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** A line that equals the last one is not repeated. */
  add(text: string): void {
    const line = text.replace(/\s+/g, ' ').slice(0, MAX_LENGTH);
    if (this.#lines.at(-1)?.endsWith(` ${line}`)) return;
    this.#lines.push(`${new Date(this.clock.now()).toISOString()} ${line}`);
    if (this.#lines.length > this.most) this.#lines.shift();
  }
}
