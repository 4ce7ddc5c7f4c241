/** Helpers that compiled decoders call: rare cases, and code too long to repeat in each decoder. */
import type { UnknownField } from '../definition/message.js';
import type { DecodeReport } from './report.js';

const LAST_ASCII = 0x7f;

type Report = DecodeReport | undefined;
type Unknown = UnknownField[] | undefined;

/** An empty list, shared, so that a message without lists costs nothing. */
const NONE: readonly never[] = Object.freeze([]);

/** A copy of the bytes: a view would keep the whole socket chunk in memory. */
const copy = (bytes: Buffer, from: number, to: number): Buffer => {
  const own = Buffer.allocUnsafeSlow(to - from);
  bytes.copy(own, 0, from, to);
  return own;
};

/** Where a text ends: before its terminating null or nulls, if any. */
const textEnd = (bytes: Buffer, from: number, to: number): number => {
  let end = to;
  while (end > from && bytes[end - 1] === 0) end--;
  return end;
};

/**
 * A text in a charset: ASCII text, nearly all there is, is cut from the string of the whole part; other text is
 * decoded.
 */
const textIn = (
  decodeText: (bytes: Buffer, from: number, to: number) => string,
  whole: string,
  bytes: Buffer,
  base: number,
  from: number,
  to: number,
): string => {
  for (let at = from; at < to; at++) if ((bytes[at] as number) > LAST_ASCII) return decodeText(bytes, from, to);
  return whole.slice(from - base, to - base);
};

/** Offset of the first null, or `to`. */
const zero = (bytes: Buffer, from: number, to: number): number => {
  let at = from;
  while (at < to && bytes[at] !== 0) at++;
  return at;
};

/** The texts in a field: one, or several packed together, each terminated by nulls. */
const pieces = (bytes: Buffer, from: number, to: number): [from: number, to: number][] => {
  const found: [number, number][] = [];
  for (let at = from; at < to; ) {
    const end = zero(bytes, at, to);
    if (end > at) found.push([at, end]);
    at = end + 1;
  }
  return found.length > 0 ? found : [[from, from]];
};

type Element = Record<string, unknown>;

/**
 * The element of a list that a value belongs to.
 * @param first of packed values, the first element that may take it; -1: a single value, which belongs to the last
 *   element, or begins one if the last has such a value
 */
const slotFor = (list: Element[], key: string, blank: () => Element, first: number): number => {
  if (first < 0) {
    const last = list.length - 1;
    if (last >= 0 && list[last]?.[key] === undefined) return last;
  } else {
    for (let index = first; index < list.length; index++) if (list[index]?.[key] === undefined) return index;
  }
  return list.push(blank()) - 1;
};

const kept = (unknown: Unknown, tag: number, bytes: Buffer, from: number, to: number): UnknownField[] => {
  const field = { tag, data: copy(bytes, from, to) };
  if (unknown === undefined) return [field];
  unknown.push(field);
  return unknown;
};

/** Oddities are reported, and their bytes kept among the unknown fields. */
const odd = {
  unknownTag(
    report: Report,
    message: string,
    unknown: Unknown,
    tag: number,
    bytes: Buffer,
    from: number,
    to: number,
  ): UnknownField[] {
    report?.note('unknown-tag', message, tag);
    return kept(unknown, tag, bytes, from, to);
  },

  /** A known tag whose value has the wrong size, or a single field that occurs twice. */
  misfit(
    report: Report,
    message: string,
    unknown: Unknown,
    tag: number,
    bytes: Buffer,
    from: number,
    to: number,
    repeated: boolean,
  ): UnknownField[] {
    report?.note(repeated ? 'repeated-field' : 'field-size', message, tag, to - from);
    return kept(unknown, tag, bytes, from, to);
  },

  cutShort(
    report: Report,
    message: string,
    unknown: Unknown,
    tag: number,
    bytes: Buffer,
    from: number,
    to: number,
  ): UnknownField[] {
    report?.note('short-floating-part', message, tag, to - from);
    return kept(unknown, tag, bytes, from, to);
  },

  /** Fewer bytes than a tag and a length. */
  strayBytes(report: Report, message: string, count: number): void {
    report?.note('short-floating-part', message, 'end', count);
  },
};

export const decodeRuntime = { NONE, copy, textEnd, textIn, zero, slotFor, pieces, odd };
