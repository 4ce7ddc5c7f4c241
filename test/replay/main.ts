/**
 * `npm run check:replay`: records chaos runs, replays them, and compares events and objects. The last line is JSON; the
 * exit code is 0 only if there are no differences.
 *
 *   npm run check:replay -- --seed 1 --runs 10 --steps 200 --weather calm --profile standard
 */
import { parseArgs } from 'node:util';
import { isSiteProfile } from '../../src/simulator/index.js';
import { recordAndReplay } from './record-and-replay.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '5' },
      steps: { type: 'string', default: '200' },
      weather: { type: 'string', default: 'calm' },
      profile: { type: 'string', default: 'standard' },
    },
  });
  const { weather, profile } = values;
  if (weather !== 'calm' && weather !== 'rough') throw new Error('--weather must be calm or rough');
  if (!isSiteProfile(profile)) throw new Error('--profile must be standard or real-site');
  const total = { runs: 0, events: 0, objects: 0, frames: 0, differences: 0 };
  for (let seed = Number(values.seed); total.runs < Number(values.runs); seed++) {
    const check = await recordAndReplay(seed, Number(values.steps), weather, profile);
    total.runs++;
    total.events += check.events;
    total.objects += check.objects;
    total.frames += check.frames;
    total.differences += check.differences.length;
    process.stdout.write(
      `seed ${seed}: ${check.events} events, ${check.objects} objects, ${check.sessions} sessions, ${check.frames} frames, ` +
        `${check.differences.length} differences\n`,
    );
    for (const difference of check.differences) process.stdout.write(`  ${difference}\n`);
  }
  process.stdout.write(`${JSON.stringify({ ok: total.differences === 0, ...total })}\n`);
  process.exitCode = total.differences === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
