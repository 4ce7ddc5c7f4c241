/**
 * How text outside ASCII is encoded on the wire. The protocol defines ASCII only; real servers send the code page of
 * their site, so the charset is an option of the codec. ASCII text, nearly all there is, never reaches this file.
 */
import { TextDecoder } from 'node:util';

export interface Charset {
  readonly name: string;
  /** True if each byte is the character of the same number, so that bytes can be read directly. */
  readonly bytewise: boolean;
  decode(bytes: Buffer, from: number, to: number): string;
  /** The bytes of a text; undefined if one of its characters has none. */
  encode(text: string): Uint8Array | undefined;
}

const latin1: Charset = {
  name: 'latin1',
  bytewise: true,
  decode: (bytes, from, to) => bytes.toString('latin1', from, to),
  encode: (text) => (/^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined),
};

const utf8: Charset = {
  name: 'utf8',
  bytewise: false,
  decode: (bytes, from, to) => bytes.toString('utf8', from, to),
  encode: (text) => Buffer.from(text, 'utf8'),
};

/**
 * Windows-1252 is Latin 1 except for these, from 0x80 on. Written out because some Node.js builds decode it as Latin 1.
 */
const WINDOWS_1252 = [...'€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'];
const ITS_BYTES = new Map(WINDOWS_1252.map((character, index) => [character, String.fromCharCode(0x80 + index)]));

const windows1252: Charset = {
  name: 'windows-1252',
  bytewise: false,
  decode: (bytes, from, to) =>
    bytes
      .toString('latin1', from, to)
      .replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252[byte.charCodeAt(0) - 0x80] ?? byte),
  encode: (text) =>
    latin1.encode(text.replace(/[^\0-\x7f\xa0-\xff]/gu, (character) => ITS_BYTES.get(character) ?? '\ufffd')),
};

const FIRST_LEAD = 0x81;

type Decode = (bytes: Uint8Array) => string;

/** The bytes of each character of a charset of one or two bytes, found by decoding all of them. */
const bytesByCharacter = (decode: Decode): Map<string, Uint8Array> => {
  const table = new Map<string, Uint8Array>();
  const learn = (...bytes: number[]): void => {
    const sequence = Uint8Array.from(bytes);
    const text = decode(sequence);
    if (!text.includes('\ufffd') && [...text].length === 1 && !table.has(text)) table.set(text, sequence);
  };
  for (let byte = 0; byte < 256; byte++) learn(byte);
  for (let lead = FIRST_LEAD; lead < 256; lead++) for (let trail = 0x30; trail < 256; trail++) learn(lead, trail);
  return table;
};

/** A charset that can only be decoded: the encoding is found by reversing the decoding. */
const byDecoding = (name: string, decode: Decode): Charset => {
  let table: Map<string, Uint8Array> | undefined;
  return {
    name,
    bytewise: false,
    decode: (bytes, from, to) => decode(bytes.subarray(from, to)),
    encode(text) {
      table ??= bytesByCharacter(decode);
      const parts: Uint8Array[] = [];
      for (const character of text) {
        const bytes = table.get(character);
        if (bytes === undefined) return undefined;
        parts.push(bytes);
      }
      return Buffer.concat(parts);
    },
  };
};

const unsupported = (name: string): RangeError =>
  new RangeError(
    `"${name}" is not supported. Use latin1, utf8, a label that browsers know, such as windows-1252 or shift_jis, or a DOS code page, such as cp437 or cp850`,
  );

/** Any charset that Node.js can decode. */
const byLabel = (name: string, label: string): Charset => {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label);
  } catch {
    throw unsupported(name);
  }
  return byDecoding(decoder.encoding, (bytes) => decoder.decode(bytes));
};

/** The code pages of DOS, and of Windows' consoles: Node.js knows only the Cyrillic one. */
const DOS = /^(?:cp|ibm)?-?(437|720|737|775|85[0-8]|86[0-59]|1125)$/;

/** iconv-lite is loaded only where one of them is chosen. */
const byCodePage = (name: string, page: string): Charset => {
  const iconv = require('iconv-lite') as typeof import('iconv-lite');
  if (!iconv.encodingExists(page)) throw unsupported(name);
  return byDecoding(page, (bytes) => iconv.decode(Buffer.from(bytes), page));
};

const known = new Map<string, Charset>([
  ['latin1', latin1],
  ['iso-8859-1', latin1],
  ['utf8', utf8],
  ['utf-8', utf8],
  ['windows-1252', windows1252],
  ['cp1252', windows1252],
]);

/** Code pages under the names that Windows and databases use; `TextDecoder` has other names for them. */
const ALIASES: Readonly<Record<string, string>> = {
  cp874: 'windows-874',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp65001: 'utf8',
  latin9: 'iso-8859-15',
  'latin-1': 'latin1',
};

/** Charsets that do not encode ASCII text as ASCII bytes; the protocol's null could not terminate them. */
const NOT_ASCII = /^(utf-?16|iso-2022|replacement)/i;

/**
 * The charset with a name: `latin1` (ISO 8859-1, the default), `utf8`, a label that Node's TextDecoder knows, such as
 * `windows-1252`, `iso-8859-15`, `shift_jis`, `gbk`, or a code page of DOS, such as `cp850`.
 * @throws RangeError if there is no such charset, or if it is not a superset of ASCII
 */
export const charsetOf = (name: string): Charset => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const written = name
    .trim()
    .toLowerCase()
    .replace(/^win-?(?=\d{3,4}$)/, 'windows-');
  const label = ALIASES[written] ?? written;
  const page = DOS.exec(label)?.[1];
  const charset = known.get(label) ?? (page === undefined ? byLabel(name, label) : byCodePage(name, `cp${page}`));
  if (NOT_ASCII.test(charset.name)) throw new RangeError(`The charset "${name}" does not contain ASCII as it is`);
  known.set(name, charset);
  return charset;
};

/** The bytes of a text in a charset; a character that it lacks becomes a question mark. */
export const bytesOf = (text: string, charset = 'latin1'): Buffer => {
  const { encode } = charsetOf(charset);
  return Buffer.from(
    encode(text) ?? Buffer.concat([...text].map((character) => encode(character) ?? Buffer.from('?'))),
  );
};
