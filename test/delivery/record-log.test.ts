import { strict as assert } from 'node:assert';
import { openStore, storePath } from './helpers.js';

const NOW = 1_750_000_000_000;
const record = (key: string, time = NOW, source = 's1') => ({ source, key, time, body: JSON.stringify({ key }) });

describe('the log of records', () => {
  it('lists the records that one source wrote in a period, oldest first', async () => {
    const store = openStore();
    const { records } = store;
    await Promise.all([
      records.keep(record('b', NOW + 1)),
      records.keep(record('a', NOW)),
      records.keep(record('c', NOW + 2)),
      records.keep(record('other', NOW, 's2')),
    ]);
    const list = async (from: number, to: number, limit = 10) =>
      (await records.list({ sources: ['s1'], from, to, limit })).map(({ key }) => key);
    assert.deepEqual(await list(NOW, NOW + 3), ['a', 'b', 'c']);
    assert.deepEqual(await list(NOW + 1, NOW + 2), ['b'], 'the end of the period is not part of it');
    assert.deepEqual(await list(NOW, NOW + 3, 2), ['a', 'b']);
    assert.deepEqual(await records.list({ sources: [], from: 0, to: NOW * 2, limit: 10 }), []);
    await store.close();
  });

  it('removes records older than the retention time, for that source only', async () => {
    const store = openStore();
    const { records } = store;
    await records.keep(record('old', NOW - 2));
    await records.keep(record('new', NOW));
    await records.keep(record('other', NOW - 2, 's2'));
    await records.prune('s1', NOW - 1);
    const all = await records.list({ sources: ['s1', 's2'], from: 0, to: NOW * 2, limit: 10 });
    assert.deepEqual(
      all.map(({ key }) => key),
      ['other', 'new'],
    );
    await store.close();
  });

  it('has a record on disk when keep resolves', async () => {
    const path = storePath();
    const store = openStore({ path });
    await store.records.keep(record('a'));
    await store.close();
    const again = openStore({ path });
    const [found] = await again.records.list({ sources: ['s1'], from: 0, to: NOW * 2, limit: 1 });
    assert.deepEqual(found, record('a'));
    await again.close();
  });
});
