/**
 * A file to which another part of the process appends lines and which may be rotated meanwhile. A file is identified by
 * its first line, which survives renaming; once open, it can be read to the end even after it is renamed.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Bytes read at a time: many times the longest line of an audit log. */
const CHUNK_BYTES = 64 * 1024;
const NEW_LINE = 0x0a;
const COMPRESSED = /\.(gz|bz2|xz|zst)$/;

export interface AuditLine {
  readonly text: string;
  /** Where the next line begins, in bytes. */
  readonly end: number;
}

export class LineFile {
  private constructor(
    private readonly handle: FileHandle,
    /** Independent of the file's name. */
    readonly identity: string,
  ) {}

  /** @returns undefined if the file does not exist or has no line yet */
  static async open(path: string): Promise<LineFile | undefined> {
    const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (handle === undefined) return undefined;
    const [first] = await linesFrom(handle, 0);
    if (first !== undefined)
      return new LineFile(handle, createHash('sha256').update(first.text).digest('hex').slice(0, 16));
    await handle.close();
    return undefined;
  }

  /** Some of the complete lines from a position on. */
  lines(from: number): Promise<AuditLine[]> {
    return linesFrom(this.handle, from);
  }

  async size(): Promise<number> {
    return (await this.handle.stat()).size;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

async function linesFrom(handle: FileHandle, from: number): Promise<AuditLine[]> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, from);
  const lines: AuditLine[] = [];
  let start = 0;
  for (;;) {
    const end = buffer.subarray(0, bytesRead).indexOf(NEW_LINE, start);
    if (end < 0) return lines;
    lines.push({ text: buffer.toString('utf8', start, end), end: from + end + 1 });
    start = end + 1;
  }
}

/** The file and its rotated predecessors, oldest first. */
export async function rotatedFiles(path: string): Promise<string[]> {
  const [folder, name] = [dirname(path), basename(path)];
  const found = await Promise.all(
    (await readdir(folder))
      .filter((each) => each.startsWith(name) && !COMPRESSED.test(each))
      .map(async (each) => ({ path: join(folder, each), at: (await stat(join(folder, each))).mtimeMs })),
  );
  return found.sort((one, other) => one.at - other.at).map((each) => each.path);
}
