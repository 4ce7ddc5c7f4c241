import assert from 'node:assert/strict';
import { Queue } from '../../src/common/queue.js';

describe('a queue', () => {
  it('returns values in order, however it is filled and emptied', () => {
    const queue = new Queue<number>();
    let put = 0;
    let taken = 0;
    for (const [puts, takes] of [
      [3, 5],
      [5_000, 3_000],
      [1, 1_500],
      [4_000, 4_501],
      [1, 1],
    ] as const) {
      for (let n = 0; n < puts; n++) queue.push(put++);
      for (let n = 0; n < takes; n++) {
        const next = queue.shift();
        if (taken < put) assert.equal(next, taken++);
        else assert.equal(next, undefined);
      }
      assert.equal(queue.size, put - taken);
    }
    assert.equal(queue.size, 0);
  });
});
