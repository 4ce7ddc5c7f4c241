/**
 * Keeps the records of a contact node for some days, beside the deliveries: a query can then compare what happened with
 * what a CRM has. A store that cannot be opened is tried again with the next record.
 */
import { systemClock } from '../../../src/common/clock.js';
import type { CallRecord } from '../../../src/contact/index.js';
import type { RecordLog } from '../../../src/delivery/index.js';
import type { Deliveries } from '../delivery/deliveries.js';

const DAY_MS = 86_400_000;
const PRUNE_MS = 3_600_000;

export class ContactLog {
  #log: Promise<RecordLog> | undefined;
  #open = false;
  #closed = false;
  #prunedAt = 0;
  readonly #pending = new Set<Promise<void>>();

  constructor(
    private readonly deliveries: Deliveries,
    private readonly days: number,
    /** Told what could not be kept. */
    private readonly failed: (error: unknown, record: CallRecord) => void,
  ) {}

  /** @param session id of the config node */
  keep(session: string, record: CallRecord): void {
    if (this.days === 0 || this.#closed) return;
    const kept: Promise<void> = this.#keep(session, record)
      .catch((error: unknown) => this.failed(error, record))
      .finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }

  /** What is under way is on disk when it resolves. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#pending);
    if (this.#open) await this.deliveries.release();
    this.#open = false;
  }

  async #keep(session: string, record: CallRecord): Promise<void> {
    const log = await this.#opened();
    const time = Date.parse(record.time);
    await log.keep({ source: session, key: record.key, time, body: JSON.stringify(record) });
    const now = systemClock.now();
    if (now - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = now;
    await log.prune(session, now - this.days * DAY_MS);
  }

  #opened(): Promise<RecordLog> {
    this.#log ??= this.deliveries.acquire().then(
      ({ records }) => {
        this.#open = true;
        return records;
      },
      (error: unknown) => {
        this.#log = undefined;
        throw error;
      },
    );
    return this.#log;
  }
}
