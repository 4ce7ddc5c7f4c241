/**
 * Finds a Chromium that is installed on this machine: CHROMIUM, or one of the usual names on the PATH. Never downloads
 * one. As a command it prints the path, and fails if there is none.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];
const ELSEWHERE = ['/usr/lib/chromium', '/snap/bin', '/Applications/Google Chrome.app/Contents/MacOS'];

export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = [...(env.PATH ?? '').split(delimiter), ...ELSEWHERE].filter(Boolean);
  return [...NAMES, 'Google Chrome'].flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (require.main === module) {
  const browser = findBrowser();
  console.log(
    browser ?? 'No Chromium found: set CHROMIUM to its path, or install one (Debian: chromium-headless-shell).',
  );
  process.exitCode = browser === undefined ? 1 : 0;
}
