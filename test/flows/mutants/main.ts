/**
 * `npm run check:flow-mutants`: makes mutants of every example, and runs the example's flow test against each. The last line is
 * JSON; the exit code is 0 only if at least 90 % of them are killed. Options: --only EXAMPLE (a part of its name), --verbose,
 * --most N (mutants per example).
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { EXAMPLE_TESTS } from '../all-examples.js';
import { type MutantResult, runMutants } from './run.js';

const LEAST_SHARE = 0.9;
/** In real time, for one example. */
const LIMIT_MS = 15 * 60_000;

interface Options {
  only?: string;
  most?: string;
  verbose?: boolean;
}

async function main(options: Options): Promise<void> {
  const chosen = EXAMPLE_TESTS.filter(({ example }) => options.only === undefined || example.includes(options.only));
  if (chosen.length === 0) throw new Error(`There is no example "${options.only}".`);
  const total = { mutants: 0, killed: 0 };
  for (const { example } of chosen) {
    // A process for each: what a mutant leaves behind ends with its example.
    const { mutants, killed, survivors } =
      chosen.length === 1 ? await alone(example, options) : await apart(example, options);
    console.log(`${example}: ${killed} of ${mutants} killed`);
    for (const survivor of survivors) console.log(`  survived: ${survivor}`);
    total.mutants += mutants;
    total.killed += killed;
  }
  console.log(JSON.stringify(total));
  process.exitCode = total.mutants > 0 && total.killed >= LEAST_SHARE * total.mutants ? 0 : 1;
}

function alone(example: string, { most, verbose }: Options): Promise<MutantResult> {
  const test = EXAMPLE_TESTS.find((each) => each.example === example)!;
  return runMutants(test, {
    ...(most !== undefined && { most: Number(most) }),
    ...(verbose && { tell: (line: string) => console.log(line) }),
  });
}

async function apart(example: string, { most, verbose }: Options): Promise<MutantResult> {
  const args = [
    __filename,
    '--only',
    example,
    ...(most === undefined ? [] : ['--most', most]),
    ...(verbose ? ['--verbose'] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await new Promise((ended) => child.once('exit', ended));
  clearTimeout(limit);
  const lines = said.trim().split('\n');
  const counts = readCounts(lines.at(-1) ?? '');
  if (counts === undefined) throw new Error(`${example}: no result\n${said}`);
  const survivors = lines.flatMap((line) => /^ {2}survived: (.*)$/.exec(line)?.[1] ?? []);
  if (verbose) console.log(lines.slice(0, -1).join('\n'));
  return { ...counts, survivors };
}

function readCounts(line: string): { mutants: number; killed: number } | undefined {
  try {
    return JSON.parse(line) as { mutants: number; killed: number };
  } catch {
    return undefined;
  }
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, most: { type: 'string' }, verbose: { type: 'boolean' } },
});
main(values).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
