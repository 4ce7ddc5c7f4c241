import { statSync } from 'node:fs';

/** Changes when the file does, whether it is written to or replaced. @returns "gone" where there is no such file */
export function fileStamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 'gone' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}
