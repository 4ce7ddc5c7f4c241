/** Determines which numbers are extensions of the site. */
import type { NumberRules } from '../types.js';

const DEFAULT_INTERNAL_DIGITS = 5;

/** Emergency numbers, which are never extensions: worldwide, and by country (E.164 national plans). */
const EMERGENCY_ANYWHERE = ['112', '911'];
const EMERGENCY: Readonly<Record<string, readonly string[]>> = {
  GB: ['999'],
  IE: ['999'],
  HK: ['999'],
  SG: ['995', '999'],
  AU: ['000', '106'],
  NZ: ['111'],
  DE: ['110'],
  AT: ['122', '133', '140', '144'],
  CH: ['117', '118', '144', '1414'],
  FR: ['15', '17', '18', '115', '119', '191', '196', '197'],
  IT: ['113', '115', '118'],
  ES: ['061', '080', '091', '092'],
  PL: ['997', '998', '999'],
  JP: ['110', '118', '119'],
  CN: ['110', '119', '120', '122'],
  KR: ['112', '119'],
  TW: ['110', '119'],
  IN: ['100', '101', '102', '108'],
  BR: ['190', '192', '193'],
  MX: ['060', '065', '066'],
  RU: ['101', '102', '103'],
  ZA: ['10111', '10177'],
};

/** "0/1/0:23", "17/3", "10:15": the port of a gateway, a time. */
const NOT_A_PHONE = /\d\s*[/:_~,[\]]\s*\d/;

/**
 * @param text with its separators
 * @param digits with a leading + if the text has one
 */
export function isInternal(text: string, digits: string, rules: NumberRules, region: string | undefined): boolean {
  const patterns = (rules.internalPatterns ?? []).map(patternOf).filter((each) => each !== undefined);
  if (patterns.some((pattern) => pattern.test(digits))) return true;
  // Only zeros are not a number.
  if (!/^\d+$/.test(digits) || /^0+$/.test(digits)) return false;
  if (digits.length > (rules.internalDigits ?? DEFAULT_INTERNAL_DIGITS)) return false;
  if (NOT_A_PHONE.test(text)) return false;
  // "9911" is dialed where an outside line needs a 9.
  const prefixes = (rules.prefixes ?? []).filter((prefix) => digits.startsWith(prefix));
  return !['', ...prefixes].some((prefix) => isEmergency(digits.slice(prefix.length), region));
}

function isEmergency(digits: string, region: string | undefined): boolean {
  return EMERGENCY_ANYWHERE.includes(digits) || (region !== undefined && EMERGENCY[region]?.includes(digits) === true);
}

/** "2xxx", "+1206555xxxx", "7[0-4]xx", "2000-2999"; undefined for any other form. */
function patternOf(pattern: string): { test(digits: string): boolean } | undefined {
  const text = pattern.trim();
  const range = /^(\d{1,15})-(\d{1,15})$/.exec(text);
  if (range !== null) return rangePattern(range[1]!, range[2]!);
  if (!/^\+?(?:[\dx]|\[\d(?:-?\d)*\])+$/i.test(text)) return undefined;
  try {
    return new RegExp(`^${text.replace(/\+/g, '\\+').replace(/x/gi, '\\d')}$`);
  } catch {
    // A set with a descending range: "[4-0]".
    return undefined;
  }
}

/** Whether the text can be used in `internalPatterns`. */
export function isInternalPattern(text: string): boolean {
  return patternOf(text) !== undefined;
}

/** Numbers of one length in a range; undefined if there are none: "2000-299", "2999-2000". */
function rangePattern(from: string, to: string): { test(digits: string): boolean } | undefined {
  if (from.length !== to.length || from > to) return undefined;
  return { test: (digits) => /^\d+$/.test(digits) && digits.length === from.length && digits >= from && digits <= to };
}
