/**
 * Reads numbers received from a switch. A number is public only if it is valid in the numbering plan of its country
 * (libphonenumber's full metadata): showing the wrong customer is worse than showing none.
 */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { NumberRules, PhoneNumber } from '../types.js';
import { hasNoTrunkPrefix, withoutCountryCode } from './country-code.js';
import { isInternal } from './internal.js';
import { type NumberText, takeApart } from './number-text.js';
import { withoutDigitCode, withoutStarCode } from './service-codes.js';
import { isAnonymousHost, isWithheldInDigits, isWithheldText } from './withheld.js';

/** Local numbers and extensions are shorter. */
const MIN_WITHOUT_TRUNK_PREFIX = 9;

/** "*7001" is a code of the site, not *70 and a telephone 01. */
const MIN_BEHIND_CODE = 3;

/** A plus sign and 15 digits. */
const MAX_E164 = 16;

/** The first digits of the international prefixes of all countries: 00, 011, 119, 810, 99. */
const EXIT_CODE = /^(0|1[14]|8|99)/;

/**
 * @param received a number as received from the switch; undefined or empty if there was none
 * @returns never throws: a number that cannot be read is of kind "unknown"
 */
export function readNumber(received: string | undefined, rules: NumberRules = {}): PhoneNumber {
  const text = (received ?? '').trim();
  const parts = takeApart(text);
  if (isWithheld(text, parts, rules)) return { received: text, kind: 'withheld' };
  if (isNothing(parts.user)) return { received: text, kind: 'absent' };
  const region = asRegion(rules.region);
  const read = readDialable(parts, rules, region);
  if (read === undefined) return { received: text, kind: 'unknown' };
  const { extension } = parts;
  if (read === 'withheld' || read === 'internal')
    return { received: text, kind: read, ...(read === 'internal' && extension && { extension }) };
  return {
    received: text,
    kind: 'public',
    e164: read.number,
    national: read.formatNational(),
    ...(read.country && { country: read.country }),
    ...(extension && { extension }),
  };
}

/** Gateways may send a lone + for a missing number; programs send words or -1. */
function isNothing(user: string): boolean {
  return /^[+\s-]*$/.test(user) || /^(null|nil|undefined|none|n\/?a|nan|-1|\?+|\(null\))$/i.test(user);
}

/** The region in libphonenumber's form; undefined if it is unknown ("XX", "usa"). */
export function asRegion(region: string | undefined): CountryCode | undefined {
  const code = region?.trim().toUpperCase();
  return code && isSupportedCountry(code) ? code : undefined;
}

function isWithheld(text: string, parts: NumberText, { withheldWords }: NumberRules): boolean {
  return (
    parts.private === true ||
    isAnonymousHost(parts.host, parts.user) ||
    isWithheldText(parts.user, withheldWords) ||
    (withheldWords !== undefined && isWithheldText(text, withheldWords))
  );
}

function readDialable(
  parts: NumberText,
  rules: NumberRules,
  region: CountryCode | undefined,
): Parsed | 'internal' | 'withheld' | undefined {
  const dialed = withoutCodes(parts.user, region);
  if (dialed === undefined) return undefined;
  const { digits } = dialed;
  if (isInternal(dialed.text, digits, rules, region) && !(dialed.coded && digits.length < MIN_BEHIND_CODE))
    return 'internal';
  const found = parse(dialed, parts.context, rules, region);
  if (found !== undefined) return found;
  return isWithheldInDigits(digits.replace(/^\+/, '')) ? 'withheld' : undefined;
}

interface Dialable {
  /** The number with its separators. */
  readonly text: string;
  /** Digits, with a leading + if there is one. */
  readonly digits: string;
  /** Whether there was a code before it. */
  readonly coded: boolean;
}

/**
 * Undefined if the text contains anything but a number and a known code before it: letters, an address, other stars.
 */
function withoutCodes(user: string, region: CountryCode | undefined): Dialable | undefined {
  const behindCode = /^[*#]/.test(user) ? withoutStarCode(user, region && getCountryCallingCode(region)) : user;
  // A trailing # is the key that ends dialing.
  const text = behindCode?.replace(/#+$/, '').trim();
  if (text === undefined || !/^[\d\s+().,\-/_~:[\]]+$/.test(text) || /^\d{1,3}(\.\d{1,3}){3}$/.test(text))
    return undefined;
  const digits = text.replace(/[^\d+]/g, '').replace(/^\+{2,}/, '+');
  if (!/^\+?\d+$/.test(digits) && !/^\d{1,4}\+\d+$/.test(digits)) return undefined;
  return { text, digits, coded: behindCode !== user };
}

/** The first interpretation of the text that results in a valid number. */
function parse(
  { text, digits }: Dialable,
  context: string | undefined,
  rules: NumberRules,
  region: CountryCode | undefined,
): Parsed | undefined {
  for (const reading of readings(text, digits, context, rules, region)) {
    const parsed = parsePhoneNumberFromString(reading.number, reading.dialedIn);
    // Some numbering plans allow more digits than a number may have (E.164, 6.1).
    if (!parsed?.isValid() || parsed.number.length > MAX_E164) continue;
    if (reading.exit === true ? !isBehindExitCode(parsed, reading.number) : !isComplete(parsed, reading.number))
      continue;
    const isNational = reading.exit !== true && reading.dialedIn !== undefined;
    return isNational ? withoutCountryCode(parsed, reading.number, reading.prefixed === true) : parsed;
  }
  return undefined;
}

interface Reading {
  readonly number: string;
  /** The country from which it is dialed; undefined if it starts with +. */
  readonly dialedIn?: CountryCode | { defaultCallingCode: string } | undefined;
  /** Only if it starts with the country's international prefix. */
  readonly exit?: true;
  /** A prefix of the site was removed. */
  readonly prefixed?: true;
}

/** Possible readings in decreasing order of certainty. */
function* readings(
  text: string,
  digits: string,
  context: string | undefined,
  rules: NumberRules,
  region: CountryCode | undefined,
): Generator<Reading> {
  const { prefixes, internationalPrefixes } = rules;
  const plus = digits.indexOf('+');
  if (plus >= 0) {
    // No country code starts with 0: a gateway has prepended + to a number that was dialed with a prefix.
    const dialed = /^\+0\d/.test(digits) ? text.slice(text.lastIndexOf('+') + 1) : undefined;
    if (dialed !== undefined) {
      yield* behindExitCode(dialed, region);
      if (digits.startsWith('+00')) yield* international(behindDigits(dialed, 2));
    }
    // Only a site prefix, or an international prefix that is not needed, can precede a +.
    else if (plus === 0 || ['00', '011'].includes(digits.slice(0, plus)) || prefixes?.includes(digits.slice(0, plus)))
      yield* international(text.slice(text.lastIndexOf('+') + 1));
    return;
  }
  if (context?.startsWith('+')) {
    const code = callingCodeOf(context);
    if (code !== undefined) yield { number: digits, dialedIn: { defaultCallingCode: code } };
    return;
  }
  for (const prefix of longestFirst(internationalPrefixes, digits))
    yield* international(behindDigits(text, prefix.length));
  if (region !== undefined) yield* dialedIn(region, text, digits, prefixes);
  // The ITU's recommended prefix works everywhere; some gateways use it, whatever the prefix of their country.
  if (digits.startsWith('00')) yield* international(behindDigits(text, 2));
}

/** As dialed within this country. */
function* dialedIn(
  region: CountryCode,
  text: string,
  digits: string,
  prefixes: readonly string[] | undefined,
): Generator<Reading> {
  // In Brazil and Thailand, digits of a carrier follow the 00; a gateway that prepends 00 does not know them.
  if (digits.startsWith(`00${getCountryCallingCode(region)}`)) yield* international(behindDigits(text, 2));
  yield* behindExitCode(text, region);
  // The number without its site prefix is tried first: "9 1 206 555 0101" is dialed from a desk, not from Syria.
  for (const prefix of longestFirst(prefixes, digits)) {
    const rest = behindDigits(text, prefix.length);
    yield* behindExitCode(rest, region);
    yield { number: digits.slice(prefix.length), dialedIn: region, prefixed: true };
  }
  yield { number: digits, dialedIn: region };
  for (const rest of withoutDigitCode(digits, region)) yield { number: rest, dialedIn: region };
}

/** With the international prefix of the country. */
function* behindExitCode(text: string, region: CountryCode | undefined): Generator<Reading> {
  const digits = text.replace(/\D/g, '');
  if (!EXIT_CODE.test(digits)) return;
  if (region !== undefined)
    for (const written of withAndWithoutBrackets(text)) yield { number: written, dialedIn: region, exit: true };
}

/** @param text the part after the + */
function* international(text: string): Generator<Reading> {
  for (const number of withAndWithoutBrackets(text)) yield { number: `+${number}` };
}

/**
 * With the trunk prefix in parentheses, "+49 (0)30", and without it. Keeping it is tried first: in Italy the zero is
 * part of the number; elsewhere the plan shows that it is not.
 */
function withAndWithoutBrackets(text: string): string[] {
  const bare = text.replace(/[([]0?\d[)\]]/, '');
  return [...new Set([text, bare].map((each) => each.replace(/\D/g, '')))];
}

function longestFirst(prefixes: readonly string[] = [], digits: string): string[] {
  return prefixes
    .filter((prefix) => prefix !== '' && digits.startsWith(prefix))
    .sort((one, other) => other.length - one.length);
}

/** "011 44 20 7946 0018", dialed in the United States: everything after the prefix is the number. */
function isBehindExitCode(parsed: Parsed, dialed: string): boolean {
  const digits = parsed.number.slice(1);
  return dialed.endsWith(digits) && dialed.length > digits.length;
}

/**
 * If a plan has a trunk prefix, a short number without it is an extension or a local number, and the same digits may be
 * a different number elsewhere: "201123" is not Essen (0201), "23125001" in Berlin is not Dortmund (0231).
 */
function isComplete(parsed: Parsed, dialed: string): boolean {
  const { nationalNumber } = parsed;
  if (dialed.replace(/\D/g, '') !== nationalNumber || nationalNumber.length >= MIN_WITHOUT_TRUNK_PREFIX) return true;
  return hasNoTrunkPrefix(parsed);
}

/** The part of the text after this many digits, with its separators. */
function behindDigits(text: string, count: number): string {
  let seen = 0;
  for (let index = 0; index < text.length; index++)
    if (/\d/.test(text[index]!) && ++seen === count) return text.slice(index + 1);
  return '';
}

/** The country code at the beginning of a phone-context: "+49", "+1-914-555". No code is a prefix of another. */
function callingCodeOf(context: string): string | undefined {
  const digits = context.replace(/\D/g, '');
  return getCountries()
    .map((country) => getCountryCallingCode(country))
    .find((code) => digits.startsWith(code));
}
