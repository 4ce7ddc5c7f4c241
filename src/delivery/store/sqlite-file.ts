/**
 * One SQLite file shared by several tables. All writes of one turn of the event loop are committed in one transaction,
 * so that a burst costs one flush of the disk instead of one per write; each write resolves only after that flush.
 */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSql, type SqlDatabase, type SqlRow, type SqlStatement, type SqlValue } from './sql-engine.js';
import { storeError } from './store-errors.js';
import { ownStore } from './store-owner.js';

export interface SqliteFileOptions {
  readonly path: string;
  /** Used in the name of a file that is moved aside. */
  readonly now: () => number;
  /** Reports to the administrator, for example a file that was moved aside. */
  readonly report: (message: string) => void;
  /** The maximum size of the file, in pages of 4 KiB. */
  readonly maxPages?: number;
  readonly open?: (path: string) => SqlDatabase;
  readonly own?: (path: string) => () => void;
}

/** The definition of a table. */
export interface SqliteTable {
  /** Creates the table if it does not exist. */
  readonly schema: string;
  /** Reads the indexes that matter at startup, so that damage is detected before anything is sent. */
  readonly check?: string;
  /** Called after a damaged file was moved aside. */
  readonly begunAnew?: (database: SqlDatabase, now: number) => void;
}

/** 4 GiB. */
const MAX_PAGES = 1_048_576;

interface Job {
  run(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export class SqliteFile {
  #database: SqlDatabase | undefined;
  #statements = new Map<string, SqlStatement>();
  #jobs: Job[] = [];
  #flush: NodeJS.Immediate | undefined;
  #disown: () => void;

  /** @throws CtiosError if the file cannot be used; a corrupt file is moved aside, and a new one is created */
  constructor(
    private readonly options: SqliteFileOptions,
    private readonly tables: readonly SqliteTable[],
  ) {
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

  close(): Promise<void> {
    return answer(() => {
      this.#commit();
      this.#closeDatabase();
      this.#disown();
    });
  }

  /** @param run makes its changes through {@link sql}, synchronously; the promise resolves when they are on disk */
  write<T>(run: () => T): Promise<T> {
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
      // A write that does not fit must not fail the others with it.
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
        // SQLite has already rolled back, for example because the disk is full.
      }
      throw error;
    }
  }

  read(sql: string, ...values: SqlValue[]): SqlRow[] {
    try {
      return this.sql(sql).all(...values);
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** A file found to be corrupt while in use is moved aside as well. */
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

  sql(sql: string): SqlStatement {
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
    // The order matters: a write-ahead log without shared memory requires the exclusive lock.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec(`PRAGMA max_page_count = ${maxPages}`);
    // One flush of the disk for all of them, not one for each; nothing is written if they exist.
    database.exec('BEGIN');
    for (const { schema } of this.tables) database.exec(schema);
    database.exec('COMMIT');
    for (const { check } of this.tables) if (check !== undefined) database.prepare(check).get();
  }

  #closeDatabase(): void {
    this.#statements.clear();
    const database = this.#database;
    this.#database = undefined;
    try {
      database?.close();
    } catch {
      // Closing a corrupt file may fail.
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
      for (const { begunAnew } of this.tables) begunAnew?.(this.#opened(), now());
    } catch (error) {
      this.#disown();
      throw storeError(error, path);
    }
    report(
      `${reason} The damaged file was kept as ${aside}; deliveries that waited in it are not made. sqlite3 can recover its rows (.recover).`,
    );
  }
}

/** Wraps a synchronous engine in an asynchronous interface: an exception becomes a rejection. */
export function answer<T>(read: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(read());
  });
}
