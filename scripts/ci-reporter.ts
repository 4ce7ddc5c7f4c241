/** Mocha's usual report, and a file with the counts, which .ci/run adds up. */
import { writeFileSync } from 'node:fs';
import { type MochaOptions, type Runnable, type Runner, reporters } from 'mocha';

/** Captured before a test can replace it with a fake clock. */
const after = globalThis.setTimeout;

/** Minimum time-out of every test and hook, in milliseconds. */
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
    // A busy machine must not fail tests: time-outs only end tests that hang.
    const patient = (runnable: Runnable) => {
      if (runnable.timeout() > 0) runnable.timeout(Math.max(runnable.timeout(), PATIENCE_MS));
    };
    runner.on('test', patient);
    runner.on('hook', patient);
    runner.on('pending', (test) => console.log(`\n  skipped: ${test.fullTitle()}`));
  }
}

/** A run that has finished but does not exit prints the reason, and exits with the code that `timeout` would return. */
function endWithWhatIsOpen(): void {
  console.log(`\n  The run is over, but something is still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(124);
}

export = CiReporter;
