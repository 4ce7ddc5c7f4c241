import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSql, ownStore, type SqlDatabase, SqliteStore } from '../../src/delivery/index.js';
import { delivery, openStore, storePath } from './helpers.js';

const NOW = 1_750_000_000_000;

describe('the store of deliveries', () => {
  it('has a delivery on disk when accept resolves, as shown by a store opened on a copy of the file', async () => {
    const path = storePath();
    const store = openStore({ path });
    const id = await store.accept(delivery(), NOW);
    // As after kill -9: nothing is closed; the files are copied as they are.
    const copy = storePath();
    for (const part of ['', '-wal']) if (existsSync(path + part)) writeFileSync(copy + part, readFileSync(path + part));
    const after = openStore({ path: copy });
    const [found] = await after.due('q1', NOW, 10);
    assert.deepEqual(
      { id: found?.id, body: found?.body, key: found?.key, acceptedAt: found?.acceptedAt },
      { id, body: '{"a":1}', key: 'key-1', acceptedAt: NOW },
    );
    await after.close();
    await store.close();
  });

  it('moves a corrupt file aside, with a message, and keeps working', async () => {
    const path = storePath();
    writeFileSync(path, 'This is not a database. '.repeat(500));
    const reports: string[] = [];
    const store = openStore({ path, report: (message) => reports.push(message) });
    const aside = readdirSync(dirname(path)).find((name) => name.includes('.corrupt-'));
    assert.ok(aside !== undefined, 'it was deleted');
    assert.match(readFileSync(join(dirname(path), aside), 'utf8'), /^This is not a database/);
    assert.equal(reports.length, 1);
    assert.match(reports[0]!, /CTIOS|kept as .*corrupt/);
    assert.ok((await store.accept(delivery(), NOW)) > NOW, 'ids of the damaged file are used again');
    assert.equal((await store.due('q1', NOW, 10)).length, 1);
    await store.close();
  });

  it('moves aside a file that is found to be damaged while in use', async () => {
    const path = storePath();
    const reports: string[] = [];
    let damaged = false;
    const store = openStore({
      path,
      report: (message) => reports.push(message),
      open(file) {
        const database = openSql(file);
        return {
          ...database,
          exec(sql) {
            if (damaged && sql.startsWith('BEGIN')) {
              damaged = false;
              throw new Error('database disk image is malformed');
            }
            database.exec(sql);
          },
        };
      },
    });
    damaged = true;
    await assert.rejects(store.accept(delivery(), NOW), { code: 'CTIOS_STORE_CORRUPT' });
    assert.equal(reports.length, 1);
    await store.accept(delivery(), NOW);
    assert.ok(readdirSync(dirname(path)).some((name) => name.includes('.corrupt-')));
    await store.close();
  });

  it('rejects a delivery that does not fit, keeps the others, and accepts deliveries again when there is space', async () => {
    const store = openStore({ maxPages: 40 });
    await store.accept(delivery({ key: 'first' }), NOW);
    const large = delivery({ key: 'large', order: 'o2', body: 'x'.repeat(300_000) });
    const results = await Promise.allSettled([
      store.accept(large, NOW),
      store.accept(delivery({ key: 'small', order: 'o3' }), NOW),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : 'accepted')),
      ['CTIOS_STORE_FULL', 'accepted'],
    );
    assert.deepEqual(
      (await store.due('q1', NOW, 10)).map(({ key }) => key),
      ['first', 'small'],
    );
    await store.close();
  });

  it('names a file that cannot be written', async () => {
    const readOnly = () => {
      const database = openSql(storePath());
      return {
        ...database,
        exec(sql: string) {
          if (sql.includes('CREATE TABLE')) throw new Error('attempt to write a readonly database');
          database.exec(sql);
        },
      };
    };
    assert.throws(() => openStore({ open: readOnly }), { code: 'CTIOS_STORE_READ_ONLY' });
  });

  it('belongs to one process at a time; the lock of a killed process does not block the next one', () => {
    const path = storePath();
    const living = new Map([
      [100, 'a'],
      [200, 'b'],
    ]);
    const as = (pid: number) => ({
      pid,
      alive: (other: number) => living.has(other),
      startOf: (other: number) => living.get(other),
    });
    const disown = ownStore(path, as(100));
    assert.throws(() => ownStore(path, as(200)), { code: 'CTIOS_STORE_IN_USE' });
    living.set(100, 'another process with the same number');
    ownStore(path, as(200));
    disown();
    assert.throws(
      () => ownStore(path, as(300)),
      { code: 'CTIOS_STORE_IN_USE' },
      'taken from its owner by the former one',
    );
    living.delete(200);
    ownStore(path, as(300))();
    assert.equal(existsSync(`${path}.owner`), false);
  });

  it('starts immediately with 50,000 waiting deliveries, and keeps none of them in memory', async function () {
    this.timeout(60_000);
    const path = storePath();
    const filling = openStore({ path });
    for (let batch = 0; batch < 50; batch++)
      await Promise.all(
        Array.from({ length: 1000 }, (_, index) =>
          filling.accept(
            delivery({ key: `k${batch}-${index}`, order: `o${(batch * 1000 + index) % 9000}`, body: 'x'.repeat(1500) }),
            NOW,
          ),
        ),
      );
    await filling.close();
    const { heapUsed } = process.memoryUsage();
    const store = new SqliteStore({ path, now: () => NOW, report: () => {} });
    assert.equal((await store.due('q1', NOW, 10)).length, 10);
    assert.equal(await store.waiting('q1'), 50_000);
    assert.ok(process.memoryUsage().heapUsed - heapUsed < 20_000_000, 'the deliveries are in memory');
    await store.close();
  });

  it('reads the data for the sidebar through indexes, without reading or sorting all deliveries', async () => {
    const asked = new Set<string>();
    let database: SqlDatabase | undefined;
    const store = openStore({
      open: (path) => {
        const opened = openSql(path);
        database = opened;
        const prepare = (sql: string) => {
          asked.add(sql);
          return opened.prepare(sql);
        };
        return { ...opened, prepare };
      },
    });
    await store.accept(delivery(), NOW);
    asked.clear();
    await store.counts();
    await store.waiting('q1');
    for (const state of ['givenUp', 'waiting'] as const) await store.list({ limit: 200, state });
    assert.equal(asked.size, 4, [...asked].join('\n'));
    for (const sql of asked) {
      const plan = database!.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      for (const { detail } of plan) assert.match(String(detail), /USING (COVERING )?INDEX/, sql);
    }
  });
});
