/** The table of deliveries in the SQLite file: its columns, and how its rows are read. */
import type { Delivery, DeliveryState, DeliverySummary } from '../delivery.js';
import type { SqlRow } from './sql-engine.js';
import type { SqliteTable } from './sqlite-file.js';

/**
 * `head` marks the first waiting delivery of each ordering key, so that due deliveries are found without examining all
 * others. Most indexes exclude ended deliveries. `listed` and `failed` serve the sidebar, which polls every few
 * seconds; as in every index, entries with the same value are ordered by id.
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
CREATE INDEX IF NOT EXISTS listed ON deliveries (state);
CREATE INDEX IF NOT EXISTS failed ON deliveries (queue) WHERE error IS NOT NULL;
`;
/** The columns of a summary. */
export const SUMMARY_COLUMNS =
  'id, queue, key, ordering, url, method, state, acceptedAt, nextAt, attempts, endedAt, status, error, errorCode';

export const DELIVERIES_TABLE: SqliteTable = {
  schema: SCHEMA,
  check: "SELECT COUNT(*) AS n FROM deliveries WHERE state = 'waiting'",
  // An attempt in progress must not end a delivery of the new file that happens to have the same number.
  begunAnew: (database, now) => database.exec(`INSERT INTO sqlite_sequence (name, seq) VALUES ('deliveries', ${now})`),
};

export function deliveryOf(row: SqlRow): Delivery {
  return {
    ...summaryOf(row),
    headers: JSON.parse(String(row.headers)) as Record<string, string>,
    body: String(row.body),
    message: String(row.message),
    agesFrom: Number(row.agesFrom),
  };
}

export function summaryOf(row: SqlRow): DeliverySummary {
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
