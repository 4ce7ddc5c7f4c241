import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Known, merged, NOTHING_KNOWN } from '../../src/cil/record-merge.js';
import type { Args } from '../../src/ctios/index.js';

/** More often than it takes for shapes to be compiled for: the slow way and the fast one have to agree. */
const OFTEN = 15;

describe('what an event says, merged into what was known', () => {
  it('is everything, the news over the old, in the order in which the keys became known', () => {
    const record = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.oneof(fc.string(), fc.integer()),
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(record, record, (one, other) => {
        for (let time = 0; time < OFTEN; time++) {
          const both = merged(merged(NOTHING_KNOWN, one), other).record;
          assert.deepEqual(Object.entries(both), Object.entries({ ...one, ...other }));
        }
      }),
    );
  });

  it('leaves out what is about the event', () => {
    for (let time = 0; time < OFTEN; time++) {
      const { record } = merged(new Known({ ANI: '1' }), { EventCause: 22, OldUniqueObjectID: 'x', ANI: '2' });
      assert.deepEqual(record, { ANI: '2' });
    }
  });

  it('leaves what was known before as it was', () => {
    for (let time = 0; time < OFTEN; time++) {
      const before: Args = { ANI: '1' };
      merged(new Known(before), { ANI: '2', DNIS: '3' });
      assert.deepEqual(before, { ANI: '1' });
    }
  });
});
