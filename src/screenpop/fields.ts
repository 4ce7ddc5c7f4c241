/** Takes named fields from a call, and puts them into a deep link. */
import type { Args } from '../ctios/transport.js';
import type { FieldMapping } from './types.js';

/** A keyword's value as text, case-insensitive; ECC variables also by their name inside `ECC`. */
export function readKeyword(call: Args, keyword: string): string | undefined {
  const wanted = keyword.trim().toLowerCase();
  return lookup(call, wanted) ?? (isArgs(call.ECC) ? lookup(call.ECC, wanted.replace(/^ecc\./, '')) : undefined);
}

/**
 * @param mapping the keywords to take and the names of the resulting fields; empty: every call and ECC variable by its
 * own keyword
 * @returns only fields that have a value: a CRM that merges a body must not blank a field
 */
export function readFields(call: Args, mapping: readonly FieldMapping[] = []): Record<string, string> {
  if (mapping.length === 0) return variablesOf(call);
  const fields: Record<string, string> = {};
  for (const { from, to } of mapping) {
    const value = readKeyword(call, from);
    if (value !== undefined && value !== '') fields[to] = value;
  }
  return fields;
}

/** Half a surrogate pair, which a truncated call variable may end with, cannot be encoded. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Replaces `{name}` in a link. Each value is percent-encoded, so that data cannot change the structure of the URL; a
 * name without a value is replaced with an empty string.
 */
export function fillTemplate(template: string, value: (name: string) => string | undefined): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(wellFormed(value(name.trim()) ?? '')),
  );
}

const VARIABLE = /^(callvariable([1-9]|10)|callwrapupdata|user\..+)$/i;
/** The variables of an outbound campaign: BACustomerNumber, BACampaign ... */
const CAMPAIGN = /^BA[A-Z]/;

function variablesOf(call: Args): Record<string, string> {
  const fields: Record<string, string> = {};
  const take = (from: Args) => {
    for (const [keyword, value] of Object.entries(from))
      if (!isArgs(value) && (VARIABLE.test(keyword) || CAMPAIGN.test(keyword)) && value !== '')
        fields[keyword] = String(value);
  };
  if (isArgs(call.ECC)) take(call.ECC);
  take(call);
  return fields;
}

function lookup(args: Args, wanted: string): string | undefined {
  for (const key in args) {
    if (key.toLowerCase() !== wanted) continue;
    const value = args[key];
    return value === undefined || isArgs(value) ? undefined : String(value);
  }
  return undefined;
}

function isArgs(value: unknown): value is Args {
  return typeof value === 'object' && value !== null;
}
