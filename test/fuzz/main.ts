/**
 * `npm run fuzz -- --seconds 60 --seed 1 --only frames`: feeds untrusted inputs to everything that reads them, target
 * by target. Without a seed it selects one and prints it; the first input that breaks a target is shrunk.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type FuzzTarget, targets } from './targets.js';

/** The number of runs between checks of the time. */
const CHUNK = 200;

function fuzz({ name, property, share }: FuzzTarget, seed: number, ms: number): boolean {
  const until = performance.now() + ms;
  let runs = 0;
  for (let chunk = 0; performance.now() < until; chunk++) {
    const numRuns = CHUNK * share;
    const found = fc.check(property, { seed: seed + chunk, numRuns });
    runs += found.numRuns;
    if (!found.failed) continue;
    console.log(`${name}: broken, seed ${seed + chunk}, after ${runs} inputs`);
    console.log(fc.defaultReportMessage(found));
    return false;
  }
  console.log(`${name}: ${runs} inputs, seeds from ${seed}`);
  return true;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(values.seed);
const chosen = targets.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(`There is no target "${values.only}". Targets: ${targets.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
}
for (const each of chosen) if (!fuzz(each, seed, Number(values.seconds) * 1000)) process.exitCode = 1;
