import assert from 'node:assert/strict';
import { VirtualClock } from '../../../../src/common/virtual-clock.js';
import { AdaptiveQueries } from '../../../../src/server/objects/statistics/adaptive-queries.js';
import { settled } from '../scripted-link.js';

describe('adaptive queries', () => {
  const clock = new VirtualClock();
  let asked: number[];
  let answers: (() => void)[];
  let inquiries: AdaptiveQueries<number>;
  beforeEach(() => {
    asked = [];
    answers = [];
    inquiries = new AdaptiveQueries(clock, (thing) => {
      asked.push(thing);
      return new Promise((resolve) => answers.push(resolve));
    });
  });
  const ask = (from: number, to: number) => {
    for (let thing = from; thing < to; thing++) void inquiries.ask(thing);
  };
  const answer = async (count: number) => {
    for (const each of answers.splice(0, count)) each();
    await settled();
  };

  it('are sent eight at a time; the others wait', async () => {
    ask(0, 20);
    assert.deepEqual(inquiries.load, { onTheirWay: 8, waiting: 12 });
    await answer(3);
    assert.deepEqual(inquiries.load, { onTheirWay: 8, waiting: 9 });
    assert.deepEqual(asked, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('that are already waiting are not queued again: many calls may end while responses are slow', async () => {
    ask(0, 20);
    for (let round = 0; round < 100; round++) ask(8, 20);
    assert.equal(inquiries.load.waiting, 12);
    await answer(8);
    await answer(8);
    assert.equal(asked.length, 20);
  });

  it('that are in progress are repeated once, because the response may be out of date', async () => {
    ask(0, 1);
    ask(0, 1);
    assert.deepEqual(asked, [0, 0]);
  });

  it('increase their concurrency with the round trip if many must finish in time, up to thirty-two, and decrease it again', async () => {
    inquiries.expect(600, 5_000);
    ask(0, 100);
    clock.advance(400);
    await answer(8);
    // Each response has a weight of one eighth: 600 queries of about 260 ms each within 5 s.
    assert.equal(inquiries.load.onTheirWay, 32);
    await answer(100);
    await answer(100);
    inquiries.expect(1, 5_000);
    ask(200, 300);
    assert.equal(inquiries.load.onTheirWay, 8);
  });
});
