import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { matrixPage, REPORT } from './report.js';

describe('the page of the recovery matrix', () => {
  it('is what the tests do now; `npm run docs` makes it anew', () => {
    assert.equal(readFileSync(REPORT, 'utf8'), matrixPage());
  });
});
