/**
 * The reference of what programs can import, from the declarations that the compiler has written: TypeScript 7 has no
 * interface for tools such as TypeDoc yet. The descriptions are the comments of the declarations.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Exported {
  readonly name: string;
  /** Its name where it is declared. */
  readonly declared: string;
  readonly file: string;
}

/** Longer declarations are tables, which are easier to read in the source. */
const MAX_LINES = 60;

const declarationOf = (file: string, path: string): string => join(dirname(file), path.replace(/\.js$/, '.d.ts'));

/** `type A, B as C` */
function split(names: string): { declared: string; name: string }[] {
  return names
    .split(',')
    .map((each) => each.trim().replace(/^type /, ''))
    .filter(Boolean)
    .map((each) => {
      const [declared, name = declared] = each.split(' as ');
      return { declared: declared!, name: name! };
    });
}

/** What a file exports under other names, or from other files. */
function reexports(file: string): Exported[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '(\.[^']+)';/gm)].flatMap(([, names, path]) =>
    split(names!).map((each) => ({ ...each, file: declarationOf(file, path!) })),
  );
  // Imported here, and re-exported in a separate list.
  const imported = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '(\.[^']+)';/gm)].flatMap(([, names, path]) =>
    split(names!).map(({ declared, name }) => ({ name, declared, file: declarationOf(file, path!) })),
  );
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\};/gm)].flatMap(([, names]) =>
    split(names!).flatMap(({ declared, name }) => {
      const from = imported.find((each) => each.name === declared);
      return from === undefined ? [] : [{ ...from, name }];
    }),
  );
  const whole = [...text.matchAll(/^export (?:type )?\* from '(\.[^']+)';/gm)].flatMap(([, path]) =>
    exportsOf(declarationOf(file, path!)),
  );
  return [...named, ...listed, ...whole];
}

const DECLARED = /^export (?:declare )?(?:abstract class|class|interface|type|function|const|enum) (\w+)/gm;

function exportsOf(file: string): Exported[] {
  const own = [...readFileSync(file, 'utf8').matchAll(DECLARED)].map(([, name]) => ({
    name: name!,
    declared: name!,
    file,
  }));
  return [...own, ...reexports(file)];
}

/** Follows a name to where it is declared. */
function declaration({ declared, file }: Exported): { about: string; code: string } | undefined {
  const text = readFileSync(file, 'utf8');
  const kinds = 'abstract class|class|interface|type|function|const|enum';
  const start = new RegExp(
    `((?:/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?)^(export (?:declare )?(?:${kinds}) ${declared}\\b)`,
    'm',
  ).exec(text);
  if (start === null) {
    const further = reexports(file).find(({ name }) => name === declared);
    return further && declaration(further);
  }
  const from = start.index + start[1]!.length;
  const code = text
    .slice(from, endOf(text, from))
    .replace(/^export (declare )?/, '')
    .replace(/extends \w+_base/, 'extends CtiosObject /* with a method for each of its requests */')
    .replace(/^ {4}(#private|private |protected ).*\n/gm, '');
  return { about: plain(start[1]!), code };
}

/** Where the brackets are closed again and the statement, or the body, ends. */
function endOf(text: string, from: number): number {
  const body = /^export (?:declare )?(?:abstract class|class|interface|enum)/.test(text.slice(from, from + 60));
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!;
    if ('{(['.includes(letter)) depth++;
    else if ('})]'.includes(letter)) depth--;
    if (depth === 0 && (body ? letter === '}' : letter === ';')) return at + 1;
  }
  return text.length;
}

function plain(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/^@(?:param|typeParam) (\S+)/gm, '`$1`:')
    .replace(/^@returns/gm, 'Returns')
    .replace(/\*/g, '\\*')
    .trim();
}

/** @param entry folder below src, and the end of the import: "cil" */
export function declarationsPage(root: string, made: string, entry: string): string {
  const index = join(root, 'dist', 'src', entry, 'index.d.ts');
  const about = plain(/^\/\*\*[\s\S]*?\*\//.exec(readFileSync(index, 'utf8'))?.[0] ?? '');
  const sections = [...new Map(reexports(index).map((each) => [each.name, each])).values()]
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((each) => {
      const found = declaration(each);
      if (found === undefined) throw new Error(`${each.file} declares no ${each.declared}`);
      const lines = found.code.split('\n');
      const code = lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), '…'].join('\n') : found.code;
      return [`## ${each.name}`, found.about, `\`\`\`text\n${code}\n\`\`\``].filter(Boolean).join('\n\n');
    });
  return `${made}# @openctios/node-red-ctios/${entry}\n\n${[about, ...sections].join('\n\n')}\n`;
}

export function declarationsIndex(made: string, entries: readonly string[]): string {
  const links = entries.map((entry) => `* [@openctios/node-red-ctios/${entry}](${entry}.md)`);
  return `${made}# Declarations\n\nEverything that a program can import, as the compiler declares it.\n\n${links.join('\n')}\n`;
}
