import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { RequestRate } from '../../../src/server/northbound/security/rate-limiter.js';

describe('the rate of a client', () => {
  it('lets as many through at once as may be, and then as many a second as may be', () => {
    const clock = new VirtualClock();
    const rate = new RequestRate(clock, { perSecond: 10, atOnce: 100 });
    const through = (wanted: number) => Array.from({ length: wanted }, () => rate.take()).filter(Boolean).length;
    assert.equal(through(150), 100);
    clock.advance(1_000);
    assert.equal(through(150), 10);
    clock.advance(3_600_000);
    assert.equal(through(150), 100, 'silence does not save up for more');
  });

  it('lets one through that costs more than there is, and the next when that is made up for', () => {
    const clock = new VirtualClock();
    const rate = new RequestRate(clock, { perSecond: 10, atOnce: 20 });
    assert.equal(rate.take(69), true);
    assert.equal(rate.wait, 5_000);
    assert.equal(rate.take(), false);
    clock.advance(5_000);
    assert.equal(rate.wait, 0);
    assert.equal(rate.take(), true);
  });

  it('has no limit where none is set', () => {
    const rate = new RequestRate(new VirtualClock(), undefined);
    for (let n = 0; n < 10_000; n++) assert.equal(rate.take(), true);
  });
});
