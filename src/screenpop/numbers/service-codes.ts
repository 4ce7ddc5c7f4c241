/**
 * Codes dialed before a number, most often to show or to withhold the caller's own number. They are not part of the
 * number: text with a code is read without it, or not at all.
 */

/**
 * `*31#`, `#31#`, `**31*`, `*31*`: terminated by their own `#` or `*`, as in GSM and most switches (3GPP TS 22.030).
 */
const CLOSED = /^[*#]{1,2}\d{2,3}(?:\*\d{1,4})?[*#]+/;
/** `*21*0301234#` registers forwarding to the number, and `*#31#` asks for a setting: nobody calls that number. */
const SETTING = /^(?:\*#|[*#]{1,2}\d{2,3}\*[^*#]+#)/;
/** `*67`, `*82`, `*70`; `*2xx` and `*3xx`: North America (ATIS vertical service codes), not terminated. */
const NORTH_AMERICAN = /^\*(?:[4-9]\d|[23]\d\d)/;

/**
 * Codes consisting only of digits, by country: dialed from a telephone without a star key, or the only form in that
 * network. Source: the numbering plans and carriers' public instructions.
 */
const IN_DIGITS: Readonly<Record<string, readonly string[]>> = {
  US: ['1167', '1182'],
  CA: ['1167', '1182'],
  GB: ['1470', '141'],
  IE: ['141', '142'],
  AU: ['1831', '1832'],
  NZ: ['0197', '0196'],
  JP: ['184', '186'],
  FR: ['3651'],
  ES: ['067'],
  HK: ['133', '1357'],
};

/** @returns the text after a code of stars and hashes; undefined if it has none, or an unknown one */
export function withoutStarCode(text: string, callingCode: string | undefined): string | undefined {
  if (SETTING.test(text)) return undefined;
  const closed = text.replace(CLOSED, '');
  if (closed !== text) return closed;
  if (callingCode !== '1') return undefined;
  const rest = text.replace(NORTH_AMERICAN, '');
  return rest === text ? undefined : rest;
}

/** The digits after each code with which the text may start; only the remaining digits show whether it is a code. */
export function withoutDigitCode(digits: string, region: string | undefined): string[] {
  const codes = (region !== undefined && IN_DIGITS[region]) || [];
  return codes.filter((code) => digits.startsWith(code)).map((code) => digits.slice(code.length));
}
