/** Characters that represent a digit or a separator in some script, or nothing at all. */

/**
 * Digits of any script as 0 to 9, full-width forms as ASCII, invisible characters removed, dashes, dots and blanks as
 * one kind. A superscript, as in "030 23125001²", is not a digit of the number.
 */
export function asciiDigits(text: string): string {
  return text
    .replace(/[^\p{No}]+/gu, (characters) => characters.normalize('NFKC'))
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}−]|(?<=\d)ー(?=\d)/gu, '-')
    .replace(/(?<=\d)[·•‧・](?=\d)/gu, '.')
    .replace(/\p{Zs}/gu, ' ');
}

/** In each script the ten digits are consecutive, zero first. */
function digitOf(character: string): string {
  if (character >= '0' && character <= '9') return character;
  const point = character.codePointAt(0)!;
  let zero = point;
  while (point - zero < 9 && DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return String((point - zero) % 10);
}

const DIGIT = /^\p{Nd}$/u;
