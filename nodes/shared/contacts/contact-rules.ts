/** How contacts are read, from the saved form of a node: whose they are, how numbers are read, which fields are taken. */
import { enumValue } from '../../../src/ctios/index.js';
import type { FieldMapping, NumberRules } from '../../../src/screenpop/index.js';
import { number } from '../message/numbers.js';

/** What the dialogs of the nodes for contacts have in common. */
export interface ContactRulesDef {
  /** Names or numbers of CallType, separated by commas; blank: those that the node takes by default. */
  callTypes: string;
  /** Agent IDs, separated by commas; blank: all. */
  agents: string;
  region: string;
  prefixes: string;
  internalDigits: string | number;
  /** Each a list, separated by commas. */
  internationalPrefixes: string;
  internalPatterns: string;
  withheldWords: string;
  fields: { from: string; to: string }[];
}

export interface ContactRules extends NumberRules {
  readonly callTypes?: readonly number[];
  readonly agents: readonly string[];
  readonly fields: readonly FieldMapping[];
}

export function contactRules(def: ContactRulesDef): ContactRules {
  const callTypes = words(def.callTypes).flatMap((word) => {
    const value = enumValue('CallType', word);
    return typeof value === 'number' ? [value] : [];
  });
  const fields = (Array.isArray(def.fields) ? def.fields : [])
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() || from.trim() }))
    .filter(({ from }) => from !== '');
  const region = String(def.region ?? '').trim();
  return {
    agents: words(def.agents),
    fields,
    prefixes: words(def.prefixes),
    internationalPrefixes: words(def.internationalPrefixes),
    internalPatterns: words(def.internalPatterns),
    withheldWords: phrases(def.withheldWords),
    internalDigits: number(def.internalDigits, 5, 0, 15),
    ...(callTypes.length === 0 ? {} : { callTypes }),
    ...(region === '' ? {} : { region }),
  };
}

function words(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\s]+/)
    .filter((word) => word !== '');
}

/** As {@link words}, for what may have blanks in it: "keine Nummer". */
function phrases(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
