import assert from 'node:assert/strict';
import type { BenchCase } from '../../bench/run/bench-case.js';
import { formatTable } from '../../bench/run/row.js';
import { runCases } from '../../bench/run/run-cases.js';
import { until, within } from '../../bench/run/waits.js';

const quietly = { quick: false, say: () => {} };
const never = () => new Promise<never>(() => {});

describe('the runner of the benches', () => {
  it('names what was missing, cleans up, and runs the next case', async () => {
    const ended: string[] = [];
    const hangs: BenchCase = {
      name: 'hangs',
      about: 'waits for what never comes',
      run(bench) {
        bench.after(() => ended.push('first'));
        bench.after(() => ended.push('second'));
        return within('the welcome of 2,000 clients', never(), 5);
      },
    };
    const works: BenchCase = { name: 'works', about: 'does', run: () => [{ what: 'a row', perSecond: 1 }] };
    const results = await runCases([hangs, works], quietly);
    assert.equal(results[0]?.problem, 'missing after 0.005 s: the welcome of 2,000 clients');
    assert.deepEqual(ended, ['second', 'first']);
    assert.equal(results[1]?.problem, undefined);
    assert.deepEqual(results[1]?.rows, [{ what: 'a row', perSecond: 1 }]);
  });

  it('times out a case that has no timeout of its own', async () => {
    const [result] = await runCases([{ name: 'stuck', about: '', limitSeconds: 0.005, run: never }], quietly);
    assert.equal(result?.problem, 'missing after 0.005 s: the end of "stuck"');
  });

  it('reports a case that leaves something behind', async () => {
    const leaves: BenchCase = {
      name: 'leaves',
      about: '',
      run(bench) {
        bench.after(() => Promise.reject(new Error('it still runs')));
        return [];
      },
    };
    assert.equal((await runCases([leaves], quietly))[0]?.problem, 'it still runs');
  });

  it('repeats a request until there is a response, within its timeout', async () => {
    let asked = 0;
    assert.equal(await until('the third answer', () => (++asked === 3 ? asked : undefined), { everyMs: 0 }), 3);
    await assert.rejects(
      until('an answer', () => undefined, { ms: 5, everyMs: 1 }),
      /missing after 0\.005 s: an answer/,
    );
  });

  it('prints a valid Markdown table', () => {
    const table = formatTable([{ what: 'a', perSecond: 1234.5, p50: 0.123, p99: 12.34, ratio: { to: 'b', value: 2 } }]);
    assert.deepEqual(
      table.split('\n').map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')),
      [
        '| figure | per second, or as said | p50 ms | p99 ms | ratio | aim |',
        '|-|-:|-:|-:|-|-|',
        '| a | 1,235 | 0.12 | 12.3 | 2.00 × b | |',
      ],
    );
  });
});
