import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { matrixPage, REPORT } from './report.js';

describe('the page of the recovery matrix', () => {
  it('matches the current tests; `npm run docs` regenerates it', () => {
    assert.equal(readFileSync(REPORT, 'utf8'), matrixPage());
  });
});
