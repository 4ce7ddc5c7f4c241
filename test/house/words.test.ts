/**
 * Keeps unusual words and spellings out of sources and pages, because readers search for the usual terms. The list
 * contains words that were once used here, with their replacements.
 */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

const INSTEAD: readonly [word: RegExp, better: string][] = [
  [/\bkeepsakes?\b/i, 'state'],
  [/\bfront[- ]?door\b/i, 'connection admission'],
  [/\btally\b/i, 'counters'],
  [/\btown\b/i, 'world, or the name of a test bed'],
  [/\bfor ever\b/i, 'forever'],
  [/\blest\b/i, 'so that … not'],
  [/\bshall\b/i, 'should, or will'],
  [/\banew\b/i, 'again'],
  [/\bdialling\b/, 'dialing'],
  [/\bcolour(s|ed)?\b/i, 'color'],
];

/** Files in which they are allowed: names of the public API, texts in other languages, quotations. */
const EXCEPT: readonly string[] = ['nodes/editor/words/', 'src/generated/', 'docs/images/', 'docs/.vitepress/'];

describe('the words of sources and pages', () => {
  it('are the usual terms', () => {
    const found = texts().flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          INSTEAD.filter(([word]) => word.test(line)).map(
            ([word, better]) => `${path}:${index + 1}: ${word.exec(line)![0]} -> ${better}`,
          ),
        ),
    );
    assert.deepEqual(found, []);
  });
});

function texts(): string[] {
  const below = (folder: string, ending: RegExp) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && ending.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...['src', 'nodes', 'scripts', 'bench'].flatMap((folder) => below(folder, /\.(ts|mjs|js)$/)),
    ...below('nodes', /\.html$/).filter((path) => !/\/locales\/(?!en-US)/.test(path)),
    ...below('docs', /\.md$/),
  ].filter((path) => !EXCEPT.some((each) => path.startsWith(each)));
}
