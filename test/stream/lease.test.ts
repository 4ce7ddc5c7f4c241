import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Lease } from '../../src/stream/lease.js';
import { MemoryBroker } from './memory-engine.js';
import { pass } from './pass.js';

describe('a lease', () => {
  let clock: VirtualClock;
  let broker: MemoryBroker;

  beforeEach(() => {
    clock = new VirtualClock();
    broker = new MemoryBroker(clock);
  });

  function candidate(holder: string) {
    const engine = broker.connect();
    const events: string[] = [];
    const state = { eligible: true };
    const lease = new Lease({
      store: engine.leases,
      key: 'leader',
      holder,
      clock,
      eligible: () => state.eligible,
      won: (revision) => events.push(`won ${revision}`),
      lost: (reason) => events.push(`lost: ${reason}`),
    });
    lease.start(engine);
    return { lease, events, engine, state };
  }

  it('has one holder as long as the holder renews it', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 60_000);
    assert.equal(a.lease.held, true);
    assert.equal(b.lease.held, false);
    assert.deepEqual(b.events, []);
    assert.deepEqual(a.events, ['won 1']);
  });

  it('passes within four seconds to another candidate when its holder fails, with a greater revision', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.engine.cut = true;
    await pass(clock, 4_000);
    assert.equal(b.lease.held, true);
    assert.match(b.events[0]!, /^won \d\d$/);
  });

  it('is not considered held by a process that could not renew it for three seconds, even before it is free', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.engine.cut = true;
    for (let ms = 0; ms < 8_000; ms += 100) {
      await pass(clock, 100);
      assert.ok(!(a.lease.held && b.lease.held), `after ${ms} ms`);
    }
    assert.deepEqual(a.events, ['won 1', 'lost: not renewed in time']);
  });

  it('is not held by a process that resumes after being suspended, before any timer runs', async () => {
    const a = candidate('a');
    await pass(clock, 10_000);
    // A suspended process sees that time has passed, but its timers have not run yet.
    const { monotonic } = clock;
    clock.monotonic = () => monotonic.call(clock) + 10_000;
    assert.equal(a.lease.held, false);
  });

  it('is released immediately when its holder cannot do the work', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.state.eligible = false;
    await pass(clock, 1_100);
    assert.equal(b.lease.held, true);
    assert.equal(a.events.at(-1), 'lost: not able to lead');
  });

  it('stays with its last holder after an outage of the engine', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    broker.reachable = false;
    await pass(clock, 60_000);
    assert.equal(a.lease.held, false);
    broker.reachable = true;
    await pass(clock, 3_000);
    assert.equal(a.lease.held, true);
    assert.deepEqual(b.events, []);
  });

  it('is removed by the engine if there is no candidate', async () => {
    const a = candidate('a');
    await pass(clock, 10_000);
    a.engine.cut = true;
    await pass(clock, 5_000);
    assert.deepEqual(await broker.connect().leases.entries(), []);
  });

  it('stays with its holder if the engine was unreachable for less than its time to live', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    // The candidate is the first of the two to reconnect to the engine.
    a.state.eligible = false;
    await pass(clock, 1_000);
    a.state.eligible = true;
    await pass(clock, 5_000);
    assert.equal(b.lease.held, true);
    broker.reachable = false;
    await pass(clock, 4_000);
    broker.reachable = true;
    await pass(clock, 3_000);
    assert.equal(b.lease.held, true);
    assert.equal(a.events.filter((event) => event.startsWith('won')).length, 1);
  });

  it('is not taken over by a candidate that reads stale data from the engine', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    const old = await b.engine.leases.get('leader');
    b.engine.leases.get = () => Promise.resolve(old);
    await pass(clock, 20_000);
    assert.equal(a.lease.held, true);
    assert.deepEqual(b.events, []);
  });

  it('is kept if only the confirmations of renewals are lost', async () => {
    const a = candidate('a');
    await pass(clock, 10_000);
    const { update } = a.engine.leases;
    a.engine.leases.update = async (...args) => {
      await update(...args);
      throw new Error('the confirmation was lost');
    };
    await pass(clock, 1_500);
    a.engine.leases.update = update;
    await pass(clock, 5_000);
    assert.equal(a.lease.held, true);
    assert.deepEqual(a.events, ['won 1']);
  });
});
