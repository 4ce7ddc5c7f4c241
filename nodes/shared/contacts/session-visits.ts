/**
 * The visits of a session: kept on disk and, if events come from an event stream, shared with the other processes of the
 * group, so that a call that returns to a phone has the same key on the machine that takes over.
 */
import { systemClock } from '../../../src/common/clock.js';
import type { VisitLedger, VisitRecord } from '../../../src/screenpop/index.js';
import { type Runtime, visitJournalOf } from './visit-journal.js';

/** A call that returns later than this is rare; reading more would delay a takeover. In milliseconds. */
const SHARED_MS = 3_600_000;

/** The process as a member of a group of readers. */
interface Reader {
  readonly state: { readonly state: string };
  readonly visits: { put(name: string, value: string): void; recent(since: number): Promise<string[]> };
  beforeWork(prepare: () => Promise<void>): () => void;
}

/** The session whose visits these are. */
interface Host {
  readonly id: string;
  readonly reader: Reader | undefined;
  /** State that lives as long as the session. */
  getOrCreate(id: string, make: () => SharedVisits): SharedVisits | undefined;
}

/** The ledger for all nodes of the session. */
export function visitsOf(runtime: Runtime, host: Host): VisitLedger {
  const { ledger } = visitJournalOf(runtime, host.id);
  const { reader } = host;
  if (reader !== undefined)
    host.getOrCreate('visits', () => new SharedVisits(ledger, reader, (text) => runtime.log.warn(text)));
  return ledger;
}

class SharedVisits {
  readonly #stop: readonly (() => void)[];

  constructor(
    private readonly ledger: VisitLedger,
    private readonly reader: Reader,
    private readonly warn: (text: string) => void,
  ) {
    this.#stop = [
      ledger.onChange((record) => reader.visits.put(record.name, JSON.stringify(record))),
      reader.beforeWork(() => this.#load()),
    ];
    // The first of these nodes may be deployed while events already arrive.
    if (reader.state.state === 'working') void this.#load();
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
  }

  /** Events are not held back if it fails: only the numbers of returned calls depend on it. */
  async #load(): Promise<void> {
    try {
      for (const text of await this.reader.visits.recent(systemClock.now() - SHARED_MS)) {
        const record: unknown = JSON.parse(text);
        if (isRecord(record)) this.ledger.adopt(record);
      }
    } catch (error) {
      const { message } = error as Error;
      this.warn(
        `[ctios-session] The visits recorded by the other Node-RED instances of the group cannot be read: ${message}. A call that returns to the same phone may get the key of its previous visit.`,
      );
    }
  }
}

function isRecord(value: unknown): value is VisitRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { name, number, begun, open } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    Number.isSafeInteger(number) &&
    typeof open === 'boolean' &&
    Array.isArray(begun) &&
    begun.length > 0 &&
    begun.every(Number.isFinite)
  );
}
