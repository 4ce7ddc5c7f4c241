/** Helpers that compiled encoders call: the frame under construction, and the errors. */
import { Limits } from '../constants/limits.js';
import { EncodeError } from '../errors.js';
import { WIDE_TAGS_SINCE } from '../versions.js';
import type { Charset } from './charset.js';

/** Room for a frame, and for values that turn out to be too long only after they were written. */
const frame = Buffer.allocUnsafeSlow(Limits.MAX_MESSAGE_SIZE + 0x10000 + 16);
const LAST_ASCII = 0x7f;

const refuse = (type: string, field: string, value: unknown, expected: string): never => {
  const kind = value === null ? 'null' : `a ${typeof value}`;
  const given = typeof value === 'number' ? String(value) : kind;
  throw new EncodeError(`${type}.${field} must be ${expected}, not ${given}`, type, field);
};

const tooLong = (type: string, field: string, limit: number, length: number, unit = 'bytes'): never => {
  throw new EncodeError(`${type}.${field} has ${length} ${unit}; the limit is ${limit}`, type, field, limit, length);
};

const checkRoom = (type: string, at: number): void => {
  if (at > Limits.MAX_MESSAGE_SIZE) {
    const limit = Limits.MAX_MESSAGE_SIZE;
    throw new EncodeError(`${type} is longer than a message may be, ${limit} bytes`, type, undefined, limit, at);
  }
};

/** Writes a text without its null, the characters outside ASCII in the charset; returns where it ends. */
const characters = (at: number, text: string, charset: Charset, type: string, field: string): number => {
  if (typeof text !== 'string') refuse(type, field, text, 'a text');
  const { length } = text;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > LAST_ASCII || code === 0) return inCharset(at, text, charset, type, field);
    frame[at + index] = code;
  }
  return at + length;
};

const inCharset = (at: number, text: string, charset: Charset, type: string, field: string): number => {
  // A null terminates a text: anything behind it would be lost.
  if (text.includes('\0')) throw new EncodeError(`${type}.${field} must not contain a null character`, type, field);
  // macOS writes "é" as two characters, which older charsets do not have.
  const bytes = charset.encode(text) ?? charset.encode(text.normalize('NFC'));
  if (bytes === undefined) {
    throw new EncodeError(`${type}.${field} has characters that ${charset.name} cannot express`, type, field);
  }
  if (bytes.length > Limits.MAX_MESSAGE_SIZE) tooLong(type, field, Limits.MAX_MESSAGE_SIZE, bytes.length);
  frame.set(bytes, at);
  return at + bytes.length;
};

/** Bytes of a text on the wire, with its null. */
const textSize = (text: string, charset: Charset): number =>
  1 + (/^[\0-\x7f]*$/.test(text) ? text.length : (charset.encode(text)?.length ?? text.length));

/** Code that depends on the width of tags and lengths. */
const writers = (wide: boolean) => {
  const header = wide ? 4 : 2;
  const largest = wide ? 0xffff : 0xff;

  /** The tag and the length of a field whose data begin at `from` and end at `to`. */
  const announce = (from: number, to: number, tag: number): void => {
    const size = to - from;
    if (wide) {
      frame[from - 4] = tag >>> 8;
      frame[from - 3] = tag;
      frame[from - 2] = size >>> 8;
      frame[from - 1] = size;
    } else {
      frame[from - 2] = tag;
      frame[from - 1] = size;
    }
  };

  const text = (
    at: number,
    tag: number,
    value: string,
    max: number,
    charset: Charset,
    type: string,
    field: string,
  ): number => {
    const from = at + header;
    if (value.length >= max) tooLong(type, field, max, textSize(value, charset));
    let to = characters(from, value, charset, type, field);
    frame[to++] = 0;
    if (to - from > max) tooLong(type, field, max, to - from);
    announce(from, to, tag);
    checkRoom(type, to);
    return to;
  };

  const bytes = (at: number, tag: number, value: Uint8Array, max: number, type: string, field: string): number => {
    if (!(value instanceof Uint8Array)) refuse(type, field, value, 'bytes');
    if (value.length > max) tooLong(type, field, max, value.length);
    const from = at + header;
    const to = from + value.length;
    checkRoom(type, to);
    frame.set(value, from);
    announce(from, to, tag);
    return to;
  };

  /** A name, or the last value, of a named variable or array. */
  const part = (at: number, value: string, max: number, charset: Charset, type: string, field: string): number => {
    if (typeof value !== 'string') refuse(type, field, value, 'a text');
    if (value.length >= max) tooLong(type, field, max, textSize(value, charset));
    const to = characters(at, value, charset, type, field) + 1;
    frame[to - 1] = 0;
    if (to - at > max) tooLong(type, field, max, to - at);
    return to;
  };

  /** Fields unknown to the codec, as they were received. */
  const unknown = (at: number, fields: readonly { tag: number; data: Uint8Array }[], type: string): number => {
    if (!Array.isArray(fields)) refuse(type, 'unknown', fields, 'a list');
    let end = at;
    for (const { tag, data } of fields) {
      if (!Number.isInteger(tag) || tag < 0 || tag > largest) refuse(type, 'unknown.tag', tag, `0 to ${largest}`);
      end = bytes(end, tag, data, largest, type, 'unknown.data');
    }
    return end;
  };

  return { announce, text, bytes, part, unknown };
};

const wide = writers(true);
const narrow = writers(false);

/** @param total bytes of all named variables and arrays of the message so far */
const checkNamed = (type: string, field: string, total: number): void => {
  if (total > Limits.MAX_NAMED_DATA_BYTES)
    tooLong(type, field, Limits.MAX_NAMED_DATA_BYTES, total, 'bytes of names and values');
};

export const encodeRuntime = (version: number) => ({
  frame,
  refuse,
  tooLong,
  checkRoom,
  checkNamed,
  ...(version >= WIDE_TAGS_SINCE ? wide : narrow),
});

/** A message of which only the number and the body are known. */
export const encodeUnknown = ({ type, number, raw }: { type: string; number: number; raw: Uint8Array }): Buffer => {
  if (number >>> 0 !== number) refuse(type, 'number', number, 'an integer from 0 to 4294967295');
  if (!(raw instanceof Uint8Array)) refuse(type, 'raw', raw, 'bytes');
  const end = Limits.MESSAGE_HEADER_SIZE + raw.length;
  checkRoom(type, end);
  frame.set(raw, Limits.MESSAGE_HEADER_SIZE);
  return finish(number, end);
};

/** The finished frame with its header, in a buffer of its own. */
export const finish = (number: number, end: number): Buffer => {
  frame.writeUInt32BE(end - Limits.MESSAGE_HEADER_SIZE, 0);
  frame.writeUInt32BE(number, 4);
  const own = Buffer.allocUnsafe(end);
  frame.copy(own, 0, 0, end);
  return own;
};
