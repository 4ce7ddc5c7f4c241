import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordExtension } from '../../src/common/records/extension.js';

/** Enough repetitions for a shape to be compiled, so that the slow and the fast path can be compared. */
const OFTEN = 15;

describe('a record with additional keys', () => {
  it('contains those that have a value, in order', () => {
    const extension = new RecordExtension<string | number>(['x', 'y', 'z']);
    const own = fc.dictionary(fc.constantFrom('a', 'b', 'x', 'z'), fc.integer());
    const value = fc.option(fc.string(), { nil: undefined });
    fc.assert(
      fc.property(own, value, value, value, (record, x, y, z) => {
        const expected = {
          ...record,
          ...(x !== undefined && { x }),
          ...(y !== undefined && { y }),
          ...(z !== undefined && { z }),
        };
        for (let time = 0; time < OFTEN; time++) {
          assert.deepEqual(Object.entries(extension.of(record, x, y, z)), Object.entries(expected));
        }
      }),
    );
  });

  it('leaves the original record unchanged', () => {
    const extension = new RecordExtension<number>(['x']);
    const own = { a: 1 };
    for (let time = 0; time < OFTEN; time++) extension.of(own, time);
    assert.deepEqual(own, { a: 1 });
  });
});
