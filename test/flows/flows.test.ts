/**
 * Runs the flow tests of this repository in separate processes: a flow test loads a whole Node-RED into its process,
 * which must not be shared with other tests.
 */
import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../support/node-red-process.js';
import { EXAMPLE_TESTS } from './all-examples.js';
import { exampleNames } from './example-test.js';

interface Report {
  tests: ReadonlyArray<{ title: string; fullTitle: string; err: { message?: string } }>;
}

/** Runs files with mocha. @returns each test with its failure, or an empty text */
async function mocha(file: string): Promise<ReadonlyMap<string, string>> {
  const report = join(temporaryDirectory(), 'report.json');
  const command = join(__dirname, '..', '..', '..', 'node_modules', 'mocha', 'bin', 'mocha.js');
  const options = ['--no-config', '--exit', '--reporter', 'json', '--reporter-option', `output=${report}`];
  const child = spawn(process.execPath, [command, ...options, join(__dirname, file)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  const { tests } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return new Map(tests.map(({ fullTitle, err }) => [fullTitle, err.message ?? '']));
}

describe('flow tests', function () {
  this.timeout(180_000);

  describe('of the examples', () => {
    let results: ReadonlyMap<string, string>;
    before(async () => {
      results = await mocha('examples.flow.js');
    });

    it('are there for each of them', () => {
      assert.deepEqual(EXAMPLE_TESTS.map(({ example }) => example).sort(), exampleNames().sort());
    });

    for (const { example, does } of EXAMPLE_TESTS)
      for (const part of Object.keys(does))
        it(`${example} ${part}`, () =>
          assert.equal(results.get(`the flow tests of the examples ${example} ${part}`), ''));
  });

  it('keep what the reference promises', async () => {
    const results = await mocha('module.flow.js');
    assert.ok(results.size >= 7);
    assert.deepEqual(Object.fromEntries([...results].filter(([, failure]) => failure !== '')), {});
  });

  it('notice mistakes: mutants of an example', async () => {
    const main = join(__dirname, 'mutants', 'main.js');
    const child = spawn(process.execPath, [main, '--only', '02 after-call-work'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = (await once(child, 'exit')) as [number];
    const { mutants, killed } = JSON.parse(said.trim().split('\n').at(-1)!) as { mutants: number; killed: number };
    assert.ok(mutants >= 15 && killed >= 0.9 * mutants, said);
    assert.equal(code, 0);
  });
});
