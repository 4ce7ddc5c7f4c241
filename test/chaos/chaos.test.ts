/**
 * Random events in random order: no event before its call's beginning, none after its end, each request ends once, each
 * gap is reported once, each screen pops once, and when all is quiet every session has the correct state. Longer runs:
 * `npm run chaos`.
 */
import assert from 'node:assert/strict';
import { type FaultLevel, plan, play } from './play.js';

/** Some of these seeds have found errors. */
const SEEDS: Readonly<Record<FaultLevel, readonly number[]>> = {
  calm: [1, 2, 13, 14, 19, 22, 30, 59],
  rough: [2, 3, 16, 19, 21, 49, 52, 69],
};

for (const faultLevel of ['calm', 'rough'] as const) {
  describe(`chaos ${faultLevel === 'calm' ? 'without' : 'with'} faults`, () => {
    for (const seed of SEEDS[faultLevel]) {
      it(`loses nothing and reports correctly, seed ${seed}`, async () => {
        const { problems } = await play(plan(seed, 160, faultLevel));
        assert.deepEqual(problems, []);
      });
    }
  });
}

describe('chaos at a real site', () => {
  for (const [faultLevel, seeds] of [
    ['calm', [1, 4, 8, 12, 13, 16, 20, 21]],
    ['rough', [3, 16, 19]],
  ] as const)
    for (const seed of seeds)
      it(`loses nothing and reports correctly ${faultLevel === 'calm' ? 'without' : 'with'} faults, seed ${seed}`, async () => {
        const { problems } = await play(plan(seed, 160, faultLevel, 'real-site'));
        assert.deepEqual(problems, []);
      });
});
