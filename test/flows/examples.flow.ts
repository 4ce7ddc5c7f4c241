/**
 * Tests every example in virtual time: calls, actions of agents, lost links, failing receivers. `flows.test.ts` runs it in
 * a separate process. To run it alone: npx mocha --no-config --exit dist/test/flows/examples.flow.js --grep "02"
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
