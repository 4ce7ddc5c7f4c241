/** The behavior that the queue requires of each store: a local file and a real nats-server. */
import { strict as assert } from 'node:assert';
import { hasNatsServer, NatsServer } from '../../scripts/ha/nats-server.js';
import type { DeliveryStore } from '../../src/delivery/index.js';
import { needsNatsServer } from '../stream/needs-nats-server.js';
import { delivery, openStore } from './helpers.js';
import { SharedStores } from './shared-stores.js';

const NOW = 1_750_000_000_000;
const end = { state: 'sent', endedAt: NOW + 5, attempts: 1, status: 200 } as const;

describe('the store of deliveries in a local file', () => {
  let opened: DeliveryStore;
  afterEach(() => opened.close());
  contract(() => {
    opened = openStore();
    return Promise.resolve(opened);
  });
});

describe('the store of deliveries on an event stream', function () {
  this.timeout(60_000);
  let nats: NatsServer;
  let stores: SharedStores;
  before(function () {
    needsNatsServer(this);
  });
  beforeEach(async () => {
    nats = await new NatsServer().start();
    stores = new SharedStores(nats.url);
  });
  afterEach(async () => {
    if (!hasNatsServer) return;
    await stores.close();
    await nats.remove();
  });
  contract(() => stores.owner());

  it('returns all fields of a delivery, in another process and after a restart of NATS', async () => {
    const store = await stores.owner();
    const given = delivery({ key: 'Zoë ☎', body: 'Grüße ☎', headers: { 'x-a': 'b' } });
    const id = await store.accept(given, NOW);
    await store.retry(id, { nextAt: NOW + 7, attempts: 1, status: 503, error: 'no ☎', errorCode: 'X' });
    await store.close();
    await nats.stop('SIGKILL');
    await nats.start();
    const next = await stores.owner();
    assert.deepEqual(await next.due('q1', NOW + 7, 10), [
      {
        ...given,
        ...{ id, state: 'waiting', acceptedAt: NOW, agesFrom: NOW, nextAt: NOW + 7, attempts: 1 },
        ...{ status: 503, error: 'no ☎', errorCode: 'X' },
      },
    ]);
  });

  it('lets one process of a group make the deliveries that any of them accepts, and another one take over', async () => {
    const first = await stores.owner();
    const second = stores.open();
    const turns: boolean[] = [];
    const mine = new Promise<void>((resolve) => {
      second.watch({
        turn: (turn) => {
          turns.push(turn);
          resolve();
        },
      });
    });
    while ((await second.accept(delivery({ key: 'a' }), NOW).catch(() => 0)) === 0) await stores.turn();
    await first.accept(delivery({ key: 'b', order: 'other' }), NOW);
    while ((await first.waiting('q1')) < 2) await stores.turn();
    const keys = async (store: DeliveryStore) => (await store.due('q1', NOW, 10)).map(({ key }) => key);
    assert.deepEqual(await keys(first), ['a', 'b']);
    assert.deepEqual(await keys(second), []);
    assert.equal(await second.nextAt('q1', NOW - 1), undefined);
    // Changes by the other process are visible here, and can be changed again here.
    const [found] = (await first.list({ queue: 'q1' })) as readonly { id: number }[];
    await first.end(found!.id, end);
    while ((await second.waiting('q1')) > 1) await stores.turn();
    assert.deepEqual(turns, []);
    await first.close();
    await mine;
    assert.deepEqual(turns, [true]);
    assert.deepEqual(await keys(second), ['a']);
    assert.deepEqual(
      (await second.unreported('q1')).map(({ key }) => key),
      ['b'],
    );
  });

  it('lists everything that any process has stored so far, once it is current', async () => {
    const first = await stores.owner();
    const second = stores.open();
    while (
      await second.current().then(
        () => false,
        () => true,
      )
    )
      await stores.turn();
    for (let n = 1; n <= 20; n++) {
      const id = await first.accept(delivery({ key: `k${n}`, order: `o${n}` }), NOW);
      if (n % 2 === 0) await first.end(id, end);
      await second.current();
      const [newest] = await second.list({ limit: 1 });
      assert.deepEqual([newest?.key, newest?.state], [`k${n}`, n % 2 === 0 ? 'sent' : 'waiting']);
    }
  });

  it('makes a transition once, whichever process requests it', async () => {
    const first = await stores.owner();
    const second = stores.open();
    const id = await first.accept(delivery(), NOW);
    while ((await second.waiting('q1')) < 1) await stores.turn();
    const gone = { ...end, state: 'givenUp' } as const;
    const made = await Promise.all([first.discard(id, gone), second.discard(id, gone)]);
    assert.deepEqual(made.filter(Boolean), [true]);
  });

  it('rejects deliveries while NATS is unreachable, with a reason, and accepts them again when it is back', async () => {
    const store = await stores.owner();
    await store.accept(delivery({ key: 'before' }), NOW);
    const told: (string | undefined)[] = [];
    let change = (): void => {};
    const next = () => new Promise<void>((resolve) => (change = resolve));
    store.watch({
      reachable: (problem) => {
        told.push(problem?.code);
        change();
      },
    });
    const lost = next();
    await nats.stop('SIGKILL');
    await lost;
    await assert.rejects(store.accept(delivery({ key: 'meanwhile' }), NOW), { code: 'CTIOS_STORE_AWAY' });
    assert.deepEqual(told, ['CTIOS_STORE_AWAY']);
    const back = next();
    await nats.start();
    await back;
    assert.deepEqual(told, ['CTIOS_STORE_AWAY', undefined]);
    while ((await store.due('q1', NOW, 10)).length === 0) await stores.turn();
    await store.accept(delivery({ key: 'after', order: 'o2' }), NOW);
    const keys = (await store.list({})).map(({ key }) => key);
    assert.ok(keys.includes('before') && keys.includes('after'), String(keys));
  });

  it('rejects a message that exceeds the limit of NATS, and names the limit', async () => {
    const store = await stores.owner();
    await assert.rejects(store.accept(delivery({ body: 'x'.repeat(1_048_576) }), NOW), {
      code: 'CTIOS_BODY_TOO_LARGE',
      message: /the limit of NATS is 1047552/,
    });
  });

  it('removes the content when the flow has the result, and the delivery from NATS when it is old', async () => {
    const store = await stores.owner();
    const id = await store.accept(delivery(), NOW);
    await store.end(id, end);
    await store.reported(id);
    assert.doesNotMatch(await stores.stored(), /payload/);
    await store.prune(NOW + 1000);
    assert.equal(await stores.stored(), '');
  });
});

function contract(open: () => Promise<DeliveryStore>): void {
  it('returns only the first delivery of each ordering key, and the next one when that has ended', async () => {
    const store = await open();
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
  });

  it('keeps queues separate', async () => {
    const store = await open();
    await store.accept(delivery({ queue: 'other' }), NOW);
    assert.deepEqual(await store.due('q1', NOW, 10), []);
    assert.equal((await store.due('other', NOW, 10)).length, 1);
  });

  it('resends deliveries that were given up, in order of acceptance, and discards waiting ones', async () => {
    const store = await open();
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
  });

  it('gives a resent delivery its full age limit and number of attempts', async () => {
    const store = await open();
    const id = await store.accept(delivery(), NOW);
    await store.end(id, { ...end, state: 'givenUp', attempts: 7, error: 'gone', errorCode: 'CTIOS_DELIVERY_EXPIRED' });
    await store.sendAgain(id, NOW + 50);
    const [again] = await store.due('q1', NOW + 50, 10);
    assert.deepEqual([again?.attempts, again?.agesFrom, again?.nextAt], [0, NOW + 50, NOW + 50]);
  });

  it('shifts the times of waiting deliveries with the clock, and corrects times set with a wrong clock', async () => {
    const store = await open();
    const id = await store.accept(delivery(), NOW);
    await store.retry(id, { nextAt: NOW + 500, attempts: 1, error: 'no', errorCode: 'X' });
    await store.shift('q1', 10_000);
    assert.equal(await store.nextAt('q1', NOW), NOW + 10_500);
    const at = async (when: number) =>
      (await store.due('q1', when, 10)).map(({ nextAt, agesFrom }) => [nextAt, agesFrom]);
    assert.deepEqual(await at(NOW + 10_500), [[NOW + 10_500, NOW + 10_000]]);
    await store.dueAtMost('q1', NOW + 10_500, NOW + 10_000);
    assert.equal(await store.nextAt('q1', NOW), NOW + 10_500, 'it is not later than that');
    await store.dueAtMost('q1', NOW + 2_000, NOW + 1_000);
    assert.deepEqual(await at(NOW + 1_000), [[NOW + 1_000, NOW + 1_000]]);
  });

  it('reports each end until it is marked as reported, then removes its content, and prunes it', async () => {
    const store = await open();
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
  });

  it('lists a period, newest first, without bodies and headers', async () => {
    const store = await open();
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
  });
}
