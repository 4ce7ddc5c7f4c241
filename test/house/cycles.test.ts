/**
 * No file imports itself, directly or indirectly, including type imports, so that each file can be read, tested and
 * moved with only its imports.
 */
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

type Imports = ReadonlyMap<string, readonly string[]>;

describe('the imports between files', () => {
  it('form no cycle', () => {
    assert.deepEqual(circlesIn(importsUnder(['src', 'nodes'])), []);
  });

  it('are found to form a cycle if they do', () => {
    const imports = new Map([
      ['a', ['b', 'e']],
      ['b', ['c']],
      ['c', ['a', 'd']],
      ['d', []],
      ['e', ['d']],
    ]);
    assert.deepEqual(
      circlesIn(imports).map((circle) => [...circle].sort()),
      [['a', 'b', 'c']],
    );
  });

  it('are found in any form', () => {
    const text =
      "import type { A } from './a.js';\nexport * from '../b.js';\nconst c = await import('./c.js');\nimport 'node:fs';";
    assert.deepEqual(relativeImports(text), ['./a.js', '../b.js', './c.js']);
  });
});

function importsUnder(folders: readonly string[]): Imports {
  const files = new Set(
    folders
      .map((folder) => join(ROOT, folder))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => nameOf(join(entry.parentPath, entry.name))),
  );
  return new Map(
    [...files].map((file) => {
      const targets = relativeImports(readFileSync(join(ROOT, file), 'utf8')).map((target) =>
        nameOf(join(ROOT, dirname(file), target)).replace(/\.js$/, '.ts'),
      );
      return [file, targets.filter((target) => files.has(target))];
    }),
  );
}

function nameOf(path: string): string {
  return relative(ROOT, path).split(sep).join('/');
}

function relativeImports(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
}

/** Groups of files that reach each other (strongly connected components, after Tarjan), and files that import themselves. */
function circlesIn(imports: Imports): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (stack.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || imports.get(file)?.includes(file)) circles.push(group);
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}
