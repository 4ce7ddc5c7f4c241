import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { RecordMerger, RecordSnapshot } from '../../src/common/records/record-merger.js';

setFlagsFromString('--allow-natives-syntax');
/** Whether the engine represents the object as a record, and not as a hash table, which is much slower to copy. */
const isRecord = new Function('object', 'return %HasFastProperties(object)') as (object: object) => boolean;

/** Enough repetitions for shapes to be compiled, so that the slow and the fast path can be compared. */
const OFTEN = 15;

describe('the merge of new values into a record', () => {
  const merger = new RecordMerger();
  const careful = new RecordMerger(new Set(['b']));

  it('contains all values, new ones replacing old ones, in the order in which the keys occurred', () => {
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

  it('omits the specified keys', () => {
    for (let time = 0; time < OFTEN; time++) {
      const { record } = careful.merged(new RecordSnapshot({ a: '1' }), { b: 'x', a: '2' });
      assert.deepEqual(record, { a: '2' });
    }
  });

  it('leaves the previous record unchanged', () => {
    for (let time = 0; time < OFTEN; time++) {
      const before = { a: '1' };
      merger.merged(new RecordSnapshot(before), { a: '2', b: '3' });
      assert.deepEqual(before, { a: '1' });
    }
  });

  it('is not a hash table, however many keys are merged', () => {
    const many = (stem: string) => Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${stem}${n}`, n]));
    const rare = merger.merged(merger.merged(new RecordSnapshot({}), many('one')), many('other')).record;
    assert.equal(Object.keys(rare).length, 60);
    assert.ok(isRecord(rare));
  });
});
