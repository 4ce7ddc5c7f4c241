import type { Clock, Timer } from './clock.js';

interface Entry {
  at: number;
  order: number;
  run: () => void;
}

/**
 * A clock that moves only when told to. Timers run in order of their due time, and in order of creation if the times
 * are equal, so that runs with the same seed are identical. Kept in a binary heap: a simulated week has hundreds of
 * thousands of timers.
 */
export class VirtualClock implements Clock {
  #now: number;
  /** Offset of the wall clock from the time that timers use. */
  #offset = 0;
  #order = 0;
  #heap: Entry[] = [];
  #cancelled = new Set<Entry>();

  /** @param start milliseconds since the epoch at which this clock begins */
  constructor(start = Date.UTC(2026, 0, 5, 8, 0, 0)) {
    this.#now = start;
  }

  now(): number {
    return this.#now + this.#offset;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the machine's clock forwards or backwards: time stamps jump, timers and intervals do not. */
  setWallClock(time: number): void {
    this.#offset = time - this.#now;
  }

  /** Number of timers that are still to run. */
  get pending(): number {
    return this.#heap.length - this.#cancelled.size;
  }

  /** When the next timer is due, in milliseconds since the epoch; undefined when none is left. */
  get next(): number | undefined {
    return this.#peek()?.at;
  }

  after(ms: number, run: () => void): Timer {
    const entry = this.#push(this.#now + Math.max(0, ms), () => {
      done = true;
      run();
    });
    let done = false;
    return {
      cancel: () => {
        if (done) return;
        done = true;
        this.#cancelled.add(entry);
        this.#compact();
      },
    };
  }

  every(ms: number, run: () => void): Timer {
    const period = Math.max(1, ms);
    let current: Timer;
    let stopped = false;
    const arm = () => {
      current = this.after(period, () => {
        arm();
        run();
      });
      if (stopped) current.cancel();
    };
    arm();
    return {
      cancel: () => {
        stopped = true;
        current.cancel();
      },
    };
  }

  /** Moves time forward by `ms`, running every timer that becomes due on the way, including those created meanwhile. */
  advance(ms: number): void {
    this.runUntil(this.#now + ms);
  }

  /** Moves time forward to `time` (milliseconds since the epoch). Cannot move backwards. */
  runUntil(time: number): void {
    if (time < this.#now) throw new RangeError('time does not run backwards');
    for (let next = this.#peek(); next !== undefined && next.at <= time; next = this.#peek()) {
      this.#pop();
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = time;
  }

  /** Runs the next timer, whenever it is due; false if there is none. */
  step(): boolean {
    const next = this.#peek();
    if (next === undefined) return false;
    this.#pop();
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }

  #peek(): Entry | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || !this.#cancelled.has(top)) return top;
      this.#pop();
      this.#cancelled.delete(top);
    }
  }

  #push(at: number, run: () => void): Entry {
    const entry = { at, order: this.#order++, run };
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
    return entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length > 0) this.#sink(last, 0);
  }

  #sink(entry: Entry, from: number): void {
    const heap = this.#heap;
    let index = from;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, entry)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = entry;
  }

  /** Removes cancelled timers, which must not accumulate: heartbeats are cancelled far more often than they run. */
  #compact(): void {
    if (this.#cancelled.size < 64 || this.#cancelled.size * 2 < this.#heap.length) return;
    const live = this.#heap.filter((entry) => !this.#cancelled.has(entry));
    this.#cancelled.clear();
    this.#heap = live;
    for (let index = (live.length >> 1) - 1; index >= 0; index--) this.#sink(live[index]!, index);
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
