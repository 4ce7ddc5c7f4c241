/** Names for the numbers in a message: enumeration values and bits of masks. */
import { definitionOf, type FieldFacts, nameOf } from '../../ged188/index.js';

const factsByMessage = new Map<string, ReadonlyMap<string, FieldFacts>>();

/** The definition of each field of a message, including those in its lists. */
export function messageFacts(message: string): ReadonlyMap<string, FieldFacts> {
  let facts = factsByMessage.get(message);
  if (facts === undefined) {
    const found = new Map<string, FieldFacts>();
    const tables = definitionOf(message)?.facts;
    for (const part of [tables?.fixed, tables?.orFixed, tables?.floating, tables?.extra]) collect(part ?? {}, found);
    factsByMessage.set(message, found);
    facts = found;
  }
  return facts;
}

function collect(part: object, into: Map<string, FieldFacts>): void {
  for (const [name, entry] of Object.entries(part) as [string, { facts: FieldFacts; fields?: object }][]) {
    if (entry.fields !== undefined) collect(entry.fields, into);
    else into.set(name, entry.facts);
  }
}

/** @returns undefined if it has no name */
export function wordFor(message: string, field: string, value: unknown): string | undefined {
  if (typeof value !== 'number') return undefined;
  const facts = messageFacts(message).get(field);
  if (facts?.enumeration !== undefined) return nameOf(facts.enumeration, value);
  if (facts?.mask === undefined || value === 0) return undefined;
  const names = Object.entries(facts.mask)
    .filter(([, bit]) => bit !== 0 && (value & bit) === bit)
    .map(([name]) => name);
  return names.length === 0 ? undefined : names.join(' | ');
}
