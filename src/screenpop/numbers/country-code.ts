/**
 * Gateways also send numbers with a country code but without a + or 00. Some numbering plans (Germany, Austria) accept
 * almost any digits, so such a number may also be a national one without its trunk prefix: "494211234567" is Bremen
 * (+49 421), and not Südbrookmerland (04942).
 */
import { type PhoneNumber as Parsed, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** National numbers have at most ten digits almost everywhere, numbers with their country code at least eleven. */
const MIN_WITH_CODE = 11;
/** No national number has as many digits. */
const MIN_CERTAIN = 12;
const CALLING = new Set(['FIXED_LINE', 'MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP', 'PERSONAL_NUMBER']);

/**
 * @param national the number as dialed in its country
 * @param dialed the digits of which it was read
 * @param prefixed whether there was a prefix of the site before them: then the first digit may be the trunk prefix
 * @returns the number that the digits mean; undefined if that is not certain
 */
export function withoutCountryCode(national: Parsed, dialed: string, prefixed: boolean): Parsed | undefined {
  if (dialed !== national.nationalNumber || hasNoTrunkPrefix(national)) return national;
  const minimum = prefixed ? MIN_CERTAIN : MIN_WITH_CODE;
  const own = dialed.startsWith(national.countryCallingCode);
  if (dialed.length < minimum && (prefixed || !own)) return national;
  // A plan that lists the digits of its mobile numbers leaves no doubt.
  if (!own && national.getType() === 'MOBILE') return national;
  const international = parsePhoneNumberFromString(`+${dialed}`);
  if (!international?.isValid() || !CALLING.has(international.getType() ?? '')) return national;
  return own && dialed.length >= MIN_CERTAIN ? international : undefined;
}

/** In a plan without a trunk prefix, the digits are the complete number. */
export function hasNoTrunkPrefix(number: Parsed): boolean {
  return number.formatNational().replace(/\D/g, '') === number.nationalNumber;
}
