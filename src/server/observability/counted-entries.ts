import type { Clock, Timer } from '../../common/clock.js';
import type { AuditEntry } from './audit.js';

/** How often one entry stands for the others, in milliseconds. */
const EVERY_MS = 1_000;

/**
 * What was turned away without being looked at: one entry of the audit log a second, with their number. One for each would
 * let a client fill the disk at the speed of its network.
 */
export class CountedEntries {
  readonly #last = new Map<string, { entry: AuditEntry; count: number }>();
  #timer: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly write: (entry: AuditEntry) => void,
  ) {}

  /** The entries of one code are counted together. */
  add(entry: AuditEntry): void {
    const code = entry.code ?? '';
    this.#last.set(code, { entry, count: (this.#last.get(code)?.count ?? 0) + 1 });
    this.#timer ??= this.clock.after(EVERY_MS, () => this.flush());
  }

  /** Writes what was counted so far. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const { entry, count } of this.#last.values()) this.write(count === 1 ? entry : { ...entry, count });
    this.#last.clear();
  }
}
