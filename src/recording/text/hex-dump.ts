/**
 * Reads bytes from a text dump: of xxd, hexdump -C, od -t x1, tshark -x, Format-Hex, Wireshark's *Follow TCP Stream* and
 * *Copy as*, logs that dump bytes, or plain hexadecimal digits. For dumps of words see `word-dump.ts`. In a packet dump the offset restarts at 0 for each packet; indented lines are sent by the server,
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
/** Above the columns of PowerShell's Format-Hex. */
const HEADING = /^\s*00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\s*$/i;
/** hexdump, od and xxd -a print this in place of lines that equal the one before. */
const REPEATED = /^\s*\*\s*$/;
/** The last line of od and hexdump, unless its digits are pairs. */
const LENGTH = /^[0-9a-fA-F]{7}\s*$/;
/** The most bytes that such a line stands for: an offset is only text. */
const MAX_REPEATED = 1 << 20;
/** A word of a dump of words has at most this many bytes more than the file. */
const MAX_PADDING = 3;
/** The number of bytes after which dumps insert a wider gap. */
const HALF = 8;

export function readHexDump(text: string): Dump[] {
  const dumps: { bytes: number[]; from: FrameSender | undefined }[] = [];
  const lines = text.split(/\r?\n/).map((line) => (REPEATED.test(line) ? 'repeated' : readLine(line)));
  // Indentation is meaningful only if some lines are indented and some are not.
  const sides = new Set(lines.flatMap((line) => (typeof line === 'object' ? [line.indented] : [])));
  let last: Reading | undefined;
  let repeats = false;
  for (const line of lines) {
    if (line === 'repeated') {
      repeats = last?.next !== undefined;
      continue;
    }
    if (line === undefined) {
      last = undefined;
      continue;
    }
    if (repeats && last !== undefined) repeatLine(last, line.offset ?? line.text.trim());
    repeats = false;
    const from = sides.size === 2 ? senderOf(line.indented) : undefined;
    if (line.offset === undefined && last?.next !== undefined && endsAt(last, line.text.trim())) continue;
    const continues =
      last !== undefined && last.from === from && (line.offset === undefined || isAt(line.offset, last.next));
    if (!continues || last === undefined) {
      const dump = { bytes: [], from };
      dumps.push(dump);
      const next = line.offset === undefined ? undefined : Number.parseInt(line.offset, 16);
      last = { ...dump, next, bases: BASES, line: [] };
    }
    addLine(last, line);
  }
  return dumps.map(({ bytes, from }) => ({ bytes: Buffer.from(bytes), from }));
}

interface Reading {
  readonly bytes: number[];
  readonly from: FrameSender | undefined;
  /** The offset that the next line must have. */
  next: number | undefined;
  /** The bases that its offsets may have. */
  bases: readonly number[];
  /** The bytes of the last line. */
  line: readonly number[];
}

function addLine(reading: Reading, { offset, bytes }: DumpLine): void {
  const { bases, next } = reading;
  if (offset !== undefined) reading.bases = bases.filter((base) => Number.parseInt(offset, base) === next);
  reading.line = bytes;
  reading.bytes.push(...bytes);
  reading.next = offset === undefined || next === undefined ? undefined : next + bytes.length;
}

/** Adds the lines that a dump has left out before this offset. */
function repeatLine(reading: Reading, offset: string): void {
  const { line, next = 0, bytes, bases } = reading;
  const left = offsets(offset, bases)
    .map((each) => each - next)
    .find((each) => each > 0 && each <= MAX_REPEATED && each % line.length === 0);
  for (let added = 0; added < (left ?? 0); added += line.length) bytes.push(...line);
  reading.next = next + (left ?? 0);
}

/** The last line of hexdump and od is the length, without what fills the last word. */
function endsAt(reading: Reading, length: string): boolean {
  const { next = 0, bytes, bases } = reading;
  const padding = offsets(length, bases)
    .map((each) => next - each)
    .find((each) => each >= 0 && each <= MAX_PADDING);
  if (padding === undefined) return false;
  bytes.splice(bytes.length - padding, padding);
  return true;
}

function senderOf(indented: boolean): FrameSender {
  return indented ? 'server' : 'client';
}

/** Offsets have hexadecimal, octal or decimal digits (od -A). */
const BASES: readonly number[] = [16, 8, 10];

/** What an offset may mean. */
function offsets(written: string, bases = BASES): number[] {
  return /^[0-9a-fA-F]{4,8}$/.test(written) ? bases.map((base) => Number.parseInt(written, base)) : [];
}

function isAt(offset: string, next: number | undefined): boolean {
  return next !== undefined && offsets(offset).includes(next);
}

/** @returns undefined for a line that is not part of a dump */
function readLine(line: string): DumpLine | undefined {
  if (HEADING.test(line)) return undefined;
  const indented = /^(\t| {4})/.test(line);
  const text = withoutNotation(line);
  const withOffset = WITH_OFFSET.exec(text);
  if (withOffset !== null) {
    const bytes = bytesOf(withOffset[3] ?? '');
    if (bytes.length > 0) return { offset: withOffset[2] as string, bytes, indented, text };
  }
  if (LENGTH.test(text)) return { offset: undefined, bytes: [], indented, text };
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

/** Without what programs and logs put around the digits: a prefix, `\\x1f`, `0x1f,`, `1f:2e`, `<Buffer 1f 2e>`. */
function withoutNotation(line: string): string {
  const text = line.replace(LOG, '');
  const bare = text.trim();
  if (/^"(?:\\x[0-9a-fA-F]{2})+"[\s\\;]*$/.test(bare)) return bare.replace(/[^0-9a-fA-F]/g, '');
  if (/^(?:0x[0-9a-fA-F]{2},?\s*)+(?:\}?;?)$/.test(bare)) return bare.replace(/0x|[,};]/g, '');
  const buffer = /^<Buffer ((?:[0-9a-f]{2} ?)+)>$/.exec(bare);
  if (buffer !== null) return buffer[1]!;
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
