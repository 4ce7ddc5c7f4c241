// Whether the build is up to date: the build writes a time stamp, and no source may be newer.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'src',
  'nodes',
  'scripts',
  'icons',
  'test',
  'bench',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.editor.json',
];
const stampOf = (root) => join(root, 'dist', '.built');

/** To be called when everything is built, with the time at which the build began. */
export function sayBuilt(root, beganAt) {
  writeFileSync(stampOf(root), `${beganAt}\n`);
}

/** @returns whether nothing has changed since the last build began; a folder changes when a file in it is added or deleted */
export function isCurrent(root) {
  let built;
  try {
    // Written when the build has ended; changes made while it ran may be missing from it.
    built = Number(readStamp(root));
  } catch {
    return false;
  }
  return SOURCES.every((source) => newest(join(root, source)) <= built);
}

function readStamp(root) {
  return readFileSync(stampOf(root), 'utf8');
}

function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
