/**
 * How text outside ASCII stands on the wire. The protocol publishes ASCII only; real servers send the code page of
 * their site, so the charset is an option of the codec. ASCII, nearly all that is sent, never comes here.
 */
import { TextDecoder } from 'node:util';

export interface Charset {
  readonly name: string;
  /** True when each byte is the character of the same number, so that bytes can be read as they are. */
  readonly bytewise: boolean;
  decode(bytes: Buffer, from: number, to: number): string;
  /** The bytes of a text; undefined when a character of it has none. */
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

/** Windows-1252 is Latin 1 but for these, from 0x80 on. Written out, since some Nodes decode it as Latin 1. */
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

/** The bytes of each character of a charset of one or two bytes, found by decoding all of them. */
const bytesByCharacter = (decoder: TextDecoder): Map<string, Uint8Array> => {
  const table = new Map<string, Uint8Array>();
  const learn = (...bytes: number[]): void => {
    const sequence = Uint8Array.from(bytes);
    const text = decoder.decode(sequence);
    if (!text.includes('\ufffd') && [...text].length === 1 && !table.has(text)) table.set(text, sequence);
  };
  for (let byte = 0; byte < 256; byte++) learn(byte);
  for (let lead = FIRST_LEAD; lead < 256; lead++) for (let trail = 0x30; trail < 256; trail++) learn(lead, trail);
  return table;
};

/** Any other charset that this Node can decode; what it cannot encode itself is found by reversing that. */
const byLabel = (label: string): Charset => {
  const decoder = new TextDecoder(label);
  let table: Map<string, Uint8Array> | undefined;
  return {
    name: decoder.encoding,
    bytewise: false,
    decode: (bytes, from, to) => decoder.decode(bytes.subarray(from, to)),
    encode(text) {
      table ??= bytesByCharacter(decoder);
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

const known = new Map<string, Charset>([
  ['latin1', latin1],
  ['iso-8859-1', latin1],
  ['utf8', utf8],
  ['utf-8', utf8],
  ['windows-1252', windows1252],
  ['cp1252', windows1252],
]);

/** Charsets whose text is not made of ASCII bytes where it is ASCII; the protocol's null could not end them. */
const NOT_ASCII = /^(utf-?16|iso-2022|replacement)/i;

/**
 * The charset of a name: `latin1` (ISO 8859-1, the default), `utf8`, or a label that Node's TextDecoder knows, such as
 * `windows-1252`, `iso-8859-15`, `shift_jis`, `gbk`.
 * @throws RangeError if this Node knows no such charset, or if it is not a superset of ASCII
 */
export const charsetOf = (name: string): Charset => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const label = name.trim().toLowerCase();
  const charset = known.get(label) ?? byLabel(label);
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
