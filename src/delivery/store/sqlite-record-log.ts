/** Records in a table of an SQLite file. */
import type { KeptRecord, RecordLog, RecordQuery } from './record-log.js';
import type { SqlRow } from './sql-engine.js';
import { answer, type SqliteFile, type SqliteTable } from './sqlite-file.js';

export const RECORD_TABLE: SqliteTable = {
  schema: `
CREATE TABLE IF NOT EXISTS records (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, time INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS period ON records (source, time);
`,
};

export class SqliteRecordLog implements RecordLog {
  constructor(private readonly file: SqliteFile) {}

  keep({ source, key, time, body }: KeptRecord): Promise<void> {
    return this.file.write(() => {
      this.file.sql('INSERT INTO records (source, key, time, body) VALUES (?, ?, ?, ?)').run(source, key, time, body);
    });
  }

  list({ sources, from, to, limit }: RecordQuery): Promise<readonly KeptRecord[]> {
    return answer(() => {
      if (sources.length === 0) return [];
      const marks = sources.map(() => '?').join(', ');
      return this.file
        .read(
          `SELECT source, key, time, body FROM records WHERE source IN (${marks}) AND time >= ? AND time < ?
           ORDER BY time, id LIMIT ?`,
          ...sources,
          from,
          to,
          limit,
        )
        .map(recordOf);
    });
  }

  prune(source: string, before: number): Promise<void> {
    return this.file.write(() => {
      this.file.sql('DELETE FROM records WHERE source = ? AND time < ?').run(source, before);
    });
  }
}

function recordOf({ source, key, time, body }: SqlRow): KeptRecord {
  return { source: String(source), key: String(key), time: Number(time), body: String(body) };
}
