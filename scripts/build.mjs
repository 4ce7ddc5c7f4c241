// Builds the pack into dist/ and resources/, from scratch every time, so that a file deleted in the sources does not
// remain in the package. Types first (an error stops the build), then the files that Node-RED expects beside each
// node's .js: its .html, icons and catalogs.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sayBuilt } from './build-state.mjs';
import { exampleOf } from './help-example.mjs';

const beganAt = Date.now();

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const tsc = (...args) =>
  execFileSync(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });

rmSync(at('dist'), { recursive: true, force: true });
rmSync(at('resources'), { recursive: true, force: true });

try {
  tsc('-p', 'tsconfig.json');
  if (existsSync(at('nodes', 'editor', 'index.ts'))) tsc('-p', 'tsconfig.editor.json');
} catch {
  process.exit(1);
}

// Rows that several dialogs have are written once. They are inserted here and not by the editor, because Node-RED fills
// a dialog's fields before any code of this pack runs.
function withRows(html) {
  return html.replace(/^( *)<!-- rows: ([\w-]+) -->\n/gm, (_, indent, name) => {
    const rows = readFileSync(at('nodes', 'editor', 'rows', `${name}.html`), 'utf8');
    return withRows(rows).replace(/^(?=.)/gm, indent);
  });
}

// The links at the end of a node's help, in each language.
const MORE = {
  'en-US': [
    'References',
    'this page with pictures, and the rest of the documentation',
    'every error code, with what to do',
  ],
  de: [
    'Siehe auch',
    'diese Seite mit Bildern und die übrige Dokumentation (englisch)',
    'alle Fehlercodes und was zu tun ist',
  ],
  ja: ['参照', 'このページ(画像付き)とその他のドキュメント(英語)', 'すべてのエラーコードと対処方法(英語)'],
};
const REFERENCE = 'https://github.com/openctios/node-red-ctios/blob/main/docs/reference';
function withReferences(html, type, language) {
  const example = exampleOf(at('nodes', type, 'example.json'), language);
  const [heading, page, codes] = MORE[language];
  const links = `- [${type}](${REFERENCE}/nodes/${type}.md): ${page}\n- [CTIOS_…](${REFERENCE}/error-codes.md): ${codes}`;
  const more = example === '' ? '' : `${example}\n\n`;
  return html.replace(/\n<\/script>/, () => `\n\n${more}### ${heading}\n\n${links}\n</script>`);
}

const nodeFolders = existsSync(at('nodes')) ? readdirSync(at('nodes'), { withFileTypes: true }) : [];
for (const entry of nodeFolders) {
  if (!entry.isDirectory() || !existsSync(at('nodes', entry.name, `${entry.name}.html`))) continue;
  const from = at('nodes', entry.name);
  const to = at('dist', 'nodes', entry.name);
  mkdirSync(to, { recursive: true });
  // A browser with an older bundle in its cache must request it again after an update.
  const html = withRows(readFileSync(join(from, `${entry.name}.html`), 'utf8')).replaceAll('%VERSION%', version);
  writeFileSync(join(to, `${entry.name}.html`), html);
  if (existsSync(join(from, 'locales'))) cpSync(join(from, 'locales'), join(to, 'locales'), { recursive: true });
  for (const language of Object.keys(MORE)) {
    const help = join(to, 'locales', language, `${entry.name}.html`);
    if (existsSync(help)) writeFileSync(help, withReferences(readFileSync(help, 'utf8'), entry.name, language));
  }
  const icon = at('icons', `${entry.name}.svg`);
  if (existsSync(icon)) {
    mkdirSync(join(to, 'icons'), { recursive: true });
    cpSync(icon, join(to, 'icons', `${entry.name}.svg`));
  }
}

if (existsSync(at('nodes', 'editor', 'index.ts'))) {
  await build({
    // The sidebar is a plugin: it is loaded before the nodes, and cannot wait for their script.
    entryPoints: {
      'ctios-editor': at('nodes', 'editor', 'index.ts'),
      'ctios-sidebar': at('nodes', 'editor', 'sidebar', 'index.ts'),
      // Large, and requested only if a filter has a regular expression.
      'ctios-patterns': at('nodes', 'editor', 'patterns.ts'),
    },
    outdir: at('resources'),
    bundle: true,
    format: 'iife',
    target: 'es2020',
    minify: true,
    define: { VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  });
}

// The vocabulary's explanations in other languages: one file each, requested only by editors in that language.
const words = at('nodes', 'editor', 'words');
for (const language of existsSync(words) ? readdirSync(words) : []) {
  const parts = readdirSync(join(words, language)).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(words, language, file), 'utf8')),
  ]);
  writeFileSync(at('resources', `ctios-words-${language}.json`), JSON.stringify(Object.fromEntries(parts)));
}

// The content of messages, as JSON Schema: derived from the compiled vocabulary.
execFileSync(process.execPath, [at('dist', 'scripts', 'schemas.js')], { stdio: 'inherit' });

// Types of modules that cannot be imported from outside only make the package larger.
execFileSync(process.execPath, [at('dist', 'scripts', 'package-reach.js')], { stdio: 'inherit' });

sayBuilt(root, beganAt);
