import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { RequestRate } from '../../../src/server/northbound/security/rate-limiter.js';

describe('the request rate of a client', () => {
  it('allows a burst up to its limit, then the configured number per second', () => {
    const clock = new VirtualClock();
    const rate = new RequestRate(clock, { perSecond: 10, atOnce: 100 });
    const through = (wanted: number) => Array.from({ length: wanted }, () => rate.take()).filter(Boolean).length;
    assert.equal(through(150), 100);
    clock.advance(1_000);
    assert.equal(through(150), 10);
    clock.advance(3_600_000);
    assert.equal(through(150), 100, 'silence does not save up for more');
  });

  it('allows a request that exceeds the remaining budget, and the next one after the deficit is made up for', () => {
    const clock = new VirtualClock();
    const rate = new RequestRate(clock, { perSecond: 10, atOnce: 20 });
    assert.equal(rate.take(69), true);
    assert.equal(rate.wait, 5_000);
    assert.equal(rate.take(), false);
    clock.advance(5_000);
    assert.equal(rate.wait, 0);
    assert.equal(rate.take(), true);
  });

  it('is unlimited if no limit is set', () => {
    const rate = new RequestRate(new VirtualClock(), undefined);
    for (let n = 0; n < 10_000; n++) assert.equal(rate.take(), true);
  });
});
