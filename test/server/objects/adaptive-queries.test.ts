import assert from 'node:assert/strict';
import { VirtualClock } from '../../../src/common/virtual-clock.js';
import { AdaptiveQueries } from '../../../src/server/objects/statistics/adaptive-queries.js';
import { settled } from './scripted-link.js';

describe('inquiries', () => {
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

  it('are eight at a time, the others wait their turn', async () => {
    ask(0, 20);
    assert.deepEqual(inquiries.load, { onTheirWay: 8, waiting: 12 });
    await answer(3);
    assert.deepEqual(inquiries.load, { onTheirWay: 8, waiting: 9 });
    assert.deepEqual(asked, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('about what waits already are not put into the line again: many calls may end while answers are slow', async () => {
    ask(0, 20);
    for (let round = 0; round < 100; round++) ask(8, 20);
    assert.equal(inquiries.load.waiting, 12);
    await answer(8);
    await answer(8);
    assert.equal(asked.length, 20);
  });

  it('about what is on its way are asked once more: the answer may be from before', async () => {
    ask(0, 1);
    ask(0, 1);
    assert.deepEqual(asked, [0, 0]);
  });

  it('widen with the round trip when many are to be through in time, to thirty-two at most, and narrow again', async () => {
    inquiries.expect(600, 5_000);
    ask(0, 100);
    clock.advance(400);
    await answer(8);
    // One answer in eight of the weight each: 600 questions of some 260 ms each within 5 s.
    assert.equal(inquiries.load.onTheirWay, 32);
    await answer(100);
    await answer(100);
    inquiries.expect(1, 5_000);
    ask(200, 300);
    assert.equal(inquiries.load.onTheirWay, 8);
  });
});
