import { strict as assert } from 'node:assert';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Ownership } from '../../src/delivery/jetstream/ownership.js';
import { MemoryBroker } from '../stream/memory-engine.js';
import { pass } from '../stream/pass.js';

describe('the process of a group that makes the deliveries', () => {
  const clock = new VirtualClock();

  function setUp() {
    const broker = new MemoryBroker(clock);
    const turns: boolean[] = [];
    let end: (error?: Error) => void = () => {};
    const catchUp = () =>
      new Promise<void>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
      });
    const reader = { following: true, catchUp };
    const engine = broker.connect() as never;
    const ownership = new Ownership({ engine, group: 'node-red', name: 'a', clock }, reader, (mine) =>
      turns.push(mine),
    );
    ownership.start();
    return {
      ownership,
      turns,
      holder: () => broker.buckets.leases.get('group.node-red.deliveries')?.value,
      end: (error?: Error) => end(error),
    };
  }

  it('holds the lease, but makes none before it has read what the others have stored', async () => {
    const { ownership, turns, holder, end } = setUp();
    await pass(clock, 10_000);
    assert.match(holder() ?? '', /^a /);
    assert.deepEqual([ownership.mine, turns], [false, []]);
    end();
    await pass(clock, 1);
    assert.deepEqual([ownership.mine, turns], [true, [true]]);
    await ownership.stop();
    assert.deepEqual([ownership.mine, turns], [false, [true, false]]);
  });

  it('leaves the lease to others if it cannot read that, and tries again', async () => {
    const { ownership, turns, holder, end } = setUp();
    await pass(clock, 500);
    const before = holder();
    end(new Error('the connection to NATS was lost'));
    await pass(clock, 1);
    assert.equal(holder(), undefined);
    await pass(clock, 1_000);
    assert.equal(holder(), before);
    assert.deepEqual([ownership.mine, turns], [false, []]);
    end();
    await pass(clock, 1);
    assert.deepEqual(turns, [true]);
    await ownership.stop();
  });
});
