import type { EnumSpec, EnumValueSpec } from '../definition.js';
import * as agent from './agent.js';
import * as button from './button.js';
import * as call from './call.js';
import * as error from './error.js';
import * as eventId from './event-id.js';
import * as peripheralError from './peripheral-error.js';
import * as protocol from './protocol.js';
import * as session from './session.js';
import * as silentMonitor from './silent-monitor.js';

/** Every enumeration of CTI OS by its name. */
export const enums = {
  ...agent,
  ...call,
  ...session,
  ...button,
  ...silentMonitor,
  ...error,
  ...peripheralError,
  ...protocol,
  ...eventId,
};

export type EnumName = keyof typeof enums;

/** A value of an enumeration with its names. */
export interface EnumValue {
  /** The name in the guide: "eWorkNotReady", "LCS_ALERTING". */
  readonly name: string;
  /**
   * The name for display, without prefix: "WorkNotReady", "Alerting". Used in `msg.ctios.names` and in editor lists.
   */
  readonly word: string;
  readonly value: number | string | undefined;
  readonly meaning: string;
}

interface Lookup {
  readonly spec: EnumSpec;
  readonly values: readonly EnumValue[];
  readonly byNumber: ReadonlyMap<number | string, EnumValue>;
  readonly byName: ReadonlyMap<string, EnumValue>;
  /** Names of masks that have occurred: the same few occur in every event. */
  readonly masks: Map<number, string | undefined>;
}

/** The maximum number of cached masks, because a 32-bit mask has too many values. */
const MAX_MASKS = 1000;

/** `LCS_ALERTING` -> "Alerting", `eWorkNotReady` -> "WorkNotReady", `PERERR_GW_E_X` -> "GwEX". */
function wordOf(name: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((each) => name.startsWith(each) && name.length > each.length);
  const rest = prefix === undefined ? name : name.slice(prefix.length);
  if (!/^[A-Z0-9_]+$/.test(rest)) return rest;
  return rest
    .toLowerCase()
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** Letters and digits only: "Not Ready", "not_ready" and "NotReady" are equal. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function lookupOf(spec: EnumSpec): Lookup {
  const values: EnumValue[] = [];
  const byNumber = new Map<number | string, EnumValue>();
  const byName = new Map<string, EnumValue>();
  const call = (name: string, value: EnumValue) => {
    const folded = fold(name);
    if (!byName.has(folded)) byName.set(folded, value);
  };
  for (const [name, each] of Object.entries<EnumValueSpec>(spec.values)) {
    const value: EnumValue = {
      name,
      word: wordOf(name, spec.prefix ?? []),
      value: each.value,
      meaning: each.meaning ?? '',
    };
    values.push(value);
    if (each.value !== undefined && !byNumber.has(each.value)) byNumber.set(each.value, value);
    call(value.name, value);
    call(value.word, value);
    for (const alias of each.aka ?? []) {
      call(alias, value);
      call(wordOf(alias, spec.prefix ?? []), value);
    }
  }
  return { spec, values, byNumber, byName, masks: new Map() };
}

const lookups = new Map<string, Lookup>();
function lookup(name: string): Lookup | undefined {
  let found = lookups.get(name);
  if (found === undefined && Object.hasOwn(enums, name)) {
    found = lookupOf((enums as Record<string, EnumSpec>)[name]!);
    lookups.set(name, found);
  }
  return found;
}

/** The values of an enumeration in the order of the guide. */
export function enumValues(name: string): readonly EnumValue[] {
  return lookup(name)?.values ?? [];
}

/** Whether an enumeration is a single value or a mask. */
export function enumKind(name: string): EnumSpec['kind'] | undefined {
  return lookup(name)?.spec.kind;
}

/**
 * The name of a number: `enumName('AgentState', 3)` is "Available"; for a mask, the names of its bits joined by "|".
 * @returns undefined if the enumeration has no such value
 */
export function enumName(name: string, value: number | string): string | undefined {
  const found = lookup(name);
  return found && wordIn(found, value);
}

/** {@link enumName} for one enumeration, for frequent use: the enumeration is looked up once. */
export function enumNamer(name: string): (value: unknown) => string | undefined {
  const found = lookup(name);
  if (found === undefined) return () => undefined;
  return (value) => (typeof value === 'number' || typeof value === 'string' ? wordIn(found, value) : undefined);
}

function wordIn(found: Lookup, value: number | string): string | undefined {
  const exact = found.byNumber.get(value);
  if (exact !== undefined) return exact.word;
  if (found.spec.kind !== 'mask' || typeof value !== 'number') return undefined;
  const { masks } = found;
  let words = masks.get(value);
  if (words === undefined && !masks.has(value)) {
    words = bitNames(found, value);
    if (masks.size < MAX_MASKS) masks.set(value, words);
  }
  return words;
}

function bitNames(found: Lookup, mask: number): string | undefined {
  const words: string[] = [];
  let rest = mask >>> 0;
  for (const each of found.values) {
    const bit = typeof each.value === 'number' ? each.value >>> 0 : 0;
    // A single bit: the guide's lists also contain masks that disable several buttons.
    if (bit === 0 || (bit & (bit - 1)) !== 0 || (rest & bit) === 0) continue;
    words.push(each.word);
    rest = (rest & ~bit) >>> 0;
  }
  return rest === 0 && words.length > 0 ? words.join('|') : undefined;
}

/**
 * The number for a name or a number: 'Available', 'eAvailable', 'AGENT_STATE_AVAILABLE', '3' and 3 are all 3. Names are
 * compared ignoring case, blanks and underscores.
 * @returns undefined if the enumeration has no such value. A number need not be in the list: newer servers have more.
 */
export function enumValue(name: string, given: number | string): number | string | undefined {
  const found = lookup(name);
  if (found === undefined) return undefined;
  if (typeof given === 'number') return Number.isInteger(given) ? given : undefined;
  const text = given.trim();
  if (found.spec.kind !== 'strings' && /^[+-]?\d+$/.test(text)) return Number(text);
  if (found.spec.kind !== 'strings' && /^0x[0-9a-f]+$/i.test(text)) return Number(text);
  if (found.spec.kind === 'mask' && text.includes('|')) {
    let mask = 0;
    for (const part of text.split('|')) {
      const bit = found.byName.get(fold(part))?.value;
      if (typeof bit !== 'number') return undefined;
      mask = (mask | bit) >>> 0;
    }
    return mask;
  }
  return found.byName.get(fold(text))?.value;
}

/** The numbers of an enumeration by name, for use in code: `constants(AgentState).eAvailable`. */
export type ConstantsOf<Spec extends EnumSpec> = {
  readonly [Name in keyof Spec['values']]: Spec['values'][Name] extends { readonly value: infer Value }
    ? Value
    : undefined;
};

export function constants<const Spec extends EnumSpec>(spec: Spec): ConstantsOf<Spec> {
  return Object.fromEntries(
    Object.entries<EnumValueSpec>(spec.values).map(([name, each]) => [name, each.value]),
  ) as ConstantsOf<Spec>;
}
