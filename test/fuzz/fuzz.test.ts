/** A short run of `npm run fuzz`, always the same; the long one takes seeds of its own. */
import fc from 'fast-check';
import { targets } from './targets.js';

describe('whatever a foreigner sends', () => {
  for (const { name, holds, property, share } of targets) {
    it(`${name}: ${holds}`, () => fc.assert(property as fc.IProperty<unknown>, { seed: 1, numRuns: 300 * share }));
  }
});
