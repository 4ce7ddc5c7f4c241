/** Mocha's usual report, and beside it the counts as a file that .ci/run adds up. */
import { writeFileSync } from 'node:fs';
import { type MochaOptions, type Runner, reporters } from 'mocha';

class CiReporter extends reporters.Dot {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const output = (options.reporterOptions as { output?: string } | undefined)?.output;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      if (output) writeFileSync(output, JSON.stringify({ passes, failures, pending }));
    });
    runner.on('pending', (test) => console.log(`\n  skipped: ${test.fullTitle()}`));
  }
}

export = CiReporter;
