import assert from 'node:assert/strict';
import { VirtualClock } from '../../src/common/virtual-clock.js';

describe('a virtual clock', () => {
  it('runs timers in order of time, and of creation for equal times', () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    clock.after(20, () => ran.push('late'));
    clock.after(10, () => ran.push('first'));
    clock.after(10, () => ran.push('second'));
    clock.advance(20);
    assert.deepEqual(ran, ['first', 'second', 'late']);
  });

  it('shows each timer its own time, and runs timers created meanwhile', () => {
    const clock = new VirtualClock(1_000);
    const seen: number[] = [];
    clock.after(5, () => {
      seen.push(clock.now());
      clock.after(5, () => seen.push(clock.now()));
    });
    clock.advance(10);
    assert.deepEqual(seen, [1_005, 1_010]);
    assert.equal(clock.now(), 1_010);
  });

  it('repeats until it is cancelled, also from within', () => {
    const clock = new VirtualClock(0);
    let count = 0;
    const timer = clock.every(10, () => {
      if (++count === 3) timer.cancel();
    });
    clock.advance(100);
    assert.equal(count, 3);
    assert.equal(clock.pending, 0);
  });

  it('releases cancelled timers, however many', () => {
    const clock = new VirtualClock(0);
    let ran = 0;
    for (let n = 0; n < 10_000; n++) {
      const timer = clock.after(n % 97, () => ran++);
      if (n % 10 !== 0) timer.cancel();
    }
    assert.equal(clock.pending, 1_000);
    clock.advance(100);
    assert.equal(ran, 1_000);
    assert.equal(clock.pending, 0);
  });

  it('never goes back', () => {
    const clock = new VirtualClock(100);
    assert.throws(() => clock.runUntil(99), RangeError);
  });
});
