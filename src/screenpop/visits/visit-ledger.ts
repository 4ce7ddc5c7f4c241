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

/** Maximum number of earlier visits of a name that are recognized when their events are read again. */
const MAX_EARLIER = 10;

export interface Beginning {
  /** The time stamp of the event with which the first connection of the visit was first seen. */
  readonly begun: number;
  /** Whether it was found in a snapshot: it may be recorded already. */
  readonly found: boolean;
  /**
   * Whether it was read from an event stream that may have been read before. Its time stamp is the same for every
   * reader, so that a visit that is recorded already is recognized, even if it has ended since.
   */
  readonly replayed: boolean;
  /**
   * Whether events come from a stream, and those before a restart perhaps again: a call in a snapshot is then older than
   * what is recorded, also if its end is recorded.
   */
  readonly rereads: boolean;
  /** Number of the open visit with this name, as far as the caller knows; 0 if there is none. */
  readonly after: number;
}

/** Everything recorded about the visits with one name. */
export interface VisitRecord {
  readonly name: string;
  /** The number of the latest visit. */
  readonly number: number;
  /** When it and the visits before it began, the latest last; milliseconds since the epoch. */
  readonly begun: readonly number[];
  readonly open: boolean;
}

export class VisitLedger {
  readonly #known = new Map<string, VisitRecord>();
  readonly #listeners = new Set<(record: VisitRecord) => void>();
  /** @param written called for each change, to persist it */
  constructor(private readonly written: (entry: LedgerEntry) => void = () => {}) {}

  /** Restores entries written before a restart. */
  restore(entries: Iterable<LedgerEntry>): void {
    for (const entry of entries) {
      if ('ended' in entry) {
        const known = this.#known.get(entry.name);
        if (known !== undefined) this.#known.set(entry.name, { ...known, open: false });
      } else this.#put(entry.name, entry.number, entry.begun);
    }
  }

  /** The entries that a journal must contain, oldest first. */
  *entries(): Iterable<LedgerEntry> {
    for (const [name, { number, begun, open }] of this.#known) {
      for (const [index, each] of begun.entries())
        yield { name, number: number - begun.length + 1 + index, begun: each };
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
  begin(name: string, { begun, found, replayed, rereads, after }: Beginning): number {
    const known = this.#known.get(name);
    const again = replayed && known !== undefined ? numberOf(known, begun, after) : undefined;
    if (again !== undefined) {
      if (again === known!.number && !known!.open) this.#write(name, again, begun);
      return again;
    }
    // Already recorded by another follower of the same events, or by this process before it was restarted.
    if (known !== undefined && known.number > after) {
      if (known.open && (found || begun <= known.begun.at(-1)!)) return known.number;
      if (found && rereads) {
        this.#write(name, known.number, begun);
        return known.number;
      }
    }
    const number = (known?.number ?? 0) + 1;
    this.#write(name, number, begun);
    return number;
  }

  /** @param number absent if it is not known; an earlier visit whose events are read again does not end a later one */
  end(name: string, number?: number): void {
    const known = this.#known.get(name);
    if (!known?.open || (number !== undefined && number !== known.number)) return;
    this.#known.set(name, { ...known, open: false });
    this.written({ name, ended: true });
    this.#changed(name);
  }

  /** The listener receives each change, except what {@link adopt} takes over. @returns unsubscribes */
  onChange(listener: (record: VisitRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes over what another process has recorded, if it is more than is known here. */
  adopt(record: VisitRecord): void {
    const { name, number, begun, open } = record;
    const known = this.#known.get(name);
    if (known !== undefined && (known.number > number || (known.number === number && (open || !known.open)))) return;
    this.#keep(record);
    this.written({ name, number, begun: begun.at(-1)! });
    if (!open) this.written({ name, ended: true });
  }

  #write(name: string, number: number, begun: number): void {
    this.#put(name, number, begun);
    this.written({ name, number, begun });
    this.#changed(name);
  }

  #changed(name: string): void {
    const record = this.#known.get(name)!;
    for (const listener of this.#listeners) listener(record);
  }

  #put(name: string, number: number, begun: number): void {
    const before = this.#known.get(name);
    const earlier = before?.number === number - 1 ? before.begun.slice(1 - MAX_EARLIER) : [];
    this.#keep({
      name,
      number,
      begun: before?.number === number ? before.begun : [...earlier, begun],
      open: true,
    });
  }

  /** Keeps the record as the most recently used one. */
  #keep(record: VisitRecord): void {
    this.#known.delete(record.name);
    this.#known.set(record.name, record);
    if (this.#known.size > MAX_NAMES) this.#known.delete(this.#known.keys().next().value!);
  }
}

/** The number of the visit that began at this time; undefined if none is known, or only one the caller has open. */
function numberOf({ number, begun }: VisitRecord, time: number, after: number): number | undefined {
  const first = number - begun.length + 1;
  const index = begun.findIndex((each, at) => each === time && first + at > after);
  return index === -1 ? undefined : first + index;
}
