/** The files of the examples: what *Import > Examples* lists, with a folder for each group beside the numbered ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowNode } from './flow-node.js';

export const EXAMPLES_FOLDER = join(__dirname, '..', '..', '..', 'examples');

/** @returns each file below `examples/`, without its extension: "01 screen pop", "cookbook/01 …" */
export function exampleFiles(): string[] {
  return readdirSync(EXAMPLES_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replaceAll('\\', '/').replace(/\.json$/, ''))
    .sort();
}

/** @returns the numbered examples only, which `npm start` begins with */
export function numberedExamples(): string[] {
  return exampleFiles().filter((name) => !name.includes('/'));
}

/** @param file as in {@link exampleFiles} */
export function readExample(file: string): FlowNode[] {
  return JSON.parse(readFileSync(join(EXAMPLES_FOLDER, `${file}.json`), 'utf8')) as FlowNode[];
}
