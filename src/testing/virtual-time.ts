/**
 * The time of a flow test. Node-RED, its nodes, and the contact center use sinon's timers, which the test runs. Between
 * two timers all effects of the last one are completed: messages between nodes, promises, bytes on in-memory
 * connections, files. Only then does time advance to the next timer.
 */
import vm from 'node:vm';
import type { FakeClock, Sinon } from './peers.js';

/** Counts activities, to detect when nothing is in progress. */
export class Activity {
  count = 0;
}

/** Turns of the event loop without activity after which nothing is in progress. The longest silent path takes five. */
const QUIET_TURNS = 8;
/** Turns with activity after which a flow is considered to be in an endless loop. */
const MAX_TURNS = 200_000;
/** Work that Node.js has passed to threads: the event loop is idle, but a result will arrive. */
const UNDER_WAY = new Set([
  'FSReqCallback',
  'FSReqPromise',
  'FileHandleCloseReq',
  'RandomBytesRequest',
  'WorkRequest',
  'Zlib',
]);
/** How long threads may take, in real milliseconds: a pipe that nobody writes to must not block the test. */
const MAX_WAIT_MS = 10_000;
/** Turns after which waiting for threads leaves the processor to them. */
const BUSY_TURNS = 200;

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance', 'hrtime'];
const nextTurn = setImmediate;
const afterRealTime = setTimeout;
const realTime = performance.now.bind(performance);
const { createContext } = vm;

export class VirtualTime {
  readonly #clock: FakeClock;
  readonly #start: number;
  /** The number of operations in threads that will not end. */
  #endless = 0;

  constructor(
    sinon: Sinon,
    start: number,
    private readonly activity: Activity,
  ) {
    this.#start = start;
    this.#clock = sinon.useFakeTimers({ now: start, toFake: TIMERS, shouldClearNativeTimers: true });
    // Function nodes run in contexts, each of which has its own `Date`.
    vm.createContext = (sandbox, options) => Object.assign(createContext(sandbox as object, options), { Date });
  }

  /** Milliseconds since the start of the test. */
  get elapsed(): number {
    return this.#clock.now - this.#start;
  }

  /** Resolves when nothing is left to do before the next timer. */
  async quiet(): Promise<void> {
    let seen = this.activity.count;
    let still = 0;
    for (let active = 0; active < MAX_TURNS; ) {
      await turn();
      if (this.activity.count !== seen) {
        seen = this.activity.count;
        still = 0;
        active++;
      } else if (++still >= QUIET_TURNS) {
        if (!(await this.#threadsFinish(() => this.activity.count !== seen))) return;
        still = 0;
      }
    }
    throw new Error('The flow does not come to rest: messages go round in circles without any time passing.');
  }

  /** Waits in real time while threads have something to do. @returns whether they had */
  async #threadsFinish(interrupted: () => boolean): Promise<boolean> {
    let busy = busyThreads();
    if (busy <= this.#endless) return false;
    const from = realTime();
    for (let turns = 0; busy > this.#endless && !interrupted(); turns++) {
      if (realTime() - from > MAX_WAIT_MS) {
        this.#endless = busy;
        return true;
      }
      await (turns < BUSY_TURNS ? turn() : pause());
      busy = busyThreads();
    }
    return true;
  }

  /** Advances time by `ms`, with everything that happens meanwhile. */
  async advance(ms: number): Promise<void> {
    await this.until(() => false, ms);
  }

  /** Advances time until a condition is met. @returns false if it is not met within `ms` */
  async until(holds: () => boolean, ms: number): Promise<boolean> {
    await this.quiet();
    let over = false;
    const end = setTimeout(() => {
      over = true;
    }, ms);
    while (!holds()) {
      if (over) return false;
      this.#clock.next();
      await this.quiet();
    }
    clearTimeout(end);
    return true;
  }

  /** The result of a promise that may need time to pass. */
  async settled<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
    let pending = true;
    const end = () => {
      pending = false;
    };
    promise.then(end, end);
    await this.until(() => !pending, ms);
    // What takes real time, such as a socket that closes, gets some.
    for (const from = realTime(); pending && realTime() - from < MAX_WAIT_MS; ) await pause();
    if (pending) throw new Error(`${what} took longer than ${ms / 1_000} s of virtual time.`);
    return promise;
  }

  /** Restores the time of Node.js. */
  end(): void {
    this.#clock.restore();
    vm.createContext = createContext;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}

/** One millisecond of real time. */
function pause(): Promise<void> {
  return new Promise((resolve) => afterRealTime(resolve, 1));
}

/** How much Node.js has passed to threads. */
function busyThreads(): number {
  return process.getActiveResourcesInfo().filter((name) => UNDER_WAY.has(name)).length;
}
