import assert from 'node:assert/strict';
import { NatsServer } from '../../scripts/ha/nats-server.js';
import { systemClock } from '../../src/common/clock.js';
import type { DeliveredRecord } from '../../src/stream/engine.js';
import { NatsEngine } from '../../src/stream/nats/nats-engine.js';
import { needsNatsServer } from './needs-nats-server.js';

describe('the engine on NATS JetStream', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  const engines: NatsEngine[] = [];

  beforeEach(async function () {
    needsNatsServer(this);
    nats = await new NatsServer().start();
  });

  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.close();
    await nats?.remove();
  });

  async function engine(create = true): Promise<NatsEngine> {
    const opened = new NatsEngine(
      {
        servers: [nats.url],
        site: 'site',
        name: 'test',
        ...(create ? { create: { replicas: 1, maxAgeMs: 3_600_000 } } : {}),
      },
      systemClock,
      () => {},
    );
    engines.push(opened);
    opened.start();
    await connected(opened);
    return opened;
  }

  const connected = (opened: NatsEngine, wanted = true): Promise<void> =>
    new Promise((resolve) => {
      if (opened.connected === wanted) resolve();
      const stop = opened.onConnected((now) => {
        if (now !== wanted) return;
        stop();
        resolve();
      });
    });

  const record = (id: string, subject = 'ctios.site.ev.0.call.5000.1.OnCallBegin') => ({
    subject,
    id,
    body: `{"id":"${id}"}`,
  });

  it('stores a record only after the one it names, and only once even if it is sent repeatedly', async () => {
    const { log } = await engine();
    assert.equal(await log.last(), undefined);
    assert.equal(await log.append(record('1-0', 'ctios.site.epoch'), { lastOnSubject: 0 }), 1);
    assert.equal(await log.append(record('2-0', 'ctios.site.epoch'), { lastOnSubject: 0 }), undefined);
    assert.equal(await log.append(record('1-1'), { lastId: '1-0' }), 2);
    assert.equal(await log.append(record('1-1'), { lastId: '1-0' }), 2);
    assert.equal(await log.append(record('1-3'), { lastId: '1-2' }), undefined);
    assert.deepEqual(await log.last(), { ...record('1-1'), sequence: 2 });
    assert.equal((await log.last('ctios.site.epoch'))!.id, '1-0');
  });

  it('keeps these conditions after a restart of NATS', async () => {
    const opened = await engine();
    const { log } = opened;
    await log.append(record('1-0', 'ctios.site.epoch'), { lastOnSubject: 0 });
    await log.append(record('1-1'), { lastId: '1-0' });
    await nats.stop();
    await connected(opened, false);
    await assert.rejects(log.last());
    await nats.start();
    await connected(opened);
    assert.equal(await log.append(record('1-3'), { lastId: '1-2' }), undefined);
    assert.equal(await log.append(record('1-1'), { lastId: '1-0' }), 2);
    assert.equal(await log.append(record('1-2'), { lastId: '1-1' }), 3);
  });

  it('reads the log from a given record to its end', async () => {
    const { log } = await engine();
    await log.append(record('1-0', 'ctios.site.epoch'), { lastOnSubject: 0 });
    for (let n = 1; n <= 50; n++) await log.append(record(`1-${n}`), { lastId: `1-${n - 1}` });
    const read: string[] = [];
    await log.read(40, ({ id, sequence }) => read.push(`${sequence}:${id}`));
    assert.equal(read[0], '40:1-39');
    assert.equal(read.at(-1), '51:1-50');
    assert.equal(read.length, 12);
    await log.read(52, () => assert.fail('there is nothing behind the end'));
  });

  it('supports keys with revisions, including removed keys', async () => {
    const { leases, objects } = await engine();
    for (const bucket of [leases, objects]) {
      const first = await bucket.create('a.b=2E1', 'one');
      assert.equal(typeof first, 'number');
      assert.equal(await bucket.create('a.b=2E1', 'two'), undefined);
      const second = await bucket.update('a.b=2E1', 'two', first!);
      assert.equal(await bucket.update('a.b=2E1', 'three', first!), undefined);
      assert.deepEqual(await bucket.get('a.b=2E1'), { key: 'a.b=2E1', value: 'two', revision: second });
      assert.deepEqual(await bucket.entries(), [{ key: 'a.b=2E1', value: 'two', revision: second }]);
      await bucket.remove('a.b=2E1', second!);
      assert.equal(await bucket.get('a.b=2E1'), undefined);
      assert.deepEqual(await bucket.entries(), []);
      assert.ok((await bucket.create('a.b=2E1', 'four'))! > second!);
    }
  });

  it('finds the keys below a prefix that were written lately, oldest first', async () => {
    const { claims } = await engine();
    assert.deepEqual(await claims.recent('visit.a', 0), []);
    for (const [key, value] of [
      ['visit.a.1', 'x'],
      ['visit.a.2', 'y'],
      ['visit.b.1', 'z'],
      ['visit.a.1', 'w'],
    ])
      await claims.put(key!, value!);
    const found = (await claims.recent('visit.a', 0)).map(({ key, value }) => [key, value]);
    assert.deepEqual(found, [
      ['visit.a.2', 'y'],
      ['visit.a.1', 'w'],
    ]);
    assert.deepEqual(await claims.recent('visit.a', Date.now() + 3_600_000), []);
  });

  it('frees a lease that is not renewed', async () => {
    const { leases } = await engine();
    await leases.create('leader', 'a');
    let revision: number | undefined;
    while (revision === undefined) revision = await leases.create('leader', 'b');
    assert.equal((await leases.get('leader'))!.value, 'b');
  });

  it('delivers to a durable consumer from the last acknowledged record of the previous one', async () => {
    const { log, consumers } = await engine();
    await log.append(record('1-0', 'ctios.site.epoch'), { lastOnSubject: 0 });
    for (let n = 1; n <= 9; n++) await log.append(record(`1-${n}`), { lastId: `1-${n - 1}` });
    await consumers.create('group_1', 3);
    assert.deepEqual(await consumers.list('group'), [{ name: 'group_1', acknowledged: 2 }]);
    assert.deepEqual([...(await consumers.lags())], [['group', 8]]);
    const received = await new Promise<DeliveredRecord[]>((resolve) => {
      const all: DeliveredRecord[] = [];
      void consumers.consume(
        'group_1',
        (each) => {
          all.push(each);
          if (all.length === 8) resolve(all);
        },
        assert.fail,
      );
    });
    assert.deepEqual(
      received.map(({ sequence, delivery }) => [sequence, delivery]),
      [3, 4, 5, 6, 7, 8, 9, 10].map((sequence, index) => [sequence, index + 1]),
    );
    received[4]!.acknowledge();
    let at = 0;
    while (at !== 7) [{ acknowledged: at } = { acknowledged: 0 }] = await consumers.list('group');
    assert.deepEqual(await consumers.list('gro'), []);
    await consumers.remove('group_1');
    assert.deepEqual(await consumers.list('group'), []);
  });

  it('notifies the reader of a consumer that was removed', async () => {
    const { log, consumers } = await engine();
    await log.append(record('1-0', 'ctios.site.epoch'), { lastOnSubject: 0 });
    await consumers.create('group_1', 1);
    let ended!: Promise<string>;
    await new Promise<void>((delivered) => {
      ended = new Promise((resolve) => void consumers.consume('group_1', () => delivered(), resolve));
    });
    await consumers.remove('group_1');
    assert.match(await ended, /consumer/);
  });

  it('waits for a stream that another process creates', async () => {
    const waiting = new NatsEngine({ servers: [nats.url], site: 'site', name: 'reader' }, systemClock, (report) => {
      assert.match(report.reason ?? 'connected', /CTIOS_site does not exist|connected/);
    });
    engines.push(waiting);
    waiting.start();
    await assert.rejects(waiting.log.last());
    await engine();
    await connected(waiting);
    assert.equal(await waiting.log.last(), undefined);
  });
});
