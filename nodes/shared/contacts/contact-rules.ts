/** The rules for contacts from the saved form of a node: which agents, how numbers are read, which fields are taken. */
import { enumValue } from '../../../src/ctios/index.js';
import { asRegion, type FieldMapping, isInternalPattern, type NumberRules } from '../../../src/screenpop/index.js';
import { number } from '../message/numbers.js';

/** Properties shared by the dialogs of the contact nodes. */
export interface ContactRulesDef {
  /** Names or numbers of CallType, separated by commas; blank: the node's default. */
  callTypes: string;
  /** Agent IDs, separated by commas; blank: all. */
  agents: string;
  /** TeamIDs, separated by commas; blank: all. */
  teams: string;
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
  readonly teams: readonly string[];
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
    teams: words(def.teams),
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

/** What of it cannot be used, and is left out: a value from a variable is known only when the flows start. */
export function contactRuleProblems(def: ContactRulesDef): string[] {
  const problems: string[] = [];
  const region = String(def.region ?? '').trim();
  if (region !== '' && asRegion(region) === undefined)
    problems.push(
      `The country of the numbers "${region}" is not known, so only numbers with a + are read. Use a code of two letters, such as US or DE.`,
    );
  for (const pattern of words(def.internalPatterns).filter((each) => !isInternalPattern(each)))
    problems.push(
      `"${pattern}" is not a pattern of extensions and is not used. Use digits, x for any digit, [0-4], or a range such as 2000-2999; it is not a regular expression.`,
    );
  for (const word of words(def.callTypes).filter((each) => typeof enumValue('CallType', each) !== 'number'))
    problems.push(`"${word}" is not a call type and is not used. Use a number or a name of CallType, such as 2.`);
  return problems;
}

function words(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\s]+/)
    .filter((word) => word !== '');
}

/** Like {@link words}, for values that may contain blanks: "keine Nummer". */
function phrases(value: unknown): string[] {
  return String(value ?? '')
    .split(/[,;\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
