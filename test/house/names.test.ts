/** Each exported name has one meaning throughout src/. */
import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const EXPORT =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:class|interface|type|function\*?|const|let|enum) (\w+)/gm;

/** Two protocols have enumerations of the same name; each is spelled as in its guide. */
const PROTOCOLS = ['src/ctios/enums/', 'src/ged188/constants/'];

describe('the exported names of src/', () => {
  it('are defined in one file each', () => {
    const doubled = [...filesByName()]
      .filter(([, files]) => files.length > 1 && !areTheProtocols(files))
      .map(([name, files]) => `${name}: ${files.join(', ')}`);
    assert.deepEqual(doubled, []);
  });

  it('are found in any kind of declaration', () => {
    const text =
      'export class A {}\nexport type B = 1;\nexport const c = 1;\nexport async function d() {}\nconst e = 1;';
    assert.deepEqual(namesIn(text), ['A', 'B', 'c', 'd']);
  });
});

function filesByName(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const file = relative(ROOT, path).split(sep).join('/');
    // An overloaded function, and a constant with its type, have one name in one file.
    for (const name of new Set(namesIn(readFileSync(path, 'utf8'))))
      found.set(name, [...(found.get(name) ?? []), file]);
  }
  return found;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(EXPORT)].map((match) => match[1]!);
}

function areTheProtocols(files: readonly string[]): boolean {
  return (
    files.length === PROTOCOLS.length && PROTOCOLS.every((folder) => files.some((file) => file.startsWith(folder)))
  );
}
