/** Takes named fields out of a call, and puts them into a deep link. */
import type { Args } from '../ctios/transport.js';
import type { FieldMapping } from './types.js';

/** A keyword's value as text, whatever the case of the keyword; ECC variables also by their name inside `ECC`. */
export function readKeyword(call: Args, keyword: string): string | undefined {
  const wanted = keyword.trim().toLowerCase();
  return lookup(call, wanted) ?? (isArgs(call.ECC) ? lookup(call.ECC, wanted.replace(/^ecc\./, '')) : undefined);
}

/**
 * @param mapping what to take, and under which name; empty: every call variable and ECC variable by its own keyword
 * @returns only fields that have a value: a CRM that merges a body must not be told to blank a field
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

/** Half a surrogate pair, as a call variable that was cut off has it, cannot be encoded. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Fills `{name}` in a link, each value percent-encoded so that data can never become part of the address; a name that
 * has no value becomes empty.
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
