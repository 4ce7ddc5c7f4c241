/** Deliveries in a table of an SQLite file. */
import type {
  Delivery,
  DeliveryCounts,
  DeliveryEnd,
  DeliveryRetry,
  DeliveryState,
  DeliverySummary,
  NewDelivery,
} from '../delivery.js';
import { DELIVERIES_TABLE, deliveryOf, SUMMARY_COLUMNS, summaryOf } from './deliveries-table.js';
import type { DeliveryQuery, LocalStore, StoreWatcher } from './delivery-store.js';
import type { RecordLog } from './record-log.js';
import type { SqlDatabase, SqlRow, SqlValue } from './sql-engine.js';
import { answer, SqliteFile, type SqliteFileOptions } from './sqlite-file.js';
import { RECORD_TABLE, SqliteRecordLog } from './sqlite-record-log.js';

const DEFAULT_LIMIT = 1000;

export class SqliteStore implements LocalStore {
  readonly records: RecordLog;
  readonly #file: SqliteFile;

  /** @throws CtiosError if the file cannot be used; a corrupt file is moved aside, and a new one is created */
  constructor(options: SqliteFileOptions) {
    this.#file = new SqliteFile(options, [DELIVERIES_TABLE, RECORD_TABLE]);
    this.records = new SqliteRecordLog(this.#file);
  }

  get engine(): SqlDatabase['engine'] | undefined {
    return this.#file.engine;
  }

  /** The file belongs to this process. */
  watch(watcher: StoreWatcher): () => void {
    watcher.turn?.(true);
    return () => {};
  }

  accept(delivery: NewDelivery, now: number): Promise<number> {
    return this.#file.write(() => {
      const { queue, key, order, url, method, headers, body, message } = delivery;
      const before = this.#file
        .sql("SELECT 1 FROM deliveries WHERE queue = ? AND ordering = ? AND state = 'waiting' LIMIT 1")
        .get(queue, order);
      return this.#file
        .sql(
          `INSERT INTO deliveries (queue, key, ordering, url, method, headers, body, message, state, head, acceptedAt, agesFrom, nextAt)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)`,
        )
        .run(
          queue,
          key,
          order,
          url,
          method,
          JSON.stringify(headers),
          body,
          message,
          before === undefined ? 1 : 0,
          now,
          now,
          now,
        ).id;
    });
  }

  due(queue: string, now: number, limit: number): Promise<readonly Delivery[]> {
    return answer(() => {
      return this.#file
        .read(
          `SELECT * FROM deliveries WHERE queue = ? AND nextAt <= ? AND state = 'waiting' AND head = 1 ORDER BY nextAt, id LIMIT ?`,
          queue,
          now,
          limit,
        )
        .map(deliveryOf);
    });
  }

  nextAt(queue: string, now: number): Promise<number | undefined> {
    return answer(() => {
      const [row] = this.#file.read(
        "SELECT nextAt FROM deliveries WHERE queue = ? AND nextAt > ? AND state = 'waiting' AND head = 1 ORDER BY nextAt LIMIT 1",
        queue,
        now,
      );
      return row === undefined ? undefined : Number(row.nextAt);
    });
  }

  retry(id: number, { nextAt, attempts, status, error, errorCode }: DeliveryRetry): Promise<void> {
    return this.#file.write(() => {
      this.#file
        .sql(
          "UPDATE deliveries SET nextAt = ?, attempts = ?, status = ?, error = ?, errorCode = ? WHERE id = ? AND state = 'waiting'",
        )
        .run(nextAt, attempts, status ?? null, error, errorCode, id);
    });
  }

  end(id: number, end: DeliveryEnd): Promise<void> {
    return this.#file.write(() => void this.#end(id, end));
  }

  unreported(queue: string): Promise<readonly Delivery[]> {
    return answer(() => {
      return this.#file
        .read(
          "SELECT * FROM deliveries WHERE queue = ? AND state <> 'waiting' AND reported = 0 ORDER BY id LIMIT 1000",
          queue,
        )
        .map(deliveryOf);
    });
  }

  /** The content is not kept longer than necessary: it may contain customer data. */
  reported(id: number): Promise<void> {
    return this.#file.write(() => {
      this.#file
        .sql(
          `UPDATE deliveries SET reported = 1, body = CASE state WHEN 'sent' THEN '' ELSE body END,
         message = CASE state WHEN 'sent' THEN '' ELSE message END WHERE id = ? AND state <> 'waiting'`,
        )
        .run(id);
    });
  }

  dueAtMost(queue: string, limit: number, at: number): Promise<void> {
    return this.#file.write(() => {
      this.#file
        .sql("UPDATE deliveries SET nextAt = ? WHERE queue = ? AND state = 'waiting' AND nextAt > ?")
        .run(at, queue, limit);
      this.#file
        .sql("UPDATE deliveries SET agesFrom = ? WHERE queue = ? AND state = 'waiting' AND agesFrom > ?")
        .run(at, queue, at);
    });
  }

  shift(queue: string, ms: number): Promise<void> {
    return this.#file.write(() => {
      this.#file
        .sql("UPDATE deliveries SET nextAt = nextAt + ?, agesFrom = agesFrom + ? WHERE queue = ? AND state = 'waiting'")
        .run(ms, ms, queue);
    });
  }

  waiting(queue: string): Promise<number> {
    return answer(() => {
      const [row] = this.#file.read(
        "SELECT COUNT(*) AS n FROM deliveries WHERE queue = ? AND state = 'waiting'",
        queue,
      );
      return Number(row?.n ?? 0);
    });
  }

  /** No other process writes to the file. */
  current(): Promise<void> {
    return Promise.resolve();
  }

  list({ queue, state, from, to, limit = DEFAULT_LIMIT }: DeliveryQuery): Promise<readonly DeliverySummary[]> {
    return answer(() => {
      const conditions: [string, SqlValue | undefined][] = [
        ['queue = ?', queue],
        ['state = ?', state],
        ['acceptedAt >= ?', from],
        ['acceptedAt < ?', to],
      ];
      const given = conditions.filter(([, value]) => value !== undefined);
      const where = given.length === 0 ? '' : `WHERE ${given.map(([sql]) => sql).join(' AND ')}`;
      return this.#file
        .read(
          `SELECT ${SUMMARY_COLUMNS} FROM deliveries ${where} ORDER BY id DESC LIMIT ?`,
          ...given.map(([, value]) => value as SqlValue),
          limit,
        )
        .map(summaryOf);
    });
  }

  counts(): Promise<ReadonlyMap<string, DeliveryCounts>> {
    return answer(() => {
      const counts = new Map<string, { -readonly [K in keyof DeliveryCounts]: DeliveryCounts[K] }>();
      for (const { queue, state, n, oldest } of this.#file.read(
        'SELECT queue, state, COUNT(*) AS n, MIN(acceptedAt) AS oldest FROM deliveries GROUP BY queue, state',
      )) {
        const each = counts.get(String(queue)) ?? { waiting: 0, sent: 0, givenUp: 0 };
        counts.set(String(queue), each);
        each[state as DeliveryState] = Number(n);
        if (state === 'waiting') each.oldest = Number(oldest);
      }
      for (const [queue, each] of counts) {
        const [row] = this.#file.read(
          `SELECT error FROM deliveries WHERE queue = ? AND error IS NOT NULL ORDER BY id DESC LIMIT 1`,
          queue,
        );
        if (typeof row?.error === 'string') each.lastError = row.error;
      }
      return counts;
    });
  }

  sendAgain(id: number, now: number): Promise<boolean> {
    return this.#file.write(() => {
      const row = this.#file.sql("SELECT queue, ordering FROM deliveries WHERE id = ? AND state = 'givenUp'").get(id);
      if (row === undefined) return false;
      this.#file
        .sql(
          `UPDATE deliveries SET state = 'waiting', head = 0, reported = 0, attempts = 0, nextAt = ?, agesFrom = ?,
         endedAt = NULL WHERE id = ?`,
        )
        .run(now, now, id);
      this.#setHead(row);
      return true;
    });
  }

  discard(id: number, end: DeliveryEnd): Promise<boolean> {
    return this.#file.write(() => this.#end(id, end));
  }

  prune(before: number): Promise<void> {
    return this.#file.write(() => {
      this.#file.sql("DELETE FROM deliveries WHERE state <> 'waiting' AND reported = 1 AND endedAt < ?").run(before);
    });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #end(id: number, { state, endedAt, attempts, status, error, errorCode }: DeliveryEnd): boolean {
    const row = this.#file.sql("SELECT queue, ordering FROM deliveries WHERE id = ? AND state = 'waiting'").get(id);
    if (row === undefined) return false;
    this.#file
      .sql(
        `UPDATE deliveries SET state = ?, head = 0, endedAt = ?, attempts = ?, status = ?, error = ?, errorCode = ? WHERE id = ?`,
      )
      .run(state, endedAt, attempts, status ?? null, error ?? null, errorCode ?? null, id);
    this.#setHead(row);
    return true;
  }

  /** Promotes the next delivery of the ordering key. */
  #setHead({ queue, ordering }: SqlRow): void {
    const key = [queue ?? '', ordering ?? ''];
    const where = "queue = ? AND ordering = ? AND state = 'waiting'";
    const first = this.#file.sql(`SELECT MIN(id) AS id FROM deliveries WHERE ${where}`).get(...key)?.id;
    if (typeof first !== 'number') return;
    this.#file.sql(`UPDATE deliveries SET head = 0 WHERE ${where} AND head = 1 AND id <> ?`).run(...key, first);
    this.#file.sql('UPDATE deliveries SET head = 1 WHERE id = ? AND head = 0').run(first);
  }
}
