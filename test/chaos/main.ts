/**
 * `npm run chaos -- --seed 1 --runs 100 --steps 400 --weather rough --profile real-site`: runs with consecutive seeds
 * until the first failure, which is shrunk to the required steps.
 */
import { parseArgs } from 'node:util';
import type { SiteProfileName } from '../../src/simulator/index.js';
import { type FaultLevel, plan, play } from './play.js';
import { shrink } from './shrink.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '1' },
      steps: { type: 'string', default: '400' },
      weather: { type: 'string', default: 'rough' },
      profile: { type: 'string', default: 'standard' },
      'no-shrink': { type: 'boolean', default: false },
      'keep-going': { type: 'boolean', default: false },
    },
  });
  const first = Number(values.seed);
  for (let seed = first; seed < first + Number(values.runs); seed++) {
    const given = plan(seed, Number(values.steps), values.weather as FaultLevel, values.profile as SiteProfileName);
    const started = Date.now();
    const { problems, played } = await play(given);
    if (problems.length === 0) {
      console.log(`seed ${seed}: ${played} steps, nothing wrong (${Date.now() - started} ms)`);
      continue;
    }
    console.log(`seed ${seed}: after ${played} steps\n  ${problems.slice(0, 12).join('\n  ')}`);
    process.exitCode = 1;
    if (!values['no-shrink']) console.log(await shrink({ ...given, steps: given.steps.slice(0, played) }, problems));
    if (!values['keep-going']) return;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
