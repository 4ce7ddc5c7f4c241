/**
 * Codes that a caller dials before a number, most often to show or to keep back the own one. They are not part of the
 * number: a text that has one is read without it, or not at all.
 */

/** `*31#`, `#31#`, `**31*`, `*31*`: closed by a `#` or `*` of their own, as GSM and most switches have them (3GPP TS 22.030). */
const CLOSED = /^[*#]{1,2}\d{2,3}(?:\*\d{1,4})?[*#]+/;
/** `*67`, `*82`, `*70`; `*2xx` and `*3xx`: North America (ATIS vertical service codes), nothing closes them. */
const NORTH_AMERICAN = /^\*(?:[4-9]\d|[23]\d\d)/;

/**
 * Codes of digits only, by country: dialed from a telephone without a star key, or the network's only form. Taken from the
 * numbering plans and carriers' public instructions.
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

/** @returns the text behind a code of stars and hashes; undefined where it has none, or one that is not known */
export function withoutStarCode(text: string, callingCode: string | undefined): string | undefined {
  const closed = text.replace(CLOSED, '');
  if (closed !== text) return closed;
  if (callingCode !== '1') return undefined;
  const rest = text.replace(NORTH_AMERICAN, '');
  return rest === text ? undefined : rest;
}

/** The digits behind each code that the text may begin with; whether it is one shows only in what is left. */
export function withoutDigitCode(digits: string, region: string | undefined): string[] {
  const codes = (region !== undefined && IN_DIGITS[region]) || [];
  return codes.filter((code) => digits.startsWith(code)).map((code) => digits.slice(code.length));
}
