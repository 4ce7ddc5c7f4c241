/**
 * Every example, in virtual time: what it does when a call comes, an agent acts, a link breaks, a receiver fails. Run in a process
 * of its own by `flows.test.ts`; alone: npx mocha --no-config --exit dist/test/flows/examples.flow.js --grep "02"
 */
import { EXAMPLE_TESTS } from './all-examples.js';
import { flowOf, runPart } from './example-test.js';

describe('the flow tests of the examples', function () {
  this.timeout(120_000);

  for (const { example, does } of EXAMPLE_TESTS)
    describe(example, () => {
      for (const [what, part] of Object.entries(does)) it(what, () => runPart(flowOf(example), part));
    });
});
