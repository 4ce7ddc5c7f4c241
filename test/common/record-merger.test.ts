import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordMerger, RecordSnapshot } from '../../src/common/record-merger.js';

/** More often than it takes for shapes to be compiled for: the slow way and the fast one have to agree. */
const OFTEN = 15;

describe('news, merged into what was known', () => {
  const merger = new RecordMerger();
  const careful = new RecordMerger(new Set(['b']));

  it('is everything, the news over the old, in the order in which the keys became known', () => {
    const record = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer()),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(record, record, (one, other) => {
        for (let time = 0; time < OFTEN; time++) {
          const both = merger.merged(merger.merged(new RecordSnapshot({}), one), other).record;
          assert.deepEqual(Object.entries(both), Object.entries({ ...one, ...other }));
        }
      }),
    );
  });

  it('leaves out what it is told to', () => {
    for (let time = 0; time < OFTEN; time++) {
      const { record } = careful.merged(new RecordSnapshot({ a: '1' }), { b: 'x', a: '2' });
      assert.deepEqual(record, { a: '2' });
    }
  });

  it('leaves what was known before as it was', () => {
    for (let time = 0; time < OFTEN; time++) {
      const before = { a: '1' };
      merger.merged(new RecordSnapshot(before), { a: '2', b: '3' });
      assert.deepEqual(before, { a: '1' });
    }
  });
});
