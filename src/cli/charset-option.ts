import { charsetOf } from '../ged188/index.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError if the name is not that of an encoding */
export function charsetOption(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    charsetOf(name);
  } catch (error) {
    throw new UsageError(`--charset: ${(error as Error).message}`);
  }
  return name;
}
