import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ged188Pages } from '../../scripts/docs/ged188/pages.js';
import { guide } from './guide-parser.js';

const ROOT = resolve(__dirname, '..', '..', '..');

describe('docs/reference/ged188', () => {
  const pages = ged188Pages();

  it('is generated from the tables; if not, run `npm run docs`', () => {
    for (const [path, text] of pages) assert.equal(readFileSync(join(ROOT, path), 'utf8'), text, path);
  });

  it('has no page that is not generated', () => {
    const files = readdirSync(join(ROOT, 'docs', 'reference', 'ged188')).map((file) => `docs/reference/ged188/${file}`);
    assert.deepEqual(files.sort(), [...pages.keys()].sort());
  });

  it('shows every message and every field', () => {
    const text = [...pages.values()].join('\n');
    for (const { name, items } of guide) {
      const section = text.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? '';
      for (const item of items)
        assert.ok(section.includes(`\`${item.name}${item.kind === 'list' ? '[]' : ''}`), `${name}.${item.name}`);
    }
  });

  it('links only to sections that exist', () => {
    for (const [path, text] of pages) {
      for (const [, file, anchor] of text.matchAll(/\]\(([\w-]+\.md)(?:#([\w-]+))?\)/g)) {
        const target = pages.get(`docs/reference/ged188/${file}`);
        assert.ok(target, `${path} -> ${file}`);
        if (anchor !== undefined) {
          assert.ok(target.toLowerCase().includes(`\n## ${anchor}\n`), `${path} -> ${file}#${anchor}`);
        }
      }
    }
  });
});
