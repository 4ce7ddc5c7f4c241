/**
 * Stores the records of a contact node for some days, next to the deliveries, so that a query can compare them with the
 * records in a CRM. If the store cannot be opened, it is retried with the next record.
 */

import { systemClock } from '../../../src/common/clock.js';
import { DAY_MS } from '../../../src/common/durations.js';
import type { CallRecord } from '../../../src/contact/index.js';
import type { LocalStore, RecordLog } from '../../../src/delivery/index.js';
import type { Deliveries } from '../delivery/deliveries.js';

const PRUNE_MS = 3_600_000;

export class ContactLog {
  #log: Promise<RecordLog> | undefined;
  #open = false;
  #closed = false;
  #prunedAt = 0;
  readonly #pending = new Set<Promise<void>>();

  constructor(
    private readonly deliveries: Deliveries<LocalStore>,
    private readonly days: number,
    /** Receives what could not be stored. */
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

  /** Resolves when all pending records are on disk. */
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
