/**
 * SQLite, in one of two engines: Node.js's own from version 22.13, WebAssembly before. Both are synchronous and accept
 * the same SQL; they differ in how parameters are passed and how errors are identified.
 */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface SqlStatement {
  run(...values: SqlValue[]): { readonly changes: number; readonly id: number };
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
}

export interface SqlDatabase {
  readonly engine: 'node:sqlite' | 'node-sqlite3-wasm';
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

interface NodeSqlite {
  DatabaseSync: new (
    path: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
      get(...values: SqlValue[]): SqlRow | undefined;
      all(...values: SqlValue[]): SqlRow[];
    };
    close(): void;
  };
}

export function openSql(path: string): SqlDatabase {
  const own = nodeSqlite();
  return own === undefined ? openWasm(path) : openNative(own, path);
}

/** SQLite of Node.js, available without a flag since 22.13. */
function nodeSqlite(): NodeSqlite | undefined {
  return process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined;
}

function openNative({ DatabaseSync }: NodeSqlite, path: string): SqlDatabase {
  const database = new DatabaseSync(path);
  return {
    engine: 'node:sqlite',
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run(...values) {
          const { changes, lastInsertRowid } = statement.run(...values);
          return { changes: Number(changes), id: Number(lastInsertRowid) };
        },
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
      };
    },
    close: () => database.close(),
  };
}

/** Loaded only if needed: 1.3 MB of WebAssembly. */
function openWasm(path: string): SqlDatabase {
  const { Database } = require('node-sqlite3-wasm') as typeof import('node-sqlite3-wasm');
  const database = new Database(path);
  const open = new Set<WasmStatement>();
  return {
    engine: 'node-sqlite3-wasm',
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      let statement: WasmStatement | undefined;
      // A statement that failed once keeps failing, so the next use prepares a new one.
      const using = <T>(use: (statement: WasmStatement) => T): T => {
        const current = statement ?? database.prepare(sql);
        statement = current;
        open.add(current);
        try {
          return use(current);
        } catch (error) {
          statement = undefined;
          open.delete(current);
          finalize(current);
          throw error;
        }
      };
      return {
        run: (...values) =>
          using((each) => {
            const { changes, lastInsertRowid } = each.run(values);
            return { changes, id: Number(lastInsertRowid) };
          }),
        get: (...values) => using((each) => (each.get(values) as SqlRow | null) ?? undefined),
        all: (...values) => using((each) => each.all(values) as SqlRow[]),
      };
    },
    close() {
      // A database with open statements does not close.
      for (const statement of open) finalize(statement);
      database.close();
    },
  };
}

type WasmStatement = import('node-sqlite3-wasm').Statement;

function finalize(statement: WasmStatement): void {
  try {
    statement.finalize();
  } catch {
    // Finalizing repeats the error of the last use.
  }
}
