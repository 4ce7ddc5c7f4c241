/**
 * The index of the deliveries of a table: correct after any changes, and read at a cost that does not grow with their
 * number.
 */
import { strict as assert } from 'node:assert';
import { seededRandom } from '../../src/common/random.js';
import type { DeliveryCounts, DeliveryState } from '../../src/delivery/index.js';
import { DeliveryIndex } from '../../src/delivery/jetstream/delivery-index.js';
import type { DeliveryHead } from '../../src/delivery/jetstream/delivery-row.js';

const STATES: readonly DeliveryState[] = ['waiting', 'sent', 'givenUp'];

const head = (id: number, changes: Partial<DeliveryHead> = {}): DeliveryHead => ({
  ...{ id, queue: 'q1', key: `key-${id}`, order: `order-${id}`, url: 'http://127.0.0.1/', method: 'POST' },
  ...{ state: 'waiting', acceptedAt: id, agesFrom: id, nextAt: id, attempts: 0, reported: false },
  ...changes,
});

/** Counts how often properties of heads are read. */
class CountedHeads {
  reads = 0;

  of(plain: DeliveryHead): DeliveryHead {
    return new Proxy(plain, {
      get: (target, property) => {
        this.reads++;
        return Reflect.get(target, property) as unknown;
      },
    });
  }

  during(work: () => void): number {
    const before = this.reads;
    work();
    return this.reads - before;
  }
}

describe('the index of the deliveries of a table', () => {
  it('returns the same result as counting and sorting all deliveries, after any changes', () => {
    const random = seededRandom(7);
    const below = (limit: number): number => Math.floor(random.next() * limit);
    const index = new DeliveryIndex();
    const truth = new Map<number, DeliveryHead>();
    for (let revision = 1; revision <= 3_000; revision++) {
      const id = 1 + below(120);
      if (below(5) === 0) {
        index.delete(id);
        truth.delete(id);
        continue;
      }
      const next = head(id, {
        queue: truth.get(id)?.queue ?? `q${below(3)}`,
        order: truth.get(id)?.order ?? `o${below(4)}`,
        // Accepted by processes with different clocks.
        acceptedAt: truth.get(id)?.acceptedAt ?? id + below(40),
        nextAt: below(200),
        state: STATES[below(3)]!,
        ...(below(3) === 0 ? { error: `error ${revision}` } : {}),
      });
      index.set(`row-${id}`, revision, next);
      truth.set(id, next);
      assert.deepEqual(index.counts(), counted(truth));
    }
    for (const query of [{}, { state: 'givenUp' }, { queue: 'q1' }, { from: 40, to: 90 }, { limit: 3 }] as const) {
      const { state, queue, from = 0, to = 1_000, limit = 1_000 } = query as Parameters<DeliveryIndex['list']>[0];
      const expected = [...truth.values()]
        .filter((each) => (state ?? each.state) === each.state && (queue ?? each.queue) === each.queue)
        .filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < to)
        .sort((a, b) => b.id - a.id)
        .slice(0, limit);
      assert.deepEqual(
        index.list(query).map(({ id }) => id),
        expected.map(({ id }) => id),
        JSON.stringify(query),
      );
    }
    assert.deepEqual(
      index.where(({ state }) => state === 'waiting').map(({ head: { id } }) => id),
      [...truth.values()]
        .filter(({ state }) => state === 'waiting')
        .map(({ id }) => id)
        .sort((a, b) => a - b),
    );
    index.clear();
    assert.deepEqual([index.counts().size, index.list({})], [0, []]);
  });

  it('costs the same to count and to list with 50,000 deliveries as with 500', () => {
    const costs = [500, 50_000].map((size) => {
      const heads = new CountedHeads();
      const index = new DeliveryIndex();
      for (let id = 1; id <= size; id++) {
        const changes = { queue: `q${id % 3}`, state: id % 50 === 0 ? ('givenUp' as const) : ('waiting' as const) };
        index.set(`row-${id}`, id, heads.of(head(id, { ...changes, ...(id % 5 === 0 ? { error: 'no' } : {}) })));
      }
      return {
        counts: heads.during(() => index.counts()),
        newest: heads.during(() => index.list({ limit: 5 })),
        givenUp: heads.during(() => index.list({ limit: 5, state: 'givenUp' })),
      };
    });
    assert.deepEqual(costs[1], costs[0]);
  });
});

function counted(truth: ReadonlyMap<number, DeliveryHead>): Map<string, DeliveryCounts> {
  const counts = new Map<string, { -readonly [K in keyof DeliveryCounts]: DeliveryCounts[K] }>();
  for (const { queue, state, acceptedAt, error } of [...truth.values()].sort((a, b) => a.id - b.id)) {
    const each = counts.get(queue) ?? { waiting: 0, sent: 0, givenUp: 0 };
    counts.set(queue, each);
    each[state]++;
    if (state === 'waiting') each.oldest = Math.min(acceptedAt, each.oldest ?? acceptedAt);
    if (error !== undefined) each.lastError = error;
  }
  return counts;
}
