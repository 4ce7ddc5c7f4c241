/** The pages as they are served: one file each, without further resources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', '..', 'scripts', 'pages');

/**
 * @param name a page of this folder
 * @returns its HTML; an include, `/* look.css *\/`, is replaced by the file of that name
 */
export function readPage(name: string): string {
  const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
  return read(name).replace(/\/\* (\w+\.(?:css|js)) \*\//g, (_, file: string) => read(file).trim());
}
