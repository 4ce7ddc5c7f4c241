/** Validates the arguments that a dialog gives a request, which the runtime would drop or refuse. */
import { enumKind, enumValue, enumValues } from '../../../src/ctios/enums/index.js';
import { keywordByName, nearestKeyword } from '../../../src/ctios/keyword-lookup.js';
import { requestByName } from '../../../src/ctios/requests/index.js';
import { text } from '../text.js';

interface Argument {
  readonly key: string;
  readonly value: string;
  readonly type?: string;
}
/** The error of a row: in its keyword, or in its value. */
export interface Complaint {
  readonly at: 'key' | 'value';
  readonly reason: string;
}

/** Call data of the site and of outbound dialing, as accepted by the requests. */
const ECC = /^(user\.|BA)/i;
/** Maximum number of names in one sentence. */
const MAX_NAMES = 8;

/**
 * @param request the name of the request; blank if the message names it: then the valid arguments are not known yet
 * @returns an error for each row, or undefined
 */
export function argumentComplaints(rows: readonly Argument[], request: string): (Complaint | undefined)[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const key = row.key.trim();
    if (key === '' || key.includes('${')) return undefined;
    const known = keywordByName(key);
    const name = (known?.keyword ?? key).toLowerCase();
    if (seen.has(name)) return { at: 'key', reason: text('invalid.twice', { keyword: known?.keyword ?? key }) };
    seen.add(name);
    return wrongKeyword(key, known?.keyword, request) ?? wrongValue(row, known?.enum);
  });
}

function wrongKeyword(key: string, keyword: string | undefined, name: string): Complaint | undefined {
  const request = requestByName(name);
  if (ECC.test(key)) {
    const takes = request === undefined || request.open || request.args.some((arg) => arg.keyword === 'ECC');
    return takes ? undefined : { at: 'key', reason: text('invalid.notOfRequest', { request: name, keyword: key }) };
  }
  if (keyword === undefined) {
    if (request?.open) return undefined;
    const nearest = nearestKeyword(key);
    const reason =
      nearest === undefined
        ? text('invalid.noKeyword', { keyword: key })
        : text('invalid.noKeywordBut', { keyword: key, nearest });
    return { at: 'key', reason };
  }
  const family = keyword.replace(/\[\d+\]$/, '[n]');
  if (
    request === undefined ||
    request.open ||
    request.args.some((arg) => arg.keyword === keyword || arg.keyword === family)
  ) {
    return undefined;
  }
  return { at: 'key', reason: text('invalid.notOfRequest', { request: request.name, keyword }) };
}

function wrongValue({ value, type = 'str' }: Argument, enumeration: string | undefined): Complaint | undefined {
  if (type !== 'str' || value.trim() === '' || value.includes('${')) return undefined;
  const reason = enumProblem(value, enumeration);
  return reason === undefined ? undefined : { at: 'value', reason };
}

/** @returns the error of a value that an enumeration does not have */
export function enumProblem(value: string, enumeration: string | undefined): string | undefined {
  if (enumeration === undefined) return undefined;
  if (enumKind(enumeration) === undefined || enumValue(enumeration, value) !== undefined) return undefined;
  const names = enumValues(enumeration).map(({ word }) => word);
  const shown = names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ' …' : '');
  return text('invalid.enumValue', { values: shown });
}
