/** Mocha's usual report, and beside it the counts as a file that .ci/run adds up. */
import { writeFileSync } from 'node:fs';
import { type MochaOptions, type Runnable, type Runner, reporters } from 'mocha';

/** Taken before any test can put a fake clock in its place. */
const after = globalThis.setTimeout;

/** What every test and hook has at least, in milliseconds. */
const PATIENCE_MS = 180_000;

class CiReporter extends reporters.Dot {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const output = (options.reporterOptions as { output?: string } | undefined)?.output;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (output) writeFileSync(output, JSON.stringify({ passes, failures, pending }));
      // The timer alone does not keep the process alive: it fires only if something else does.
      after(endWithWhatIsOpen, 30_000).unref();
    });
    // A loaded machine is no failure: the time of a test is there to end what hangs.
    const patient = (runnable: Runnable) => {
      if (runnable.timeout() > 0) runnable.timeout(Math.max(runnable.timeout(), PATIENCE_MS));
    };
    runner.on('test', patient);
    runner.on('hook', patient);
    runner.on('pending', (test) => console.log(`\n  skipped: ${test.fullTitle()}`));
  }
}

/** A run that is over and does not end says why, and ends as `timeout` would have ended it. */
function endWithWhatIsOpen(): void {
  console.log(`\n  The run is over, but something is still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(124);
}

export = CiReporter;
