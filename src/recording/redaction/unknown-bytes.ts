/**
 * What may be text in bytes of unknown meaning: in an unknown message, behind the fields of a known one, and in data that
 * is no message. A short run within it, such as each pair of digits of "06 12 34", is part of the text; single bytes
 * that happen to be printable are not.
 */
import type { Pseudonyms } from './pseudonyms.js';

/** The fewest bytes, or characters of two bytes, that count as text: fewer are likely to be protocol numbers. */
export const LEAST_TEXT = 3;

/** Replaces the texts in place, in one byte per character or two (UTF-16). */
export function replaceUnknown(bytes: Buffer, pseudonyms: Pseudonyms, from = 0, to = bytes.length): void {
  for (let at = from; at < to; ) {
    const single = textEnd(bytes, at, to);
    const wide = wideEnd(bytes, at, to);
    if (single - at >= LEAST_TEXT) {
      pseudonyms.replace(bytes, at, single);
      at = single;
    } else if ((wide - at) / 2 >= LEAST_TEXT) {
      replaceWide(bytes, pseudonyms, at, wide);
      at = wide;
    } else at++;
  }
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0x09;
}

function textEnd(bytes: Buffer, at: number, to: number): number {
  let end = at;
  while (end < to && isText(bytes[end] as number)) end++;
  return end;
}

/**
 * The end of characters of two bytes: one of each two is always the same and below 7, as in UTF-16 of alphabets from
 * Latin to Arabic, and the other one is a character.
 */
function wideEnd(bytes: Buffer, at: number, to: number): number {
  return Math.max(wideEndAt(bytes, at, to, 0), wideEndAt(bytes, at, to, 1));
}

function wideEndAt(bytes: Buffer, at: number, to: number, high: 0 | 1): number {
  const page = bytes[at + high];
  let end = at;
  if (page === undefined || page > 6) return end;
  while (end + 1 < to && bytes[end + high] === page && isText(bytes[end + 1 - high] as number)) end += 2;
  return end;
}

function replaceWide(bytes: Buffer, pseudonyms: Pseudonyms, from: number, to: number): void {
  const low = (bytes[from] as number) < 7 ? 1 : 0;
  const characters = Buffer.from(Array.from({ length: (to - from) / 2 }, (_, each) => bytes[from + each * 2 + low]!));
  pseudonyms.replace(characters);
  for (const [each, byte] of characters.entries()) bytes[from + each * 2 + low] = byte;
}
