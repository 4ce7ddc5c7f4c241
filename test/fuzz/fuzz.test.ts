/** A short, fixed run of `npm run fuzz`; longer runs use other seeds. */
import fc from 'fast-check';
import { targets } from './targets.js';

describe('untrusted input', () => {
  for (const { name, holds, property, share } of targets) {
    it(`${name}: ${holds}`, () => fc.assert(property as fc.IProperty<unknown>, { seed: 1, numRuns: 300 * share }));
  }
});
