/** An archive of a few small files: tar (ustar), compressed with gzip, readable by every system. */
import { gzipSync } from 'node:zlib';

export interface ArchiveEntry {
  /** Path within the archive, at most 100 ASCII characters. */
  readonly name: string;
  readonly content: Buffer | string;
}

const BLOCK = 512;

/** @param at modification time of the files, in milliseconds since the epoch */
export function tarGz(entries: readonly ArchiveEntry[], at: number): Buffer {
  const parts = entries.flatMap(({ name, content }) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [header(name, bytes.length, at), bytes, padding];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

function header(name: string, size: number, at: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'latin1');
  const octal = (value: number, offset: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(at / 1_000), 136, 12);
  // While the checksum is computed, blanks stand in its place.
  block.fill(' ', 148, 156);
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
