import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.js';

/**
 * A secret from a file or from the environment, the file winning. A line break at the end of the file is the editor's.
 * @throws UsageError where the file cannot be read or is empty
 */
export function secret(file: string | undefined, variable: string | undefined): string | undefined {
  if (file === undefined) return variable === undefined || variable === '' ? undefined : variable;
  const text = pem(file)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (text === '') throw new UsageError(`${file} is empty`);
  return text;
}

/** @throws UsageError where the file cannot be read */
export function pem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
