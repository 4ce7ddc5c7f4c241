import type { BenchRow } from './row.js';

/** One measurement: some rows of the table, taken together because they are compared with each other. */
export interface BenchCase {
  /** For `--only`. */
  readonly name: string;
  /** How it is measured, in a sentence. */
  readonly about: string;
  /** Seconds after which it is given up. @default 300 */
  readonly limitSeconds?: number;
  run(bench: Bench): Promise<readonly BenchRow[]> | readonly BenchRow[];
}

/** What a case is given. */
export class Bench {
  readonly #cleanups: (() => unknown)[] = [];

  constructor(readonly quick: boolean) {}

  /** So many; a tenth with `--quick`. */
  count(full: number): number {
    return this.quick ? Math.max(1, Math.ceil(full / 10)) : full;
  }

  /** To be done when the case is over, however it ends; what was begun last is ended first. */
  after(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  /** @returns what went wrong on the way */
  async cleanUp(): Promise<string[]> {
    const problems: string[] = [];
    for (const cleanup of this.#cleanups.splice(0).reverse()) {
      try {
        await cleanup();
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    return problems;
  }
}
