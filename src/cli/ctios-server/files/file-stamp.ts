import { statSync } from 'node:fs';

/**
 * Changes when the file is written to, replaced, or made readable.
 * @returns "gone" if the file does not exist; the code of the error if it cannot be checked, for example because of the
 *   permissions of its folder
 */
export function fileStamp(file: string): string {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? 'gone' : `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
