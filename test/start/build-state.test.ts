/** `npm start` builds only if something has changed. */
import { strict as assert } from 'node:assert';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, temporaryDirectory } from '../support/node-red-process.js';

interface BuildState {
  isCurrent(root: string): boolean;
  sayBuilt(root: string, beganAt: number): void;
}

describe('the build', () => {
  const BUILT = 2_000_000_000_000;
  let state: BuildState;
  let root: string;
  const at = (path: string, ms: number) => utimesSync(join(root, path), ms / 1000, ms / 1000);

  before(async () => {
    state = (await import(pathToFileURL(join(ROOT, 'scripts', 'build-state.mjs')).href)) as BuildState;
  });
  beforeEach(() => {
    root = temporaryDirectory();
    for (const folder of ['dist', 'src/deep']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'src/deep/one.ts'), '');
    state.sayBuilt(root, BUILT);
    for (const path of ['src/deep/one.ts', 'src/deep', 'src']) at(path, BUILT - 1000);
  });

  it('is current if nothing is newer', () => assert.equal(state.isCurrent(root), true));

  it('is outdated after a file was changed, added or deleted', () => {
    at('src/deep/one.ts', BUILT + 1000);
    assert.equal(state.isCurrent(root), false);
    at('src/deep/one.ts', BUILT - 1000);
    assert.equal(state.isCurrent(root), true);
    // The time of a folder is that of the last change to its list of files.
    at('src/deep', BUILT + 1000);
    assert.equal(state.isCurrent(root), false);
  });

  it('is outdated after an incomplete build', () => {
    rmSync(join(root, 'dist', '.built'));
    assert.equal(state.isCurrent(root), false);
  });
});
