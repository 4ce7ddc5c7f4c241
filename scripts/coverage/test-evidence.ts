import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..', '..');

/** What fails where it does not hold. */
const ASSERTION =
  /\b(?:assert(?:\.\w+)?|equal|notEqual|strictEqual|deepEqual|deepStrictEqual|match|doesNotMatch|ok|throws|rejects|doesNotThrow|doesNotReject|expect\w*|check\w*|verify\w*|await)\b/g;

/**
 * What the tests verify. A name counts if it occurs in the title of a test, in an assertion, in a condition that a test
 * waits for, or in a table whose rows are tests, but not if a test merely uses it.
 */
export class TestEvidence {
  readonly #words = new Set<string>();

  constructor(...folders: string[]) {
    for (const folder of folders) this.#readFolder(join(ROOT, folder));
  }

  names(name: string): boolean {
    return this.#words.has(name);
  }

  #readFolder(path: string): void {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) this.#readFolder(inside);
      else if (entry.name.endsWith('.test.ts')) this.add(readFileSync(inside, 'utf8'));
    }
  }

  /** Takes in one file of tests. */
  add(source: string): void {
    const code = withoutComments(source);
    for (const { index } of code.matchAll(/\bit\(/g)) {
      const test = balanced(code, index + 2);
      this.#add(/^\(\s*(?:'[^']*'|"[^"]*"|`[^`]*`)/.exec(test)?.[0] ?? '');
      for (const assertion of test.matchAll(ASSERTION)) this.#add(statement(test, assertion.index));
    }
    // for (const row of TABLE) … it(…)
    for (const loop of code.matchAll(/\bfor \(const [^;{]*? of ([^)]*\)*)\) ?/g)) {
      const body = statement(code, loop.index + loop[0].length);
      if (!/\bit\(/.test(body)) continue;
      this.#add(loop[1]!);
      for (const [name] of loop[1]!.matchAll(/[A-Za-z_]\w*/g)) {
        const table = new RegExp(`\\bconst ${name}\\b[^=]*= `).exec(code);
        if (table !== null) this.#add(statement(code, table.index + table[0].length));
      }
    }
  }

  #add(code: string): void {
    for (const [word] of code.matchAll(/[A-Za-z_]\w*/g)) this.#words.add(word);
  }
}

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\w])\/\/.*$/gm, '$1');

/** From the bracket at `from` to the one that closes it. */
function balanced(code: string, from: number): string {
  return code.slice(from, endOf(code, from, true));
}

/** From `from` to the end of the statement. */
function statement(code: string, from: number): string {
  return code.slice(from, endOf(code, from, false));
}

/** A string, which is skipped, or a character that opens, closes or ends an expression. */
const TOKEN = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|[()[\]{};]/g;

function endOf(code: string, from: number, bracket: boolean): number {
  let depth = 0;
  const isBlock = code[from] === '{';
  for (const { 0: token, index } of code.slice(from).matchAll(TOKEN)) {
    const at = from + index;
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) {
      depth--;
      if (depth < 0) return at;
      if (depth === 0 && (bracket || (isBlock && code[at + 1] === '\n'))) return at + 1;
    } else if (token === ';' && depth === 0) return at;
  }
  return code.length;
}
