/**
 * Reads bytes from a text dump: of xxd, hexdump -C, od -t x1, tshark -x, Wireshark's *Follow TCP Stream* and *Copy as*,
 * logs that dump bytes, or plain hexadecimal digits. In a packet dump the offset restarts at 0 for each packet; indented lines are sent by the server,
 * as in Wireshark.
 */
import type { FrameSender } from '../recording.js';

export interface Dump {
  readonly bytes: Buffer;
  /** Set if the layout of the dump shows the sender. */
  readonly from: FrameSender | undefined;
}

interface DumpLine {
  readonly offset: string | undefined;
  readonly bytes: number[];
  readonly indented: boolean;
  readonly text: string;
}

const WITH_OFFSET = /^(\s*)(?:0x)?([0-9a-fA-F]{4,8})(?::\s*|\s{2,}|\s(?=[0-9a-fA-F]{2}(?:\s|$)))(.*)$/;
const GROUPS = /^(?:[0-9a-fA-F]{2})+$/;
/** The number of bytes after which dumps insert a wider gap. */
const HALF = 8;

export function readHexDump(text: string): Dump[] {
  const dumps: { bytes: number[]; from: FrameSender | undefined }[] = [];
  const lines = text.split(/\r?\n/).map(readLine);
  // Indentation is meaningful only if some lines are indented and some are not.
  const sides = new Set(lines.flatMap((line) => (line === undefined ? [] : [line.indented])));
  let last: { bytes: number[]; from: FrameSender | undefined; next: number | undefined } | undefined;
  for (const line of lines) {
    if (line === undefined) {
      last = undefined;
      continue;
    }
    const from = sides.size === 2 ? senderOf(line.indented) : undefined;
    // The last line of hexdump and od is the length.
    if (line.offset === undefined && last?.next !== undefined && isAt(line.text, last.next)) continue;
    const continues =
      last !== undefined && last.from === from && (line.offset === undefined || isAt(line.offset, last.next));
    if (!continues || last === undefined) {
      const dump = { bytes: [], from };
      dumps.push(dump);
      last = { ...dump, next: line.offset === undefined ? undefined : Number.parseInt(line.offset, 16) };
    }
    last.bytes.push(...line.bytes);
    last.next = line.offset === undefined || last.next === undefined ? undefined : last.next + line.bytes.length;
  }
  return dumps.map(({ bytes, from }) => ({ bytes: Buffer.from(bytes), from }));
}

function senderOf(indented: boolean): FrameSender {
  return indented ? 'server' : 'client';
}

/** Whether an offset, in hexadecimal, octal or decimal digits (od -A), is this one. */
function isAt(offset: string, next: number | undefined): boolean {
  if (next === undefined || !/^[0-9a-fA-F]{4,8}$/.test(offset)) return false;
  return [16, 8, 10].some((base) => Number.parseInt(offset, base) === next);
}

/** @returns undefined for a line that is not part of a dump */
function readLine(line: string): DumpLine | undefined {
  const indented = /^(\t| {4})/.test(line);
  const text = withoutNotation(line);
  const withOffset = WITH_OFFSET.exec(text);
  if (withOffset !== null) {
    const bytes = bytesOf(withOffset[3] ?? '');
    if (bytes.length > 0) return { offset: withOffset[2] as string, bytes, indented, text };
  }
  const tokens = text.trim().split(/\s+/);
  if (tokens.length > 0 && tokens.every((token) => GROUPS.test(token)))
    return { offset: undefined, bytes: [...Buffer.from(tokens.join(''), 'hex')], indented, text };
  // Bytes and a character column, without an offset.
  return COLUMN.test(text) ? { offset: undefined, bytes: bytesOf(text.trim()), indented, text } : undefined;
}

/** The last line may be short; its column shows what it is. */
const COLUMN = /^\s*(?:(?:[0-9a-fA-F]{2} ){3,}[0-9a-fA-F]{2}\s{2,}|(?:[0-9a-fA-F]{2} ){0,2}[0-9a-fA-F]{2}\s{20,})\S/;
/** The prefix of a line in the logs of Unified CCE: time, process, kind. */
const LOG = /^\d{2}:\d{2}:\d{2}[:.,]\d{3}\s.*?Trace:\s*/;

/** Without what programs and logs put around the digits: a prefix, `\\x1f`, `0x1f,`, `1f:2e`. */
function withoutNotation(line: string): string {
  const text = line.replace(LOG, '');
  const bare = text.trim();
  if (/^"(?:\\x[0-9a-fA-F]{2})+"[\s\\;]*$/.test(bare)) return bare.replace(/[^0-9a-fA-F]/g, '');
  if (/^(?:0x[0-9a-fA-F]{2},?\s*)+(?:\}?;?)$/.test(bare)) return bare.replace(/0x|[,};]/g, '');
  return /^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2})+$/.test(bare) ? bare.replace(/:/g, ' ') : text;
}

/** The bytes before the character column, which a wide gap or a bar separates. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  let rest = text;
  for (;;) {
    const match = /^(\s*)([0-9a-fA-F]+)(?=\s|$)/.exec(rest);
    if (match === null || !GROUPS.test(match[2] as string)) return bytes;
    const gap = (match[1] as string).length;
    if (bytes.length > 0 && gap > 1 && !(gap === 2 && bytes.length % HALF === 0 && isColumn(rest))) return bytes;
    bytes.push(...Buffer.from(match[2] as string, 'hex'));
    rest = rest.slice(match[0].length);
  }
}

/** Whether the rest is the second half of a line of bytes: more bytes, each separated by a space. */
function isColumn(rest: string): boolean {
  return /^\s*[0-9a-fA-F]{2}(\s[0-9a-fA-F]{2})*(\s|$)/.test(rest);
}
