import assert from 'node:assert/strict';
import type { Clock, Timer } from '../../src/common/clock.js';
import { deadline } from '../../src/common/deadline.js';
import { Heartbeat } from '../../src/common/heartbeat.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Liveness } from '../../src/server/southbound/session/liveness.js';

/** The clock of a process that can be blocked: timers that become due meanwhile run late, before anything is read. */
class StallingClock implements Clock {
  readonly #timers = new VirtualClock();
  #late = 0;

  now = (): number => this.#timers.now() + this.#late;
  monotonic = (): number => this.#timers.monotonic() + this.#late;
  /** Advances the time. */
  advance = (ms: number): void => this.#timers.advance(ms);
  every = (ms: number, run: () => void): Timer => this.#timers.every(ms, run);

  after(ms: number, run: () => void): Timer {
    return this.#timers.after(ms + this.#late, run);
  }

  /** Blocks for this long, then runs the timers that have become due, in order. */
  stall(ms: number): void {
    const until = this.#timers.now() + ms;
    this.#late = ms;
    while (this.#timers.next !== undefined && this.#timers.next <= until) {
      this.#late -= Math.max(0, this.#timers.next - this.#timers.now());
      this.#timers.step();
    }
    const left = until - this.#timers.now();
    this.#late = 0;
    this.#timers.advance(left);
  }
}

describe('a deadline', () => {
  it('is exact to the millisecond in a process that is not blocked', () => {
    const clock = new VirtualClock();
    const began = clock.now();
    let at = 0;
    deadline(clock, 5_000, () => {
      at = clock.now() - began;
    });
    clock.advance(60_000);
    assert.equal(at, 5_000);
  });

  it('that passed while the process was blocked leaves time to read what has arrived', () => {
    const clock = new StallingClock();
    let over = false;
    const timer = deadline(clock, 5_000, () => {
      over = true;
    });
    clock.stall(30_000);
    assert.equal(over, false);
    timer.cancel();
    clock.advance(60_000);
    assert.equal(over, false, 'answered');
    deadline(clock, 5_000, () => {
      over = true;
    });
    clock.stall(30_000);
    clock.advance(1_000);
    assert.equal(over, true, 'not answered');
  });
});

describe('a process that was blocked', () => {
  it('does not treat a silent CTI Server as dead before its heartbeat could be answered', () => {
    const clock = new StallingClock();
    let dead = 0;
    const probes: number[] = [];
    const options = { clock, intervalMs: 5_000, misses: 3, probe: () => probes.push(clock.now()), dead: () => dead++ };
    const liveness = new Liveness(options);
    clock.stall(60_000);
    clock.advance(1_100);
    assert.deepEqual([probes.length, dead], [1, 0]);
    liveness.received();
    clock.advance(4_000);
    assert.equal(dead, 0);
    clock.advance(60_000);
    assert.equal(dead, 1, 'and finds it out if it is');
  });

  it('sends a heartbeat to the other side before it gives up a connection', () => {
    const clock = new StallingClock();
    let silent = 0;
    const asked: number[] = [];
    const owner = { ask: (id: number) => asked.push(id), missed: () => {}, silent: () => silent++ };
    const heartbeat = new Heartbeat(clock, 5_000, 3, owner);
    clock.advance(15_000);
    assert.equal(asked.length, 3, 'at 5, 10 and 15 s, and the answers lie in the socket');
    clock.stall(5_400);
    assert.equal(silent, 0);
    heartbeat.heard();
    clock.advance(4_000);
    assert.equal(silent, 0);
    heartbeat.stop();
  });
});
