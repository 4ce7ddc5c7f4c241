/**
 * Distinguishes visits with the same name. A switch may return a call to a phone under the same ids: journey, agent and
 * connection are those of the previous visit. The number of the visit cannot be derived from the call, so it is
 * recorded here: for all components that follow the visits of a session and, with a journal, across a restart.
 */

/** One line of the journal: a visit has begun or has ended. */
export type LedgerEntry =
  | { readonly name: string; readonly number: number; readonly begun: number }
  | { readonly name: string; readonly ended: true };

/** Maximum number of names; the least recently used ones are dropped. */
const MAX_NAMES = 20_000;

export interface Beginning {
  /** When the first connection of the visit was first seen. */
  readonly begun: number;
  /**
   * Whether it was found in a snapshot, or read from an event stream that may have been read before: it may be recorded
   * already.
   */
  readonly found: boolean;
  /** Number of the open visit with this name, as far as the caller knows; 0 if there is none. */
  readonly after: number;
}

interface Known {
  /** The number of the latest visit. */
  number: number;
  /** Milliseconds since the epoch. */
  begun: number;
  open: boolean;
}

export class VisitLedger {
  readonly #known = new Map<string, Known>();

  /** @param written called for each change, to persist it */
  constructor(private readonly written: (entry: LedgerEntry) => void = () => {}) {}

  /** Restores entries written before a restart. */
  restore(entries: Iterable<LedgerEntry>): void {
    for (const entry of entries) {
      if ('ended' in entry) {
        const known = this.#known.get(entry.name);
        if (known !== undefined) known.open = false;
      } else this.#put(entry.name, { number: entry.number, begun: entry.begun, open: true });
    }
  }

  /** The entries that a journal must contain, oldest first. */
  *entries(): Iterable<LedgerEntry> {
    for (const [name, { number, begun, open }] of this.#known) {
      yield { name, number, begun };
      if (!open) yield { name, ended: true };
    }
  }

  get size(): number {
    return this.#known.size;
  }

  /**
   * @param name the name of the visit, without a number
   * @returns 1 for the first visit under this name, 2 for the next
   */
  begin(name: string, { begun, found, after }: Beginning): number {
    const known = this.#known.get(name);
    // Already recorded by another follower of the same events, or by this process before it was restarted.
    if (known?.open && known.number > after && (found || begun <= known.begun)) return known.number;
    const number = (known?.number ?? 0) + 1;
    this.#put(name, { number, begun, open: true });
    this.written({ name, number, begun });
    return number;
  }

  end(name: string): void {
    const known = this.#known.get(name);
    if (!known?.open) return;
    known.open = false;
    this.written({ name, ended: true });
  }

  #put(name: string, known: Known): void {
    this.#known.delete(name);
    this.#known.set(name, known);
    if (this.#known.size > MAX_NAMES) this.#known.delete(this.#known.keys().next().value!);
  }
}
