import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT, REPLACED_NUMBERS } from '../../src/recording/index.js';

describe('the documentation of recordings', () => {
  const page = readFileSync(join(__dirname, '../../../docs/how-to/recordings.md'), 'utf8');

  it('lists exactly the data that a redacted recording keeps', () => {
    const [, list = ''] = /The following is kept:\n\n((?:\* .*\n)+)/.exec(page) ?? [];
    const listed = [...list.matchAll(/^\* (.*)$/gm)].map(([, text]) => text);
    assert.deepEqual(listed, KEPT);
  });

  it('names the numbers that are replaced', () => {
    for (const name of REPLACED_NUMBERS) assert.ok(page.includes(`\`${name}\``), name);
  });
});
