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

/** The last bytes of a value that the switch has truncated in the middle of a character. */
const HALF_OF_UTF8 = /(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$/;

const utf8: Charset = {
  name: 'utf8',
  bytewise: false,
  decode: (bytes, from, to) => {
    const half = HALF_OF_UTF8.exec(bytes.toString('latin1', Math.max(from, to - 3), to));
    return bytes.toString('utf8', from, to - (half?.[0].length ?? 0));
  },
  // An unpaired surrogate, such as slice() can leave, has no encoding.
  encode: (text) => (/\p{Surrogate}/u.test(text) ? undefined : Buffer.from(text, 'utf8')),
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

/** Signs for which the standards of Japan and Windows have different characters: either may have been typed. */
const SAME_SIGN = new Map([...'〜～‖∥−－—―¢￠£￡¬￢'].map((sign, index, all) => [sign, all[index ^ 1]!]));

/** A letter as another one with a mark behind it: Windows-1258 has "ê" and the dot below, but not "ệ". */
const withMark = (character: string, table: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined => {
  const [letter = '', ...marks] = character.normalize('NFD');
  for (const [index, mark] of marks.entries()) {
    const base = table.get((letter + marks.toSpliced(index, 1).join('')).normalize('NFC'));
    const behind = table.get(mark);
    if (base !== undefined && behind !== undefined) return Buffer.concat([base, behind]);
  }
  return undefined;
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
        const bytes = table.get(character) ?? table.get(SAME_SIGN.get(character) ?? '') ?? withMark(character, table);
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

/** Vietnamese: letters with their marks as one character, as people type and compare them. */
const windows1258 = (): Charset => {
  const charset = byLabel('windows-1258', 'windows-1258');
  return { ...charset, decode: (bytes, from, to) => charset.decode(bytes, from, to).normalize('NFC') };
};

/** Any charset that Node.js can decode. */
const byLabel = (name: string, label: string): Charset => {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(label);
  } catch {
    throw unsupported(name);
  }
  return byDecoding(decoder.encoding, (bytes) => {
    const text = decoder.decode(bytes, { stream: true });
    // The remaining bytes are an incomplete character: the switch has truncated the value there.
    decoder.decode();
    return text;
  });
};

/**
 * The code pages of DOS, and of Windows' consoles: Node.js knows only the Cyrillic one. 949 is EUC-KR with all Korean
 * syllables; Node.js decodes EUC-KR without them.
 */
const DOS = /^(?:cp|ibm|ccsid|dos|oem)?-?0*(437|720|737|775|85[0-8]|86[0-59]|949|1125)$/;

/** iconv-lite is loaded only if one of them is selected. */
const byCodePage = (name: string, page: string): Charset => {
  const iconv = require('iconv-lite') as typeof import('iconv-lite');
  if (!iconv.encodingExists(page)) throw unsupported(name);
  // Unless it is notified of the end of the input, a decoder omits an incomplete character.
  return byDecoding(page, (bytes) => iconv.getDecoder(page).write(Buffer.from(bytes)));
};

/** Characters of four bytes, such as those of rare Chinese names, are not in a table. */
const gb18030 = (): Charset => {
  const iconv = require('iconv-lite') as typeof import('iconv-lite');
  const encode = (text: string): Uint8Array | undefined => {
    const bytes = iconv.encode(text, 'gb18030');
    return iconv.decode(bytes, 'gb18030') === text ? bytes : undefined;
  };
  return { ...byLabel('gb18030', 'gb18030'), encode };
};

const newCharset = (name: string, label: string): Charset => {
  if (label === 'gb18030') return gb18030();
  if (label === 'windows-1258') return windows1258();
  const page = DOS.exec(label)?.[1];
  return page === undefined ? byLabel(name, label) : byCodePage(name, `cp${page}`);
};

const known = new Map<string, Charset>([
  ['latin1', latin1],
  ['iso-8859-1', latin1],
  ['utf8', utf8],
  ['utf-8', utf8],
  ['windows-1252', windows1252],
  ['cp1252', windows1252],
]);

/**
 * Names of Windows, Java, Python and databases, without their separators: `TextDecoder` has other names for these
 * charsets.
 */
const ALIASES: Readonly<Record<string, string>> = {
  utf8mb4: 'utf8',
  cp65001: 'utf8',
  latin9: 'iso-8859-15',
  cp874: 'windows-874',
  tis620: 'windows-874',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  windows932: 'shift_jis',
  windows31j: 'shift_jis',
  eucjp: 'euc-jp',
  cp936: 'gbk',
  ms936: 'gbk',
  windows936: 'gbk',
  euckr: 'cp949',
  ms949: 'cp949',
  windows949: 'cp949',
  uhc: 'cp949',
  ksc5601: 'cp949',
  ksc56011987: 'cp949',
  cp950: 'big5',
  ms950: 'big5',
  windows950: 'big5',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  macroman: 'macintosh',
};

/** "Cp1252", "ISO8859_15", "EUC_KR": the label that `TextDecoder` has, or the number of a code page. */
const labelOf = (name: string): string => {
  const written = name.trim().toLowerCase();
  const squeezed = written.replace(/[^a-z0-9]/g, '');
  const [, windows] = /^(?:windows|win|cp|ms)?(125\d)$/.exec(squeezed) ?? [];
  if (windows !== undefined) return `windows-${windows}`;
  const [, part] = /^(?:iso)?8859(\d{1,2})$/.exec(squeezed) ?? [];
  if (part !== undefined) return `iso-8859-${part}`;
  const [, known] = /^(utf8|latin\d)$/.exec(squeezed) ?? [];
  return ALIASES[squeezed] ?? known ?? written;
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
  const label = labelOf(name);
  const charset = known.get(label) ?? newCharset(name, label);
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
