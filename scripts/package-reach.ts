/**
 * Which files of the built package are reachable from the files that Node-RED loads, from the commands, and from the
 * exported modules. Unreachable files need not be shipped.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

interface Manifest {
  'node-red': { nodes: Record<string, string>; plugins: Record<string, string> };
  exports: Record<string, string | { types: string; default: string }>;
  bin: Record<string, string>;
}

export type Kind = '.js' | '.d.ts';

/** Paths from the root, with slashes, that can be reached by requiring modules, or by reading their types. */
export function reachable(kind: Kind, root = ROOT): Set<string> {
  const {
    'node-red': nodeRed,
    exports,
    bin,
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const faces = Object.values(exports).filter((each) => typeof each !== 'string');
  const entries =
    kind === '.d.ts'
      ? faces.map(({ types }) => types)
      : [
          ...faces.map((each) => each.default),
          ...[nodeRed.nodes, nodeRed.plugins, bin].flatMap((each) => Object.values(each)),
        ];
  const found = new Set<string>();
  const open = entries.map((path) => path.replace(/^\.\//, ''));
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path) || !existsSync(join(root, path))) continue;
    found.add(path);
    for (const target of importsIn(readFileSync(join(root, path), 'utf8'))) {
      const file = posix.join(posix.dirname(path), target);
      open.push(file.endsWith('.js') ? file.replace(/\.js$/, kind) : file);
    }
  }
  return found;
}

/** Relative imports in compiled code or in declarations, whatever their form. */
function importsIn(text: string): string[] {
  const forms = /(?:require\(|import\(|\bfrom |\bimport )\s*["'](\.[^"']+)["']/g;
  return [...text.matchAll(forms)].map((match) => match[1]!);
}

/** Declarations of internal modules: the compiler writes declarations of all modules. */
export function unreachableDeclarations(root = ROOT): string[] {
  const wanted = reachable('.d.ts', root);
  return readdirSync(join(root, 'dist', 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !wanted.has(path));
}

if (require.main === module) for (const path of unreachableDeclarations()) rmSync(join(ROOT, path));
