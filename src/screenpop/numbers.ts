/** Reads the numbers that a switch hands over: site prefixes, extensions, withheld numbers, E.164. */
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import type { NumberRules, PhoneNumber } from './types.js';

/** What gateways and carriers put in the place of a number that the caller keeps back; letters and blanks only. */
const WITHHELD = new Set([
  'anonymous',
  'blocked',
  'callerwithheld',
  'id withheld',
  'no number',
  'not available',
  'out of area',
  'p',
  'o',
  'private',
  'private number',
  'restricted',
  'suppressed',
  'unavailable',
  'unknown',
  'withheld',
]);
/** "ANONYMOUS" spelt on a telephone's keys, as some networks send it. */
const ANONYMOUS_IN_DIGITS = '266696687';
const DEFAULT_INTERNAL_DIGITS = 5;

/**
 * @param received a number as the switch gave it; undefined or empty where the caller kept it back
 * @returns never throws: what cannot be read is of kind "unknown"
 */
export function readNumber(received: string | undefined, rules: NumberRules = {}): PhoneNumber {
  const text = (received ?? '').trim();
  if (isWithheld(text)) return { received: text, kind: 'withheld' };
  const digits = text.replace(/[^\d+]/g, '');
  if (/^[\d\s().-]+$/.test(text) && digits.length <= (rules.internalDigits ?? DEFAULT_INTERNAL_DIGITS))
    return { received: text, kind: 'internal' };
  const parsed = parse(digits, rules);
  if (parsed === undefined) return { received: text, kind: 'unknown' };
  return {
    received: text,
    kind: 'public',
    e164: parsed.number,
    national: parsed.formatNational(),
    ...(parsed.country && { country: parsed.country }),
  };
}

/** The region as libphonenumber knows it; undefined if it is none ("XX", "usa"). */
export function asRegion(region: string | undefined): CountryCode | undefined {
  const code = region?.trim().toUpperCase();
  return code && isSupportedCountry(code) ? code : undefined;
}

function isWithheld(text: string): boolean {
  if (text === '') return true;
  const digits = text.replace(/\D/g, '');
  if (digits === ANONYMOUS_IN_DIGITS) return true;
  return (
    digits === '' &&
    WITHHELD.has(
      text
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim(),
    )
  );
}

/**
 * A number that is valid in the plan beats one that only has the right length, and the number with its site prefix
 * taken off is tried first: "9 1 206 555 0101" is dialed from a desk, not from Syria.
 */
function parse(digits: string, rules: NumberRules): Parsed | undefined {
  const region = asRegion(rules.region);
  const candidates = [withoutPrefix(digits, rules.prefixes), digits]
    .filter((each) => each !== undefined)
    .flatMap((each) => parsePhoneNumberFromString(each, region) ?? []);
  return candidates.find((each) => each.isValid()) ?? candidates.find((each) => each.isPossible());
}

function withoutPrefix(digits: string, prefixes: readonly string[] = []): string | undefined {
  const fitting = prefixes.filter((prefix) => prefix !== '' && digits.startsWith(prefix));
  const longest = fitting.reduce((best, each) => (each.length > best.length ? each : best), '');
  return longest === '' ? undefined : digits.slice(longest.length);
}
