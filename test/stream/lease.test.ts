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

  it('has one holder, for as long as the holder renews it', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 60_000);
    assert.equal(a.lease.held, true);
    assert.equal(b.lease.held, false);
    assert.deepEqual(b.events, []);
    assert.deepEqual(a.events, ['won 1']);
  });

  it('passes within its time to live to another when its holder is gone, with a greater revision', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.engine.cut = true;
    await pass(clock, 5_500);
    assert.equal(b.lease.held, true);
    assert.match(b.events[0]!, /^won \d\d$/);
  });

  it('is not considered held by a process that could not renew it for three seconds, before it is free', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.engine.cut = true;
    for (let ms = 0; ms < 8_000; ms += 100) {
      await pass(clock, 100);
      assert.ok(!(a.lease.held && b.lease.held), `after ${ms} ms`);
    }
    assert.deepEqual(a.events, ['won 1', 'lost: not renewed in time']);
  });

  it('is not held by a process that wakes up after having been stopped, before any timer runs', async () => {
    const a = candidate('a');
    await pass(clock, 10_000);
    // What a stopped process sees: time has passed, its timers have not run yet.
    const { monotonic } = clock;
    clock.monotonic = () => monotonic.call(clock) + 10_000;
    assert.equal(a.lease.held, false);
  });

  it('is given back at once when its holder cannot do the work', async () => {
    const [a, b] = [candidate('a'), candidate('b')];
    await pass(clock, 10_000);
    a.state.eligible = false;
    await pass(clock, 1_100);
    assert.equal(b.lease.held, true);
    assert.equal(a.events.at(-1), 'lost: not able to lead');
  });

  it('stays with its last holder when the engine was away for a while', async () => {
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

  it('is kept where only the confirmations of renewals were lost', async () => {
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
