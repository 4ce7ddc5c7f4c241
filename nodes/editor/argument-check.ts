/** What is wrong with the arguments that a dialog gives a request: the runtime would leave them out, or be refused. */
import { enumKind, enumValue, enumValues } from '../../src/ctios/enums/index.js';
import { keywordByName, nearestKeyword } from '../../src/ctios/keyword-lookup.js';
import { requestByName } from '../../src/ctios/requests/index.js';
import { text } from './text.js';

interface Argument {
  readonly key: string;
  readonly value: string;
  readonly type?: string;
}
/** What is wrong with a row: with its keyword, or with its value. */
export interface Complaint {
  readonly at: 'key' | 'value';
  readonly reason: string;
}

/** Call data of the site and of outbound dialing, as the requests accept them. */
const ECC = /^(user\.|BA)/i;
/** More names than these do not help in one sentence. */
const MAX_NAMES = 8;

/**
 * @param request the name of the request; blank where only the message names it: what fits is known only then
 * @returns a complaint for each row, or undefined
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
  if (enumeration === undefined || type !== 'str' || value.trim() === '' || value.includes('${')) return undefined;
  if (enumKind(enumeration) === undefined || enumValue(enumeration, value) !== undefined) return undefined;
  const names = enumValues(enumeration).map(({ word }) => word);
  const shown = names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ' …' : '');
  return { at: 'value', reason: text('invalid.enumValue', { values: shown }) };
}
