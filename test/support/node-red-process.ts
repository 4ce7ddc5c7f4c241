/** Node-RED processes for tests, in temporary directories. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killStarted } from '../../scripts/node-red-process.js';

export * from '../../scripts/node-red-process.js';

const made: string[] = [];

/** A directory that is removed after the tests. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ctios-'));
  made.push(directory);
  return directory;
}

/**
 * Unexpected error output of Node-RED: errors, and warnings of our nodes. Core's *http request* may report a response
 * that a deploy interrupted.
 */
export const COMPLAINTS =
  /^error(?!: \[http request:[^\]]*\] RequestError: (read ECONNRESET|socket hang up))|\[ctios-/m;

// A hook that timed out never stored its Node-RED, which would otherwise keep running and block the exit.
after(() => {
  killStarted();
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});
