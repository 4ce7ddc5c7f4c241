import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSql, ownStore, SqliteStore } from '../../src/delivery/index.js';
import { delivery, openStore, storePath } from './helpers.js';

const NOW = 1_750_000_000_000;
const end = { state: 'sent', endedAt: NOW + 5, attempts: 1, status: 200 } as const;

describe('the store of deliveries', () => {
  it('has a delivery on disk when accept resolves: a store that is opened on a copy of the file has it', async () => {
    const path = storePath();
    const store = openStore({ path });
    const id = await store.accept(delivery(), NOW);
    // As after kill -9: nothing is closed, the files are what they are.
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

  it('gives only the first of each ordering key, and the next when that has ended', async () => {
    const store = openStore();
    const ids = await Promise.all(
      ['one', 'one', 'two'].map((order, index) => store.accept(delivery({ order, key: `k${index}` }), NOW)),
    );
    const due = async () => (await store.due('q1', NOW, 10)).map(({ key }) => key);
    assert.deepEqual(await due(), ['k0', 'k2']);
    await store.end(ids[0]!, end);
    assert.deepEqual(await due(), ['k1', 'k2']);
    await store.retry(ids[1]!, { nextAt: NOW + 100, attempts: 1, error: 'no', errorCode: 'X' });
    assert.deepEqual(await due(), ['k2']);
    assert.equal(await store.nextAt('q1', NOW - 1), NOW);
    assert.equal(await store.nextAt('q1', NOW), NOW + 100, 'what is due already hides nothing that is due later');
    await store.end(ids[2]!, end);
    assert.equal(await store.nextAt('q1', NOW), NOW + 100);
    assert.deepEqual(
      (await store.due('q1', NOW + 100, 10)).map(({ key, attempts }) => [key, attempts]),
      [['k1', 1]],
    );
    await store.close();
  });

  it('keeps queues apart', async () => {
    const store = openStore();
    await store.accept(delivery({ queue: 'other' }), NOW);
    assert.deepEqual(await store.due('q1', NOW, 10), []);
    assert.equal((await store.due('other', NOW, 10)).length, 1);
    await store.close();
  });

  it('sends again what was given up, in the order of acceptance, and discards what waits', async () => {
    const store = openStore();
    const first = await store.accept(delivery({ key: 'a' }), NOW);
    const second = await store.accept(delivery({ key: 'b' }), NOW);
    await store.end(first, { ...end, state: 'givenUp', error: 'gone', errorCode: 'CTIOS_DELIVERY_REFUSED' });
    assert.equal(await store.sendAgain(second, NOW), false, 'it waits already');
    assert.equal(await store.sendAgain(first, NOW + 1), true);
    assert.deepEqual(
      (await store.due('q1', NOW + 1, 10)).map(({ key }) => key),
      ['a'],
      'one of the journey only, the first',
    );
    assert.equal(await store.discard(first, { ...end, state: 'givenUp' }), true);
    assert.equal(await store.discard(first, { ...end, state: 'givenUp' }), false);
    assert.deepEqual(
      (await store.due('q1', NOW + 1, 10)).map(({ key }) => key),
      ['b'],
    );
    const counts = (await store.counts()).get('q1');
    assert.deepEqual([counts?.waiting, counts?.sent, counts?.givenUp, counts?.oldest], [1, 0, 1, NOW]);
    await store.close();
  });

  it('reports each end until it is marked, then forgets what was sent, and prunes it', async () => {
    const store = openStore();
    const id = await store.accept(delivery(), NOW);
    await store.end(id, end);
    assert.deepEqual(
      (await store.unreported('q1')).map(({ id, body }) => [id, body]),
      [[id, '{"a":1}']],
    );
    await store.prune(NOW + 1000);
    assert.equal((await store.list({})).length, 1, 'pruned before the flow knew');
    await store.reported(id);
    assert.deepEqual(await store.unreported('q1'), []);
    await store.prune(NOW + 1000);
    assert.deepEqual(await store.list({}), []);
    await store.close();
  });

  it('lists a period, newest first, and never the body or the headers', async () => {
    const store = openStore();
    for (const at of [1, 2, 3]) await store.accept(delivery({ key: `k${at}`, order: `o${at}` }), NOW + at);
    const listed = await store.list({ from: NOW + 2, to: NOW + 4 });
    assert.deepEqual(
      listed.map(({ key }) => key),
      ['k3', 'k2'],
    );
    for (const each of listed)
      assert.deepEqual(
        Object.keys(each).filter((key) => /body|headers|message/.test(key)),
        [],
      );
    await store.close();
  });

  it('moves a corrupt file aside, with a message, and works on', async () => {
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

  it('moves aside a file that turns out to be damaged while it is used', async () => {
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

  it('refuses what does not fit, keeps what it had, and accepts again when there is room', async () => {
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

  it('belongs to one process at a time; what a killed one left behind does not stop the next', () => {
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

  it('waits with 50,000 deliveries: starts at once, and holds none of them in memory', async function () {
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
});
