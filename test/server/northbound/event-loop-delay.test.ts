/** How late this process reads received data, as exported to Prometheus. */
import assert from 'node:assert/strict';
import { type Clock, systemClock } from '../../../src/common/clock.js';
import { eventLoopDelay } from '../../../src/server/observability/event-loop-delay.js';

function gaugeOf({ family }: ReturnType<typeof eventLoopDelay>): number {
  const [sample] = [...family.samples()];
  assert.deepEqual(sample?.[0], {});
  return sample[1];
}

describe('the gauge of the event loop', () => {
  /** A process whose turns take as long as a test specifies. */
  class Turns {
    #now = 1_000;
    #tick = (): void => {};
    readonly clock: Clock = {
      ...systemClock,
      monotonic: () => this.#now,
      every: (_ms, run) => {
        this.#tick = run;
        return { cancel: () => (this.#tick = () => {}) };
      },
    };

    pass(ms: number): void {
      this.#now += ms;
      this.#tick();
    }

    /** Not yet back in the event loop. */
    hold(ms: number): void {
      this.#now += ms;
    }
  }

  it('is the longest time without reading in the last minute, whoever has queried it before', () => {
    const turns = new Turns();
    const delay = eventLoopDelay(turns.clock);
    const idle = (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 20) turns.pass(20);
    };
    for (const ms of [20, 20, 320, 120, 20]) turns.pass(ms);
    assert.deepEqual([gaugeOf(delay), gaugeOf(delay)], [0.3, 0.3]);
    idle(59_000);
    assert.equal(gaugeOf(delay), 0.3);
    turns.pass(70);
    idle(6_500);
    assert.deepEqual([gaugeOf(delay), gaugeOf(delay)], [0.05, 0.05]);
    idle(66_000);
    assert.equal(gaugeOf(delay), 0);
    delay.stop();
  });

  it('includes a delay that is in progress when it is queried, once it is longer than the others', () => {
    const turns = new Turns();
    const delay = eventLoopDelay(turns.clock);
    turns.pass(20);
    assert.equal(gaugeOf(delay), 0);
    turns.hold(220);
    assert.equal(gaugeOf(delay), 0.2);
    turns.hold(200);
    assert.equal(gaugeOf(delay), 0.4);
    delay.stop();
  });

  it('includes a delay that is longer than the window', () => {
    const turns = new Turns();
    const delay = eventLoopDelay(turns.clock);
    turns.pass(200_020);
    assert.equal(gaugeOf(delay), 200);
    delay.stop();
  });

  it('measures a working process', () => {
    const delay = eventLoopDelay();
    const began = performance.now();
    while (performance.now() - began < 100);
    assert.ok(gaugeOf(delay) >= 0.08);
    delay.stop();
  });
});
