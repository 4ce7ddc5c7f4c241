import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RecordExtension } from '../../src/common/extension.js';

/** More often than it takes for a shape to be compiled for: the slow way and the fast one have to agree. */
const OFTEN = 15;

describe('a record with keys after its own', () => {
  it('has those that have a value, in their order, whichever they are', () => {
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

  it('leaves the record as it was', () => {
    const extension = new RecordExtension<number>(['x']);
    const own = { a: 1 };
    for (let time = 0; time < OFTEN; time++) extension.of(own, time);
    assert.deepEqual(own, { a: 1 });
  });
});
