/** Queries for deliveries of this Node-RED and of the groups that it shares a queue with. */
import assert from 'node:assert/strict';
import { deliveryStores } from '../../nodes/shared/delivery/deliveries.js';
import { storeError } from '../../src/delivery/index.js';
import { delivery, openStore, Receiver } from '../delivery/helpers.js';
import { collectedBy, inNodeRed, load, node, sessionNode, tab } from './runtime.js';

interface Row {
  readonly key: string;
  readonly place?: string;
  readonly state: string;
}

/** Other tests of this process also leave deliveries in its directory. */
const QUEUES = [{ key: 'queue', value: 'here, shared, q1' }];

describe('a query for deliveries', () => {
  inNodeRed();
  let receiver: Receiver;
  const { openShared } = deliveryStores;
  beforeEach(async () => {
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    deliveryStores.openShared = openShared;
    await receiver.stop();
  });

  const flow = () => [
    sessionNode,
    { id: 's', type: 'ctios-session', connect: 'nats', natsServers: 'nats://n', natsSite: 'berlin', natsGroup: 'g' },
    ...[
      { id: 'here', wires: [['made'], []] },
      { id: 'shared', store: 'stream', session: 's', wires: [['made'], []] },
    ].map((each) => ({ z: tab.id, type: 'ctios-webhook', url: receiver.url, urlType: 'str', ...each })),
    { id: 'q', z: tab.id, type: 'ctios-query', session: 's1', query: 'deliveries', filter: QUEUES, wires: [['found']] },
    { id: 'e', z: tab.id, type: 'catch', scope: ['q'], wires: [['failed']] },
    ...['made', 'found', 'failed'].map((id) => ({ id, z: tab.id, type: 'collector', wires: [] })),
  ];
  const ask = (payload: object): void => node('q').receive({ payload } as never);
  const found = async (count: number): Promise<Row[]> =>
    (await collectedBy('found', count))[count - 1]!.payload as Row[];

  it('finds the deliveries of every queue, newest first, and reports where they are stored', async () => {
    const store = openStore();
    deliveryStores.openShared = () => store;
    const before = Date.now();
    await load(flow());
    // Accepted by another Node-RED of the group.
    await store.accept(delivery({ key: 'theirs' }), before - 1_000);
    node('here').receive({ payload: { key: 'ours' } } as never);
    node('shared').receive({ payload: { key: 'of the group' } } as never);
    await collectedBy('made', 2);
    ask({ from: before - 2_000 });
    const rows = await found(1);
    assert.deepEqual(rows.map(({ key, place }) => `${place ?? 'here'}: ${key}`).sort(), [
      'berlin/g: of the group',
      'berlin/g: theirs',
      'here: ours',
    ]);
    assert.equal(rows.at(-1)?.key, 'theirs');
    ask({ from: before - 2_000, limit: 2 });
    assert.deepEqual(await found(2), rows.slice(0, 2));
  });

  it('fails if one of the queues cannot be read, instead of omitting its deliveries', async () => {
    const store = openStore();
    const away = Object.assign(storeError('NATS is away', 'the queue'), { code: 'CTIOS_STORE_AWAY' });
    store.current = () => Promise.reject(away);
    deliveryStores.openShared = () => store;
    await load(flow());
    node('shared').receive({ payload: { key: 'of the group' } } as never);
    await collectedBy('made');
    ask({});
    const [failed] = (await collectedBy('failed')) as unknown as { error: { code: string } }[];
    assert.equal(failed?.error.code, 'CTIOS_STORE_AWAY');
  });
});
