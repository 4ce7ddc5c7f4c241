/** Limits folders to about fifteen files, so that they remain easy to survey. */
import { strict as assert } from 'node:assert';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const MOST = 16;
const CODE = /\.(ts|mjs)$/;

describe('the folders of the sources', () => {
  it(`contain at most ${MOST} files of code each`, () => {
    const crowded = ['src', 'nodes', 'scripts']
      .flatMap((top) => [join(ROOT, top), ...foldersBelow(join(ROOT, top))])
      .map((folder) => [relative(ROOT, folder).split(sep).join('/'), codeIn(folder)] as const)
      .filter(([, files]) => files > MOST);
    assert.deepEqual(crowded, []);
  });
});

function foldersBelow(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

function codeIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && CODE.test(entry.name)).length;
}
