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

  it('is the longest time without reading since it was last queried', () => {
    const turns = new Turns();
    const delay = eventLoopDelay(turns.clock);
    for (const ms of [20, 20, 320, 120, 20]) turns.pass(ms);
    assert.equal(gaugeOf(delay), 0.3);
    assert.equal(gaugeOf(delay), 0);
    turns.pass(70);
    assert.equal(gaugeOf(delay), 0.05);
  });

  it('includes a delay that is in progress when it is queried', () => {
    const turns = new Turns();
    const delay = eventLoopDelay(turns.clock);
    turns.pass(20);
    assert.equal(gaugeOf(delay), 0);
    turns.pass(520);
    assert.equal(gaugeOf(delay), 0.5);
    turns.hold(220);
    assert.equal(gaugeOf(delay), 0.2);
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
