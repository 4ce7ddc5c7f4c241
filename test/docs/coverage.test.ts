import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestEvidence } from '../../scripts/coverage/test-evidence.js';
import { MADE } from '../../scripts/docs.js';
import { coverage, coveragePage } from '../../scripts/docs-coverage.js';

describe('the coverage page', () => {
  it('leaves nothing open: what is not done has a reason', () => {
    const open = coverage().filter((row) => row.done === undefined && row.reason === undefined);
    assert.deepEqual(
      open.map((row) => `${row.section} ${row.name}`),
      [],
    );
  });

  it('gives no reason for what is done', () => {
    const stale = coverage().filter((row) => row.done !== undefined && row.reason !== undefined);
    assert.deepEqual(
      stale.map((row) => `${row.section} ${row.name}`),
      [],
    );
  });

  it('ticks what a test holds to, and not what a test only passes by', () => {
    const evidence = new TestEvidence();
    evidence.add(`
      // OnComment
      const CASES = [['OnTableRow', 1]];
      for (const [name] of CASES) {
        it(\`does \${name}\`, () => check(name));
      }
      it('tells OnTitle', async () => {
        session.request('OnTheWay');
        const seen = ['OnUnused'];
        await next('OnAwaited');
        assert.deepEqual(names(), ['OnAsserted', { more: 'OnNested' }]);
      });
    `);
    for (const name of ['OnTableRow', 'OnTitle', 'OnAwaited', 'OnAsserted', 'OnNested'])
      assert.ok(evidence.names(name), name);
    for (const name of ['OnComment', 'OnTheWay', 'OnUnused']) assert.ok(!evidence.names(name), name);
    const ticked = coverage().filter(({ done, tested }) => tested && done === undefined);
    assert.deepEqual(ticked, []);
  });

  it('is what the tables and the code say now; `npm run docs` makes it anew', () => {
    const file = readFileSync(resolve(__dirname, '../../../docs/reference/coverage.md'), 'utf8');
    // A new test ticks a box; that alone does not make the page wrong.
    const unticked = (page: string) => page.replace(/\| (yes)? \|$/gm, '|');
    assert.equal(unticked(file), unticked(coveragePage(MADE)));
  });
});
