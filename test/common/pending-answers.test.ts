import { strict as assert } from 'node:assert';
import { PendingAnswers } from '../../src/common/pending-answers.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';

function waiting(...ms: number[]) {
  const clock = new VirtualClock();
  const pending = new PendingAnswers<string>(clock);
  const overdue: string[] = [];
  for (const each of ms) pending.add(pending.nextId(), `${each} ms`, each, (entry) => overdue.push(entry));
  return { clock, pending, overdue };
}

describe('Requests that wait for a response', () => {
  it('end with their response, after which neither another response nor a timeout has an effect', () => {
    const { clock, pending, overdue } = waiting(10, 20);
    assert.equal(pending.take(1), '10 ms');
    assert.equal(pending.take(1), undefined);
    assert.equal(pending.get(2), '20 ms');
    clock.advance(10);
    assert.deepEqual(overdue, []);
    assert.equal(pending.size, 1);
  });

  it('end with their timeout, after which no response has an effect', () => {
    const { clock, pending, overdue } = waiting(10, 20);
    clock.advance(19);
    assert.deepEqual(overdue, ['10 ms']);
    assert.equal(pending.take(1), undefined);
    assert.deepEqual(pending.ids(), [2]);
  });

  it('are removed before they end, so that a callback can send a new request', () => {
    const clock = new VirtualClock();
    const pending = new PendingAnswers<string>(clock);
    let left = -1;
    pending.add(1, 'only', 10, () => {
      left = pending.size;
    });
    clock.advance(10);
    assert.equal(left, 0);
  });

  it('end together, oldest first, and leave no timer behind', () => {
    const { clock, pending, overdue } = waiting(30, 10, 20);
    assert.deepEqual(pending.takeAll(), ['30 ms', '10 ms', '20 ms']);
    assert.deepEqual([pending.size, clock.pending], [0, 0]);
    clock.advance(100);
    assert.deepEqual(overdue, []);
  });

  it('have unique numbers from 1, even if those of clients are in use', () => {
    const { pending } = waiting();
    pending.add(2, 'a number of a client', 10, () => {});
    assert.deepEqual([pending.nextId(), pending.nextId()], [1, 3]);
  });
});
