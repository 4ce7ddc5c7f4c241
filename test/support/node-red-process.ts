/** Node-RED processes for tests, in directories that are thrown away afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export * from '../../scripts/node-red-process.js';

const made: string[] = [];

/** A directory that is removed when the tests are over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ctios-'));
  made.push(directory);
  return directory;
}

after(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});
