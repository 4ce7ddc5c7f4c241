import { Bench, type BenchCase } from './bench-case.js';
import type { BenchRow } from './row.js';
import { within } from './waits.js';

const LIMIT_SECONDS = 300;
const CLEAN_UP_MS = 30_000;

/** Rows of a case, or why there are none. */
export interface CaseResult {
  readonly name: string;
  readonly seconds: number;
  readonly rows: readonly BenchRow[];
  readonly problem?: string;
}

/** Runs one case after the other. One that fails, or takes too long, is reported, and the next one is run. */
export async function runCases(
  cases: readonly BenchCase[],
  { quick, say }: { quick: boolean; say: (line: string) => void },
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of cases) {
    say(`${each.name}: ${each.about}`);
    const result = await runCase(each, quick);
    if (result.problem !== undefined) say(`  FAILED: ${result.problem}`);
    else say(`  ${result.seconds.toFixed(1)} s`);
    results.push(result);
  }
  return results;
}

async function runCase(each: BenchCase, quick: boolean): Promise<CaseResult> {
  const bench = new Bench(quick);
  const begun = performance.now();
  const limit = (each.limitSeconds ?? LIMIT_SECONDS) * 1000;
  let rows: readonly BenchRow[] = [];
  let problem: string | undefined;
  try {
    rows = await within(
      `the end of "${each.name}"`,
      Promise.resolve().then(() => each.run(bench)),
      limit,
    );
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  try {
    const left = await within(`the end of what "${each.name}" started`, bench.cleanUp(), CLEAN_UP_MS);
    if (left.length > 0) problem ??= left.join('; ');
  } catch (error) {
    problem ??= (error as Error).message;
  }
  const seconds = (performance.now() - begun) / 1000;
  return { name: each.name, seconds, rows, ...(problem === undefined ? {} : { problem }) };
}
