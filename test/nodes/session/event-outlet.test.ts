/** The queue of events for flows that are slower than the events: in virtual time, turn by turn of an event loop. */
import assert from 'node:assert/strict';
import { EventOutlet, MAX_WAITING_EVENTS, type WhenBehind } from '../../../nodes/shared/session/event-outlet.js';
import { VirtualClock } from '../../../src/common/virtual-clock.js';

interface Lost {
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

/** An event loop: work scheduled in one turn runs in the next, and only work takes time. */
class Loop {
  readonly clock = new VirtualClock();
  readonly delivered: number[] = [];
  readonly lags: number[] = [];
  readonly lost: Lost[] = [];
  readonly behind: boolean[] = [];
  longestTurn = 0;
  readonly outlet: EventOutlet;
  #scheduled: (() => void)[] = [];
  #afterThis: (() => void)[] = [];
  #fed = 0;
  #began = this.clock.monotonic();

  /** @param costMs the cost of each event in the flow */
  constructor(
    private readonly costMs: number,
    whenBehind: WhenBehind = 'hold',
  ) {
    this.outlet = new EventOutlet({
      clock: this.clock,
      nextTurn: (run) => this.#scheduled.push(run),
      afterThis: (run) => this.#afterThis.push(run),
      behindChanged: () => this.behind.push(this.outlet.behind),
      lost: (count, from, to) => this.lost.push({ count, from, to }),
      failed: (error) => {
        throw error;
      },
    });
    this.outlet.whenBehind = whenBehind;
  }

  get fed(): number {
    return this.#fed;
  }

  event(chosen = true): void {
    const n = this.#fed++;
    this.outlet.send({
      chosen,
      time: this.clock.now(),
      send: (lag) => {
        this.lags.push(lag);
        // As in Node-RED: the next node runs in the next turn.
        this.#scheduled.push(() => {
          this.delivered.push(n);
          this.clock.advance(this.costMs);
        });
      },
    });
  }

  /** Reads what has arrived so far, then runs what is scheduled. */
  turn(perSecond: number, chosen = () => true): void {
    const due = Math.floor(((this.clock.monotonic() - this.#began) / 1000) * perSecond);
    while (this.#fed < due) this.event(chosen());
    for (const run of this.#afterThis.splice(0)) run();
    const began = this.clock.monotonic();
    for (const run of this.#scheduled.splice(0)) run();
    this.longestTurn = Math.max(this.longestTurn, this.clock.monotonic() - began);
    this.clock.advance(1);
  }

  /** Runs turns without new events until nothing is scheduled. */
  drain(): void {
    while (this.#scheduled.length > 0 || this.#afterThis.length > 0) this.turn(0);
  }
}

describe('the event queue of flows', () => {
  it('is bypassed while the flows are fast enough', () => {
    const loop = new Loop(0.01);
    for (let turn = 0; turn < 2_000; turn++) loop.turn(20_000);
    loop.drain();
    assert.equal(loop.delivered.length, loop.fed);
    assert.ok(loop.lags.every((lag) => lag === 0));
    assert.deepEqual([loop.behind, loop.lost, loop.outlet.lagMs], [[], [], 0]);
  });

  it('feeds a slow flow in portions so that sockets are read in between, and reports its lag', () => {
    const loop = new Loop(5);
    const settled = 5_000;
    while (loop.clock.monotonic() - 1_767_600_000_000 < settled) loop.turn(2_000);
    loop.longestTurn = 0;
    for (let turn = 0; turn < 50; turn++) loop.turn(2_000);
    assert.ok(loop.longestTurn <= 110, `a turn of ${loop.longestTurn} ms`);
    assert.deepEqual(loop.behind, [true]);
    assert.ok(loop.outlet.lagMs > 1_000);
    assert.ok(loop.outlet.waiting > 1_000);
    loop.drain();
    assert.deepEqual(loop.behind, [true, false]);
    assert.equal(loop.outlet.lagMs, 0);
    assert.deepEqual(
      loop.delivered,
      Array.from({ length: loop.fed }, (_, n) => n),
      'in order, none missing',
    );
    assert.deepEqual(loop.lost, []);
  });

  it('is bounded: counts the events that exceed the limit, and reports them when there is space', () => {
    const loop = new Loop(5);
    for (let turn = 0; turn < 400; turn++) loop.turn(2_000);
    assert.ok(loop.outlet.waiting <= MAX_WAITING_EVENTS);
    loop.drain();
    assert.ok(loop.lost.length > 0 && loop.lost.every(({ count, from, to }) => count > 0 && from < to));
    const lost = loop.lost.reduce((sum, { count }) => sum + count, 0);
    assert.equal(loop.delivered.length + lost, loop.fed);
    assert.ok(loop.delivered.every((n, index) => index === 0 || n > loop.delivered[index - 1]!));
  });

  it('drops events that no node has selected, if configured, and keeps the selected ones', () => {
    const loop = new Loop(5, 'drop');
    let n = 0;
    const chosen = new Set<number>();
    const choose = () => {
      if (n++ % 20 !== 0) return false;
      chosen.add(n - 1);
      return true;
    };
    for (let turn = 0; turn < 300; turn++) loop.turn(2_000, choose);
    loop.drain();
    assert.ok(loop.outlet.waiting === 0 && loop.lost.length > 0);
    const lost = loop.lost.reduce((sum, { count }) => sum + count, 0);
    assert.equal(loop.delivered.length + lost, loop.fed);
    const delivered = new Set(loop.delivered);
    for (const each of chosen) assert.ok(delivered.has(each), `event ${each} was chosen`);
    assert.ok(loop.lags.every((lag) => lag < 20_000));
  });

  it('is flushed immediately when the nodes are replaced', () => {
    const loop = new Loop(5);
    for (let turn = 0; turn < 20; turn++) loop.turn(2_000);
    assert.ok(loop.outlet.waiting > 0);
    loop.outlet.flush();
    assert.equal(loop.outlet.waiting, 0);
    loop.drain();
    assert.equal(loop.delivered.length, loop.fed);
  });
});
