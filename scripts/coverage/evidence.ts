import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..', '..');

/** A part of the source, which can be searched for a name. Comments do not count. */
export class Evidence {
  readonly #words = new Set<string>();

  constructor(...folders: string[]) {
    for (const folder of folders) this.#read(join(ROOT, folder));
  }

  /** Whether the name occurs in the code as a word. */
  names(name: string): boolean {
    return this.#words.has(name);
  }

  #read(path: string): void {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) this.#read(inside);
      else if (entry.name.endsWith('.ts')) {
        const code = readFileSync(inside, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
        for (const line of code.split('\n')) {
          if (line.trimStart().startsWith('//')) continue;
          for (const [word] of line.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) this.#words.add(word);
        }
      }
    }
  }
}
