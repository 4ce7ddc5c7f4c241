/** Runs the flow test of an example against each of its mutants. */
import { type ExampleTest, flowOf, runPart } from '../example-test.js';
import { mutantsOf } from './mutations.js';

export interface MutantResult {
  readonly mutants: number;
  readonly killed: number;
  /** What no part of the test has noticed. */
  readonly survivors: readonly string[];
}

/** In real time, for one mutant. */
const LIMIT_MS = 30_000;
/** Of the machine, whatever time the tests live in. */
const realTimeout = setTimeout;
const realClear = clearTimeout;

/**
 * @param most at most so many mutants, spread over all of them
 * @throws Error if the test fails with the example as it is: then it tells nothing about mutants
 */
export async function runMutants(
  test: ExampleTest,
  { most = Number.POSITIVE_INFINITY, tell = () => {} }: { most?: number; tell?: (line: string) => void } = {},
): Promise<MutantResult> {
  const flow = flowOf(test.example);
  const complaint = await failureOf(test, flow);
  if (complaint !== undefined) throw new Error(`${test.example} fails without a mistake: ${complaint}`);
  const all = mutantsOf(flow);
  const step = Math.max(1, Math.ceil(all.length / most));
  const chosen = all.filter((_, index) => index % step === 0);
  const survivors: string[] = [];
  for (const mutant of chosen) {
    const failure = await failureOf(test, mutant.flow);
    if (failure === undefined) survivors.push(mutant.what);
    tell(
      `${failure === undefined ? 'SURVIVED' : 'killed  '} ${mutant.what}${failure === undefined ? '' : `  (${failure})`}`,
    );
  }
  return { mutants: chosen.length, killed: chosen.length - survivors.length, survivors };
}

/** Why the test fails with a flow: the first line; undefined if it does not. */
async function failureOf(test: ExampleTest, flow: Parameters<typeof runPart>[0]): Promise<string | undefined> {
  for (const part of Object.values(test.does)) {
    const failure = await outcome(runPart(flow, part));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** A mistake may also throw where nobody waits for it, or make a flow go on forever. */
function outcome(run: Promise<void>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (failure?: string): void => {
      realClear(timer);
      process.removeListener('uncaughtException', thrown);
      process.removeListener('unhandledRejection', thrown);
      resolve(failure);
    };
    let uncaught: string | undefined;
    const thrown = (error: unknown): void => {
      uncaught ??= firstLine(error);
    };
    const timer = realTimeout(() => end(`not over within ${LIMIT_MS / 1_000} s`), LIMIT_MS);
    process.on('uncaughtException', thrown);
    process.on('unhandledRejection', thrown);
    run.then(
      () => end(uncaught),
      (error: unknown) => end(firstLine(error)),
    );
  });
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
