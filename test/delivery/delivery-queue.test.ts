import { strict as assert } from 'node:assert';
import { seededRandom } from '../../src/common/random.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import {
  type AttemptResult,
  type Delivery,
  DeliveryQueue,
  type EndedDelivery,
  type SqliteStore,
} from '../../src/delivery/index.js';
import { delivery, openStore, retrySettings, storePath } from './helpers.js';

const delivered: AttemptResult = { outcome: 'delivered', answer: { status: 200, headers: {}, body: '' } };
const failed: AttemptResult = { outcome: 'failed', code: 'CTIOS_DELIVERY_FAILED', reason: 'it answered 503.' };

/** Lets the store write and the queue continue without advancing the time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

class Bench {
  readonly clock = new VirtualClock();
  readonly attempts: string[] = [];
  readonly ended: EndedDelivery[] = [];
  readonly problems: string[] = [];
  answer: (delivery: Delivery, signal: AbortSignal) => AttemptResult | Promise<AttemptResult> = () => delivered;
  store: SqliteStore;
  queue: DeliveryQueue;

  constructor(
    readonly path = storePath(),
    private readonly parallel = 4,
    private readonly retry = retrySettings,
  ) {
    this.store = openStore({ path });
    this.queue = this.#newQueue();
  }

  #newQueue(): DeliveryQueue {
    return new DeliveryQueue({
      queue: 'q1',
      store: this.store,
      clock: this.clock,
      random: seededRandom(1),
      parallel: this.parallel,
      retry: this.retry,
      attempt: async (each, signal) => {
        this.attempts.push(each.key);
        return this.answer(each, signal);
      },
      ended: (ended) => this.ended.push(ended),
      changed: (error) => {
        if (error !== undefined) this.problems.push(error.code);
      },
    });
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
  }

  async restart(): Promise<void> {
    await this.queue.stop(0);
    await this.store.close();
    this.store = openStore({ path: this.path });
    this.queue = this.#newQueue();
    await this.queue.start();
    await settle();
  }

  async close(): Promise<void> {
    await this.queue.stop(0);
    await this.store.close();
  }

  /** key:state of ended deliveries. */
  get ends(): string[] {
    return this.ended.map(({ delivery: { key }, end: { state } }) => `${key}:${state}`);
  }
}

describe('a queue of deliveries', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });
  afterEach(() => bench.close());

  const accept = (key: string, order = key) => bench.queue.accept(delivery({ key, order }));

  it('makes a delivery once and reports its end once', async () => {
    await bench.queue.start();
    await accept('a');
    await settle();
    assert.deepEqual(bench.attempts, ['a']);
    assert.deepEqual(bench.ends, ['a:sent']);
    await bench.pass(86_400_000);
    assert.deepEqual(bench.attempts, ['a']);
  });

  it('repeats with increasing delays until it is delivered', async () => {
    await bench.queue.start();
    const times: number[] = [];
    const start = bench.clock.now();
    bench.answer = () => {
      times.push(bench.clock.now() - start);
      return times.length < 5 ? failed : delivered;
    };
    await accept('a');
    await settle();
    for (let second = 0; second < 40; second++) await bench.pass(1_000);
    assert.equal(times.length, 5);
    const waits = times.slice(1).map((time, index) => time - times[index]!);
    for (const [index, wait] of waits.entries()) {
      const full = 1_000 * 2 ** index;
      assert.ok(wait >= full / 2 && wait <= full + 1_000, `${wait} after attempt ${index + 1}`);
    }
    assert.deepEqual(bench.ends, ['a:sent']);
    assert.equal(bench.ended[0]?.end.attempts, 5);
  });

  it('gives up when the delivery is too old, after a last attempt at that time', async () => {
    await bench.queue.start();
    bench.answer = () => failed;
    await accept('a');
    await settle();
    for (let minute = 0; minute < 61; minute++) await bench.pass(60_000);
    assert.deepEqual(bench.ends, ['a:givenUp']);
    assert.equal(bench.ended[0]?.end.errorCode, 'CTIOS_DELIVERY_EXPIRED');
    assert.match(bench.ended[0]?.end.error ?? '', /Not delivered within 3600 s. it answered 503/);
    const { length } = bench.attempts;
    await bench.pass(86_400_000);
    assert.equal(bench.attempts.length, length, 'sent for ever');
  });

  it('makes one attempt if the maximum age is 0, however fast it fails, and even if the clock is set back', async () => {
    for (const back of [0, 1_000]) {
      const own = new Bench(storePath(), 4, { ...retrySettings, maxAgeMs: 0 });
      await own.queue.start();
      own.answer = () => {
        own.clock.setWallClock(own.clock.now() - back);
        return failed;
      };
      await own.queue.accept(delivery({ key: 'a' }));
      await settle();
      await own.pass(60_000);
      assert.deepEqual([own.attempts, own.ends], [['a'], ['a:givenUp']], `set back ${back} ms`);
      assert.equal(own.ended[0]?.end.errorCode, 'CTIOS_DELIVERY_EXPIRED');
      await own.close();
    }
  });

  it('gives up immediately what is refused, and continues with the next delivery of the same key', async () => {
    await bench.queue.start();
    bench.answer = ({ key }) =>
      key === 'a' ? { outcome: 'refused', code: 'CTIOS_DELIVERY_REFUSED', reason: 'it answered 410.' } : delivered;
    await Promise.all([accept('a', 'j'), accept('b', 'j')]);
    await settle();
    assert.deepEqual(bench.attempts, ['a', 'b']);
    assert.deepEqual(bench.ends, ['a:givenUp', 'b:sent']);
  });

  it('keeps the order of a key while its first delivery is repeated, and continues with other keys', async () => {
    await bench.queue.start();
    let broken = true;
    bench.answer = ({ key }) => (key === 'a1' && broken ? failed : delivered);
    await Promise.all([accept('a1', 'a'), accept('a2', 'a'), accept('b1', 'b')]);
    await settle();
    assert.deepEqual(bench.attempts, ['a1', 'b1']);
    broken = false;
    await bench.pass(1_000);
    assert.deepEqual(bench.attempts, ['a1', 'b1', 'a1', 'a2']);
  });

  it('limits the number of concurrent deliveries', async () => {
    await bench.queue.start();
    const open: (() => void)[] = [];
    bench.answer = () => new Promise((resolve) => open.push(() => resolve(delivered)));
    await Promise.all(Array.from({ length: 10 }, (_, index) => accept(`k${index}`)));
    await settle();
    assert.equal(bench.queue.inFlight, 4);
    assert.equal(open.length, 4);
    open[0]!();
    await settle();
    assert.equal(open.length, 5);
    for (let index = 1; index < 10; index++) {
      open[index]!();
      await settle();
    }
    assert.equal(bench.ends.length, 10);
  });

  it('repeats a delivery on time while the response to another one is slow', async () => {
    await bench.queue.start();
    let answerSlow: (result: AttemptResult) => void = () => {};
    bench.answer = ({ key }) =>
      key === 'slow'
        ? new Promise((resolve) => {
            answerSlow = resolve;
          })
        : failed;
    await accept('slow');
    await accept('b');
    await settle();
    await bench.pass(1_500);
    assert.deepEqual(bench.attempts, ['slow', 'b', 'b']);
    answerSlow(delivered);
    await settle();
  });

  it('makes a delivery on time that becomes due while the store is read', async () => {
    await bench.queue.start();
    bench.answer = () => (bench.attempts.length === 1 ? failed : delivered);
    const due = bench.store.due.bind(bench.store);
    let slow = false;
    bench.store.due = async (...about) => {
      const found = await due(...about);
      // Its second attempt becomes due between this response and the next query.
      if (slow) bench.clock.advance(1_500);
      slow = false;
      return found;
    };
    await accept('a');
    await settle();
    slow = true;
    bench.queue.wake();
    await settle();
    await bench.pass(1);
    assert.deepEqual(bench.attempts, ['a', 'a']);
  });

  it('accepts deliveries before it is started, and makes them afterwards', async () => {
    await accept('a');
    await settle();
    assert.deepEqual(bench.attempts, []);
    await bench.queue.start();
    await settle();
    assert.deepEqual(bench.ends, ['a:sent']);
  });

  it('waits as long as the receiver requests', async () => {
    await bench.queue.start();
    bench.answer = () => (bench.attempts.length === 1 ? { ...failed, retryAfterMs: 30_000 } : delivered);
    await accept('a');
    await settle();
    await bench.pass(29_000);
    assert.equal(bench.attempts.length, 1);
    await bench.pass(2_000);
    assert.equal(bench.attempts.length, 2);
  });

  describe('with a receiver that asks to wait', () => {
    const busy = (ms: number, status = 429): AttemptResult => ({
      ...failed,
      retryAfterMs: ms,
      answer: { status, headers: {}, body: '' },
    });
    const to = (key: string, url: string) => bench.queue.accept(delivery({ key, order: key, url }));

    it('sends nothing else to that address meanwhile, and continues with others', async () => {
      await bench.queue.start();
      bench.answer = () => (bench.attempts.length === 1 ? busy(30_000) : delivered);
      await to('a', 'http://crm.example.com/pop?x=1');
      await settle();
      await to('b', 'http://crm.example.com/pop?x=2');
      await to('c', 'http://crm.example.com/note');
      await to('d', 'http://other.example.com/pop');
      await settle();
      assert.deepEqual(bench.attempts, ['a', 'c', 'd']);
      await bench.pass(29_000);
      assert.deepEqual(bench.attempts, ['a', 'c', 'd']);
      await bench.pass(1_100);
      assert.deepEqual(bench.attempts.slice(3).sort(), ['a', 'b']);
      assert.equal(bench.ends.length, 4);
    });

    it('resumes with a few requests, not with all waiting deliveries', async () => {
      await bench.queue.start();
      bench.answer = () => busy(10_000, 503);
      for (let each = 0; each < 20; each++) await to(`k${each}`, 'http://crm.example.com/pop');
      await settle();
      const first = bench.attempts.length;
      assert.ok(first <= 4, String(first));
      await bench.pass(10_000);
      assert.ok(bench.attempts.length - first <= 4, String(bench.attempts.length));
    });

    it('delays one delivery as requested, and the others no longer than between two attempts', async () => {
      await bench.queue.start();
      bench.answer = ({ key }) => (key === 'a' ? busy(1_800_000) : delivered);
      await to('a', 'http://crm.example.com/pop');
      await settle();
      await to('b', 'http://crm.example.com/pop');
      await bench.pass(retrySettings.maxDelayMs + 1_000);
      assert.deepEqual(bench.attempts, ['a', 'b']);
    });

    it('is not paused by a response about a single request', async () => {
      await bench.queue.start();
      bench.answer = ({ key }) => (key === 'a' ? busy(30_000, 425) : delivered);
      await to('a', 'http://crm.example.com/pop');
      await settle();
      await to('b', 'http://crm.example.com/pop');
      await settle();
      assert.deepEqual(bench.attempts, ['a', 'b']);
    });
  });

  it('continues after a restart where it stopped, in order, and repeats deliveries that were in progress', async () => {
    await bench.queue.start();
    bench.answer = (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ ...failed, reason: 'aborted' })));
    await Promise.all([accept('a', 'j'), accept('b', 'j')]);
    await settle();
    const stopping = bench.restart();
    await settle();
    bench.clock.advance(1);
    bench.answer = () => delivered;
    await stopping;
    await settle();
    assert.deepEqual(bench.attempts, ['a', 'a', 'b']);
    assert.deepEqual(bench.ends, ['a:sent', 'b:sent']);
    assert.equal(bench.ended[0]?.end.attempts, 1, 'the attempt that was cut off counts');
  });

  it('reports after a restart what ended without a notification of the flow', async () => {
    const id = await accept('a');
    await bench.queue.stop(0);
    await bench.store.end(id, { state: 'givenUp', endedAt: 5, attempts: 3, error: 'x', errorCode: 'E' });
    await bench.restart();
    assert.deepEqual(
      bench.ended.map(({ end, recovered }) => [end.state, end.attempts, recovered]),
      [['givenUp', 3, true]],
    );
    await bench.restart();
    assert.equal(bench.ended.length, 1, 'told again');
  });

  it('keeps its delays when the system clock is set forward or back', async () => {
    for (const jump of [-7_200_000, 7_200_000]) {
      const own = new Bench();
      await own.queue.start();
      own.answer = () => (own.attempts.length === 1 ? { ...failed, retryAfterMs: 10_000 } : failed);
      await own.queue.accept(delivery({ key: 'a' }));
      await settle();
      own.clock.setWallClock(own.clock.now() + jump);
      await own.queue.accept(delivery({ key: 'b', order: 'other' }));
      await settle();
      assert.equal(own.attempts.filter((key) => key === 'a').length, 1);
      await own.pass(11_000);
      assert.equal(own.attempts.filter((key) => key === 'a').length, 2, `after ${jump}`);
      assert.deepEqual(own.ends, [], 'it became old by the jump');
      await own.close();
    }
  });

  it('does not wait for hours because of times written with a wrong clock before the restart', async () => {
    const id = await accept('a');
    await bench.queue.stop(0);
    await bench.store.retry(id, { nextAt: 1e14, attempts: 1, error: 'x', errorCode: 'E' });
    await bench.restart();
    assert.deepEqual(bench.ends, ['a:sent']);
  });

  it('retries until an end is written: a failing store does not repeat a delivery', async () => {
    await bench.queue.start();
    const real = bench.store.end.bind(bench.store);
    let broken = 2;
    bench.store.end = (id, end) =>
      broken-- > 0 ? Promise.reject(Object.assign(new Error('full'), { code: 'CTIOS_STORE_FULL' })) : real(id, end);
    await accept('a');
    await settle();
    await bench.pass(1_000);
    await bench.pass(1_000);
    assert.deepEqual(bench.attempts, ['a']);
    assert.deepEqual(bench.ends, ['a:sent']);
    assert.ok(bench.problems.includes('CTIOS_STORE_FULL'));
  });

  it('rejects a delivery that is not on disk', async () => {
    bench.store.accept = () => Promise.reject(Object.assign(new Error('full'), { code: 'CTIOS_STORE_FULL' }));
    await assert.rejects(accept('a'), { code: 'CTIOS_STORE_FULL' });
    await settle();
    assert.deepEqual(bench.attempts, []);
  });
});
