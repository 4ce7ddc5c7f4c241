import assert from 'node:assert/strict';
import { PortionedWork } from '../../src/common/portioned-work.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

describe('work in portions', () => {
  const setUp = () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    function* work(): Generator<void> {
      for (const step of ['one', 'two', 'three']) {
        log.push(step);
        yield;
      }
      log.push('end');
    }
    return { clock, log, work };
  };

  it('starts immediately, and yields between portions', async () => {
    const { clock, log, work } = setUp();
    const portioned = new PortionedWork(clock, work());
    assert.deepEqual([log.join(), portioned.underWay], ['one', true]);
    clock.after(0, () => log.push('other'));
    clock.advance(0);
    assert.equal(log.join(), 'one,two,other,three,end');
    await portioned.ended;
    assert.equal(portioned.underWay, false);
  });

  it('finishes immediately if required, and leaves no timer behind', async () => {
    const { clock, log, work } = setUp();
    const portioned = new PortionedWork(clock, work());
    portioned.finishNow();
    assert.equal(log.join(), 'one,two,three,end');
    assert.equal(clock.pending, 0);
    await portioned.ended;
  });

  it('can request that itself', () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const own: { portioned?: PortionedWork } = {};
    own.portioned = new PortionedWork(
      clock,
      (function* () {
        yield;
        own.portioned?.finishNow();
        log.push('one');
        yield;
        log.push('two');
      })(),
    );
    clock.advance(0);
    assert.equal(log.join(), 'one,two');
  });

  it('rejects with the exception', async () => {
    const clock = new VirtualClock();
    const portioned = new PortionedWork(
      clock,
      (function* (): Generator<void> {
        yield;
        throw new Error('broken');
      })(),
    );
    portioned.finishNow();
    await assert.rejects(portioned.ended, /broken/);
  });
});
