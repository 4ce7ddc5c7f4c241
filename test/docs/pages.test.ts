/** The pages for people: what is derived is up to date, and whatever they point at is there. */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pages } from '../../scripts/docs.js';

const ROOT = resolve(__dirname, '..', '..', '..');
const IMAGES = join(ROOT, 'docs', 'images');
/** A clone should stay quick to make. */
const MAX_IMAGE_BYTES = 4_000_000;

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const written = [join(ROOT, 'README.md'), join(ROOT, 'CONTRIBUTING.md'), ...filesIn(join(ROOT, 'docs'), '.md')];

/** What a page points at inside this repository: file, and heading if it names one. */
function targets(page: string): Array<{ file: string; heading?: string; link: string }> {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, heading] = link.split('#');
      return { file: path === '' ? page : resolve(dirname(page), decodeURI(path!)), heading, link };
    });
}

/** As the forges make them: lower case, without punctuation, words joined by hyphens. */
const anchors = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the docs', () => {
  it('that are derived are what their sources say (npm run docs)', () => {
    for (const [path, text] of pages()) assert.equal(readFileSync(join(ROOT, path), 'utf8'), text, path);
  });

  for (const page of written)
    it(`${relative(ROOT, page)} points at nothing that is not there`, () => {
      for (const { file, heading, link } of targets(page)) {
        assert.ok(existsSync(file), link);
        if (heading !== undefined) assert.ok(anchors(file).includes(heading), `no such heading: ${link}`);
      }
    });

  it('are where the help of each node leads to, in every language', () => {
    const built = join(ROOT, 'dist', 'nodes');
    const help = filesIn(built, '.html').filter((file) => /locales/.test(file));
    assert.ok(help.length >= 36);
    for (const file of help) {
      const links = [...readFileSync(file, 'utf8').matchAll(/\(https:\/\/github\.com\/[^)]+\/blob\/main\/([^)]+)\)/g)];
      assert.equal(links.length, 2, file);
      for (const [, page] of links) assert.ok(existsSync(join(ROOT, page!)), page);
      assert.equal(links[0]![1], `docs/reference/nodes/${basename(file, '.html')}.md`);
    }
  });

  it('are all reached from the first page', () => {
    const reached = new Set<string>();
    const follow = (page: string): void => {
      if (reached.has(page) || !page.endsWith('.md') || !existsSync(page)) return;
      reached.add(page);
      for (const { file } of targets(page)) follow(file);
    };
    follow(join(ROOT, 'docs', 'index.md'));
    assert.deepEqual(
      written.filter((page) => !reached.has(page)).map((page) => relative(ROOT, page)),
      ['README.md'],
    );
  });

  it('name every dependency that is installed with the package', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
    const [row] = /^\| runtime dependencies .*$/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))!;
    for (const name of Object.keys(dependencies)) assert.ok(row.includes(`\`${name}\``), name);
  });

  it('show every picture that is made, and the pictures stay small', () => {
    const shown = new Set(written.flatMap((page) => targets(page).map(({ file }) => file)));
    const images = filesIn(IMAGES, '.png');
    for (const image of images) assert.ok(shown.has(image), `nothing shows ${relative(ROOT, image)}`);
    const bytes = images.reduce((sum, image) => sum + statSync(image).size, 0);
    assert.ok(bytes < MAX_IMAGE_BYTES, `${bytes} bytes`);
  });
});
