/**
 * Deliveries in one SQLite file. Whatever is asked for in one turn is written in one transaction, so that a burst costs
 * one flush of the disk and not one for each; what was asked for resolves only after that flush.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type {
  Delivery,
  DeliveryCounts,
  DeliveryEnd,
  DeliveryRetry,
  DeliveryState,
  DeliverySummary,
  NewDelivery,
} from './delivery.js';
import type { DeliveryQuery, DeliveryStore } from './delivery-store.js';
import { openSql, type SqlDatabase, type SqlRow, type SqlStatement, type SqlValue } from './sql-engine.js';
import { storeError } from './store-errors.js';
import { ownStore } from './store-owner.js';

export interface SqliteStoreOptions {
  readonly path: string;
  /** For the name of a file that is moved aside. */
  readonly now: () => number;
  /** Receives what an administrator should know: a file that was moved aside. */
  readonly report: (message: string) => void;
  /** How large the file may become, in pages of 4 KiB. */
  readonly maxPages?: number;
  readonly open?: (path: string) => SqlDatabase;
  readonly own?: (path: string) => () => void;
}

/** 4 GiB. */
const MAX_PAGES = 1_048_576;
const DEFAULT_LIMIT = 1000;

/**
 * `head` marks the first waiting delivery of each ordering key: what is due is found without looking at all that wait
 * behind. The indexes leave out what has ended.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue TEXT NOT NULL, key TEXT NOT NULL, ordering TEXT NOT NULL,
  url TEXT NOT NULL, method TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, message TEXT NOT NULL,
  state TEXT NOT NULL, head INTEGER NOT NULL, reported INTEGER NOT NULL DEFAULT 0,
  acceptedAt INTEGER NOT NULL, agesFrom INTEGER NOT NULL, nextAt INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  endedAt INTEGER, status INTEGER, error TEXT, errorCode TEXT
);
CREATE INDEX IF NOT EXISTS due ON deliveries (queue, nextAt) WHERE state = 'waiting' AND head = 1;
CREATE INDEX IF NOT EXISTS waiting ON deliveries (queue, ordering, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS unreported ON deliveries (queue, id) WHERE state <> 'waiting' AND reported = 0;
CREATE INDEX IF NOT EXISTS ended ON deliveries (endedAt) WHERE state <> 'waiting';
CREATE INDEX IF NOT EXISTS states ON deliveries (queue, state, acceptedAt);
`;
const SUMMARY =
  'id, queue, key, ordering, url, method, state, acceptedAt, nextAt, attempts, endedAt, status, error, errorCode';

interface Job {
  run(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export class SqliteStore implements DeliveryStore {
  #database: SqlDatabase | undefined;
  #statements = new Map<string, SqlStatement>();
  #jobs: Job[] = [];
  #flush: NodeJS.Immediate | undefined;
  #disown: () => void;

  /** @throws CtiosError when the file cannot be used; one that is corrupt is moved aside, and a new one begun */
  constructor(private readonly options: SqliteStoreOptions) {
    const { path, own = ownStore } = options;
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.#disown = own(path);
    } catch (error) {
      throw storeError(error, path);
    }
    try {
      this.#open();
    } catch (error) {
      const known = storeError(error, path);
      if (known.code !== 'CTIOS_STORE_CORRUPT') {
        this.#disown();
        throw known;
      }
      this.#moveAside(known.message);
    }
  }

  get engine(): SqlDatabase['engine'] | undefined {
    return this.#database?.engine;
  }

  accept(delivery: NewDelivery, now: number): Promise<number> {
    return this.#write(() => {
      const { queue, key, order, url, method, headers, body, message } = delivery;
      const before = this.#sql(
        "SELECT 1 FROM deliveries WHERE queue = ? AND ordering = ? AND state = 'waiting' LIMIT 1",
      ).get(queue, order);
      return this.#sql(
        `INSERT INTO deliveries (queue, key, ordering, url, method, headers, body, message, state, head, acceptedAt, agesFrom, nextAt)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)`,
      ).run(
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
      return this.#read(
        `SELECT * FROM deliveries WHERE queue = ? AND nextAt <= ? AND state = 'waiting' AND head = 1 ORDER BY nextAt, id LIMIT ?`,
        queue,
        now,
        limit,
      ).map(deliveryOf);
    });
  }

  nextAt(queue: string, now: number): Promise<number | undefined> {
    return answer(() => {
      const [row] = this.#read(
        "SELECT nextAt FROM deliveries WHERE queue = ? AND nextAt > ? AND state = 'waiting' AND head = 1 ORDER BY nextAt LIMIT 1",
        queue,
        now,
      );
      return row === undefined ? undefined : Number(row.nextAt);
    });
  }

  retry(id: number, { nextAt, attempts, status, error, errorCode }: DeliveryRetry): Promise<void> {
    return this.#write(() => {
      this.#sql(
        "UPDATE deliveries SET nextAt = ?, attempts = ?, status = ?, error = ?, errorCode = ? WHERE id = ? AND state = 'waiting'",
      ).run(nextAt, attempts, status ?? null, error, errorCode, id);
    });
  }

  end(id: number, end: DeliveryEnd): Promise<void> {
    return this.#write(() => void this.#end(id, end));
  }

  unreported(queue: string): Promise<readonly Delivery[]> {
    return answer(() => {
      return this.#read(
        "SELECT * FROM deliveries WHERE queue = ? AND state <> 'waiting' AND reported = 0 ORDER BY id LIMIT 1000",
        queue,
      ).map(deliveryOf);
    });
  }

  /** What was sent is not kept longer than it is needed: it may hold customers' data. */
  reported(id: number): Promise<void> {
    return this.#write(() => {
      this.#sql(
        `UPDATE deliveries SET reported = 1, body = CASE state WHEN 'sent' THEN '' ELSE body END,
         message = CASE state WHEN 'sent' THEN '' ELSE message END WHERE id = ? AND state <> 'waiting'`,
      ).run(id);
    });
  }

  dueAtMost(queue: string, limit: number, at: number): Promise<void> {
    return this.#write(() => {
      this.#sql("UPDATE deliveries SET nextAt = ? WHERE queue = ? AND state = 'waiting' AND nextAt > ?").run(
        at,
        queue,
        limit,
      );
      this.#sql("UPDATE deliveries SET agesFrom = ? WHERE queue = ? AND state = 'waiting' AND agesFrom > ?").run(
        at,
        queue,
        at,
      );
    });
  }

  shift(queue: string, ms: number): Promise<void> {
    return this.#write(() => {
      this.#sql(
        "UPDATE deliveries SET nextAt = nextAt + ?, agesFrom = agesFrom + ? WHERE queue = ? AND state = 'waiting'",
      ).run(ms, ms, queue);
    });
  }

  waiting(queue: string): Promise<number> {
    return answer(() => {
      const [row] = this.#read("SELECT COUNT(*) AS n FROM deliveries WHERE queue = ? AND state = 'waiting'", queue);
      return Number(row?.n ?? 0);
    });
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
      return this.#read(
        `SELECT ${SUMMARY} FROM deliveries ${where} ORDER BY id DESC LIMIT ?`,
        ...given.map(([, value]) => value as SqlValue),
        limit,
      ).map(summaryOf);
    });
  }

  counts(): Promise<ReadonlyMap<string, DeliveryCounts>> {
    return answer(() => {
      const counts = new Map<string, { -readonly [K in keyof DeliveryCounts]: DeliveryCounts[K] }>();
      for (const { queue, state, n, oldest } of this.#read(
        'SELECT queue, state, COUNT(*) AS n, MIN(acceptedAt) AS oldest FROM deliveries GROUP BY queue, state',
      )) {
        const each = counts.get(String(queue)) ?? { waiting: 0, sent: 0, givenUp: 0 };
        counts.set(String(queue), each);
        each[state as DeliveryState] = Number(n);
        if (state === 'waiting') each.oldest = Number(oldest);
      }
      for (const [queue, each] of counts) {
        const [row] = this.#read(
          `SELECT error FROM deliveries WHERE queue = ? AND error IS NOT NULL ORDER BY id DESC LIMIT 1`,
          queue,
        );
        if (typeof row?.error === 'string') each.lastError = row.error;
      }
      return counts;
    });
  }

  sendAgain(id: number, now: number): Promise<boolean> {
    return this.#write(() => {
      const row = this.#sql("SELECT queue, ordering FROM deliveries WHERE id = ? AND state = 'givenUp'").get(id);
      if (row === undefined) return false;
      this.#sql(
        `UPDATE deliveries SET state = 'waiting', head = 0, reported = 0, attempts = 0, nextAt = ?, agesFrom = ?,
         endedAt = NULL WHERE id = ?`,
      ).run(now, now, id);
      this.#setHead(row);
      return true;
    });
  }

  discard(id: number, end: DeliveryEnd): Promise<boolean> {
    return this.#write(() => this.#end(id, end));
  }

  prune(before: number): Promise<void> {
    return this.#write(() => {
      this.#sql("DELETE FROM deliveries WHERE state <> 'waiting' AND reported = 1 AND endedAt < ?").run(before);
    });
  }

  close(): Promise<void> {
    return answer(() => {
      this.#commit();
      this.#closeDatabase();
      this.#disown();
    });
  }

  #end(id: number, { state, endedAt, attempts, status, error, errorCode }: DeliveryEnd): boolean {
    const row = this.#sql("SELECT queue, ordering FROM deliveries WHERE id = ? AND state = 'waiting'").get(id);
    if (row === undefined) return false;
    this.#sql(
      `UPDATE deliveries SET state = ?, head = 0, endedAt = ?, attempts = ?, status = ?, error = ?, errorCode = ? WHERE id = ?`,
    ).run(state, endedAt, attempts, status ?? null, error ?? null, errorCode ?? null, id);
    this.#setHead(row);
    return true;
  }

  /** The next of the ordering key moves up. */
  #setHead({ queue, ordering }: SqlRow): void {
    const key = [queue ?? '', ordering ?? ''];
    const where = "queue = ? AND ordering = ? AND state = 'waiting'";
    const first = this.#sql(`SELECT MIN(id) AS id FROM deliveries WHERE ${where}`).get(...key)?.id;
    if (typeof first !== 'number') return;
    this.#sql(`UPDATE deliveries SET head = 0 WHERE ${where} AND head = 1 AND id <> ?`).run(...key, first);
    this.#sql('UPDATE deliveries SET head = 1 WHERE id = ? AND head = 0').run(first);
  }

  #write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ run, resolve: resolve as (result: unknown) => void, reject });
      this.#flush ??= setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    clearImmediate(this.#flush);
    this.#flush = undefined;
    const jobs = this.#jobs.splice(0);
    if (jobs.length === 0) return;
    try {
      const results = this.#transaction(jobs);
      for (const [index, { resolve }] of jobs.entries()) resolve(results[index]);
    } catch (error) {
      // One that does not fit must not take the others with it.
      if (jobs.length === 1) jobs[0]!.reject(this.#failed(error));
      else for (const job of jobs) this.#alone(job);
    }
  }

  #alone(job: Job): void {
    try {
      const [result] = this.#transaction([job]);
      job.resolve(result);
    } catch (error) {
      job.reject(this.#failed(error));
    }
  }

  #transaction(jobs: readonly Job[]): unknown[] {
    this.#opened().exec('BEGIN IMMEDIATE');
    try {
      const results = jobs.map(({ run }) => run());
      this.#opened().exec('COMMIT');
      return results;
    } catch (error) {
      try {
        this.#opened().exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself, as it does when the disk is full.
      }
      throw error;
    }
  }

  #read(sql: string, ...values: SqlValue[]): SqlRow[] {
    try {
      return this.#sql(sql).all(...values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** A file that turns out to be corrupt while it is used is moved aside as well. */
  #failed(error: unknown): unknown {
    const known = storeError(error, this.options.path);
    if (known.code === 'CTIOS_STORE_CORRUPT' && this.#database !== undefined) {
      try {
        this.#moveAside(known.message);
      } catch (next) {
        return next;
      }
    }
    return known;
  }

  #sql(sql: string): SqlStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#opened().prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #opened(): SqlDatabase {
    if (this.#database === undefined) throw storeError('it is closed', this.options.path);
    return this.#database;
  }

  #open(): void {
    const { path, maxPages = MAX_PAGES, open = openSql } = this.options;
    const database = open(path);
    this.#database = database;
    // In this order: a write-ahead log without shared memory needs the exclusive lock.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec(`PRAGMA max_page_count = ${maxPages}`);
    database.exec(SCHEMA);
    // Reads every index that counts on start, so that damage there shows before anything is sent.
    database.prepare("SELECT COUNT(*) AS n FROM deliveries WHERE state = 'waiting'").get();
  }

  #closeDatabase(): void {
    this.#statements.clear();
    const database = this.#database;
    this.#database = undefined;
    try {
      database?.close();
    } catch {
      // Of a corrupt file.
    }
  }

  #moveAside(reason: string): void {
    const { path, now, report } = this.options;
    this.#closeDatabase();
    const stamp = new Date(now()).toISOString().replace(/[:.]/g, '-');
    const aside = `${path}.corrupt-${stamp}`;
    try {
      for (const part of ['', '-wal', '-journal']) {
        if (existsSync(path + part)) renameSync(path + part, aside + part);
      }
      this.#open();
      // An attempt that is under way must not end a delivery of the new file that happens to have its number.
      this.#opened().exec(`INSERT INTO sqlite_sequence (name, seq) VALUES ('deliveries', ${now()})`);
    } catch (error) {
      this.#disown();
      throw storeError(error, path);
    }
    report(
      `${reason} The damaged file was kept as ${aside}; deliveries that waited in it are not made. sqlite3 can recover its rows (.recover).`,
    );
  }
}

/** A synchronous engine behind an interface that others answer later: what is thrown becomes a rejection. */
function answer<T>(read: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(read());
  });
}

function deliveryOf(row: SqlRow): Delivery {
  return {
    ...summaryOf(row),
    headers: JSON.parse(String(row.headers)) as Record<string, string>,
    body: String(row.body),
    message: String(row.message),
    agesFrom: Number(row.agesFrom),
  };
}

function summaryOf(row: SqlRow): DeliverySummary {
  const { endedAt, status, error, errorCode } = row;
  return {
    id: Number(row.id),
    queue: String(row.queue),
    key: String(row.key),
    order: String(row.ordering),
    url: String(row.url),
    method: String(row.method),
    state: row.state as DeliveryState,
    acceptedAt: Number(row.acceptedAt),
    nextAt: Number(row.nextAt),
    attempts: Number(row.attempts),
    ...(typeof endedAt === 'number' ? { endedAt } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof error === 'string' ? { error } : {}),
    ...(typeof errorCode === 'string' ? { errorCode } : {}),
  };
}
