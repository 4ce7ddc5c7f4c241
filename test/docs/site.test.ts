/**
 * The site generated from the pages by `npm run docs:site`: it contains each page, has valid links and a working
 * search.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pagesForPeople, ROOT } from './code-blocks.js';

describe('the site of the docs', function () {
  this.timeout(180_000);
  let site: string;

  before(() => {
    site = mkdtempSync(join(tmpdir(), 'ctios-site-'));
    const command = join(ROOT, 'node_modules', 'vitepress', 'bin', 'vitepress.js');
    const env = { ...process.env, NO_COLOR: '1' };
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, 'build', 'docs', '--outDir', site], {
      cwd: ROOT,
      encoding: 'utf8',
      env,
    });
    assert.equal(status, 0, stdout + stderr);
  });
  after(() => rmSync(site, { recursive: true, force: true }));

  const htmlOf = (page: string) =>
    page.replace(/^docs\//, '').replace(/README\.md$|\.md$/, (end) => (end === '.md' ? '.html' : 'index.html'));

  it('contains every page', () => {
    for (const page of pagesForPeople().filter((each) => each.startsWith('docs'))) {
      assert.ok(existsSync(join(site, htmlOf(page))), page);
    }
  });

  it('has only valid links', () => {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
    for (const file of files.filter((name) => name !== '404.html')) {
      const html = readFileSync(join(site, file), 'utf8');
      for (const [, href] of html.matchAll(/<(?:a|img)[^>]* (?:href|src)="([^"]*)"/g)) {
        const path = decodeURI(href!.split('#')[0]!);
        if (/^[a-z]+:/.test(path) || path === '') continue;
        const target = path.startsWith('/') ? join(site, path) : resolve(join(site, dirname(file)), path);
        const there = [target, `${target}.html`, join(target, 'index.html')].some((each) => existsSync(each));
        assert.ok(there, `${file}: ${href}`);
      }
      const [, toRepository] =
        /href="https:\/\/github\.com\/openctios\/node-red-ctios\/blob\/main\/([^"#]+)/.exec(html) ?? [];
      if (toRepository !== undefined) assert.ok(existsSync(join(ROOT, toRepository)), `${file}: ${toRepository}`);
    }
  });

  it('can be searched without a server', () => {
    const chunks = join(site, 'assets', 'chunks');
    const index = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndexroot'));
    assert.ok(index);
    const text = readFileSync(join(chunks, index), 'utf8');
    for (const found of ['/reference/glossary.html#glossary', '/reference/events.html#oncalldelivered', 'peripheral']) {
      assert.ok(text.includes(found), found);
    }
  });
});
