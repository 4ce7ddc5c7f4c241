// The site made from the pages in docs/: `npm run docs:site`. The pages are written for the repository; what they point at
// outside of docs/ leads to the repository from here.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';

const DOCS = join(dirname(fileURLToPath(import.meta.url)), '..');
const REPOSITORY = 'https://github.com/openctios/node-red-ctios';

const titleOf = (page) => /^# (.+)$/m.exec(readFileSync(join(DOCS, page), 'utf8'))[1];

/** The pages of a folder by title, folders in it as groups that can be opened. */
function pagesIn(folder) {
  const entries = readdirSync(join(DOCS, folder), { withFileTypes: true });
  const files = entries.filter(({ name }) => name.endsWith('.md')).map(({ name }) => posix.join(folder, name));
  const isFirst = (page) => /^(index|README)\.md$/.test(basename(page));
  const pages = files
    .filter((page) => !isFirst(page))
    .map((page) => ({ text: titleOf(page), link: `/${page.replace(/\.md$/, '')}` }))
    .sort((a, b) => a.text.localeCompare(b.text, 'en'));
  const groups = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const inside = posix.join(folder, name);
      const first = ['index.md', 'README.md'].map((file) => posix.join(inside, file)).find((file) => exists(file));
      return { text: titleOf(first), link: `/${inside}/`, collapsed: true, items: pagesIn(inside) };
    });
  return [...pages, ...groups];
}

function exists(page) {
  return readdirSync(join(DOCS, dirname(page))).includes(basename(page));
}

/** A link of a page as it is on the site. */
function onSite(href, page) {
  if (/^[a-z]+:|^#/.test(href)) return href;
  const [path, anchor] = href.split('#');
  const target = normalize(join(dirname(page), path)).replaceAll('\\', '/');
  const isPage = /\.md$|\/$/.test(path) && !target.startsWith('..');
  // The first page of a folder has one name on the site, whatever its name is in the repository.
  if (isPage || /\.(png|svg)$/.test(path)) return href.replace('README.md', 'index.md');
  return `${REPOSITORY}/blob/main/${posix.join('docs', target)}${anchor === undefined ? '' : `#${anchor}`}`;
}

export default defineConfig({
  title: 'CTI OS for Node-RED',
  description: 'Contact center calls and agents as messages in Node-RED',
  lang: 'en-US',
  base: process.env.DOCS_BASE ?? '/',
  outDir: '../site',
  cacheDir: '../node_modules/.cache/vitepress',
  rewrites: { ':path(.*)/README.md': ':path/index.md' },
  markdown: {
    config(md) {
      md.core.ruler.push('links-to-the-repository', ({ tokens, env }) => {
        // The path in docs/, not the one that it has on the site.
        const page = posix.join(...(env.path ? [env.path.replaceAll('\\', '/').slice(DOCS.length + 1)] : [env.relativePath]));
        for (const token of tokens.flatMap((each) => each.children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null;
          if (href !== null) token.attrSet('href', onSite(href, page));
        }
      });
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path` },
    nav: [
      { text: 'Start', link: '/tutorial/first-flow' },
      { text: 'Integrate', link: '/reference/nodes/' },
      { text: 'Operate', link: '/how-to/deployment' },
      { text: 'Contribute', link: '/explanation/architecture' },
    ],
    sidebar: [
      { text: 'Tutorial', items: pagesIn('tutorial') },
      { text: 'How-to guides', collapsed: false, items: pagesIn('how-to') },
      { text: 'Reference', collapsed: false, items: pagesIn('reference') },
      { text: 'Explanation', collapsed: false, items: pagesIn('explanation') },
    ],
  },
});
