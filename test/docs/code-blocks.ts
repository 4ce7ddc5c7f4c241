/** Reads the fenced code blocks of the documentation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..', '..');

export interface CodeBlock {
  readonly page: string;
  readonly line: number;
  /** The info string of the fence: `ts`, `json server`; empty for a drawing. */
  readonly info: string;
  readonly text: string;
}

/** All handwritten and generated pages, relative to the root of the repository. */
export function pagesForPeople(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...docs.sort()];
}

export function blocksOf(page: string): CodeBlock[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page: relative(ROOT, join(ROOT, page)),
    line: text.slice(0, match.index).split('\n').length,
    info: match[1]!,
    text: match[2]!,
  }));
}

/** The commands of a shell block, without comments and with continued lines joined. */
export function commandsOf({ text }: CodeBlock): string[] {
  return text
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => line.split(' && '));
}
