/** The labels of the palette: nobody looks for a node below the name of another one. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', '..');
const CORE = join(dirname(require.resolve('@node-red/nodes/package.json')), 'core');

const readText = (...path: string[]): string => readFileSync(join(...path), 'utf8');

function coreTypes(): Set<string> {
  const files = readdirSync(CORE, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.html'));
  const types = files.flatMap((file) => [...readText(CORE, file).matchAll(/registerType\(\s*['"]([^'"]+)['"]/g)]);
  return new Set(types.map(([, type]) => type!));
}

describe('the palette', () => {
  for (const language of ['en-US', 'de', 'ja'])
    it(`has no label twice, none of a core node, and none that titles garble: ${language}`, () => {
      const types = readdirSync(join(ROOT, 'nodes')).filter((name) => name.startsWith('ctios-'));
      const labels = types.map(
        (type) =>
          (JSON.parse(readText(ROOT, 'nodes', type, 'locales', language, `${type}.json`)) as { label: string }).label,
      );
      assert.equal(new Set(labels).size, labels.length);
      const core = coreTypes();
      assert.ok(core.has('watch') && core.has('http request'));
      assert.deepEqual(
        labels.filter((label) => core.has(label)),
        [],
      );
      // The title of a dialog escapes these, and shows them escaped.
      assert.deepEqual(
        labels.filter((label) => /[&<>"'/]/.test(label)),
        [],
      );
    });
});
