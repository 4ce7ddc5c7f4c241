import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TestEvidence } from '../../scripts/coverage/test-evidence.js';
import { coverage, coveragePage } from '../../scripts/docs/coverage-page.js';
import { MADE } from '../../scripts/docs.js';

describe('the coverage page', () => {
  it('has a reason for each item that is not done', () => {
    const open = coverage().filter((row) => row.done === undefined && row.reason === undefined);
    assert.deepEqual(
      open.map((row) => `${row.section} ${row.name}`),
      [],
    );
  });

  it('has no reason for items that are done', () => {
    const stale = coverage().filter((row) => row.done !== undefined && row.reason !== undefined);
    assert.deepEqual(
      stale.map((row) => `${row.section} ${row.name}`),
      [],
    );
  });

  it('counts what a test verifies, not what it only uses', () => {
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

  it('matches the current tables and code; `npm run docs` regenerates it', () => {
    const file = readFileSync(resolve(__dirname, '../../../docs/reference/coverage.md'), 'utf8');
    // A new test adds a mark, which does not make the page wrong.
    const unticked = (page: string) => page.replace(/\| (yes)? \|$/gm, '|');
    assert.equal(unticked(file), unticked(coveragePage(MADE)));
  });
});
