/**
 * `wireshark/ged188.lua`: a dissector for Wireshark with every message, field, enumeration and mask of the CTI Server protocol, from
 * the tables of the codec. What is the same for all messages is written by hand in `dissector.lua.txt`.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FieldFacts, Group } from '../../src/ged188/definition/field.js';
import { type Fields, List } from '../../src/ged188/definition/list.js';
import { messages, NAME_ONLY } from '../../src/ged188/index.js';
import { WIDE_TAGS_SINCE } from '../../src/ged188/versions.js';

/** One field of Wireshark: a name, a type, and the names of its numbers. */
class DissectorFields {
  readonly lines: string[] = [];
  readonly #keys = new Map<string, string>();
  readonly #names = new Map<string, number>();
  readonly #words = new Map<string, string>();
  readonly wordLines: string[] = [];

  /** @returns how the tables of messages refer to the field */
  refer(name: string, facts: FieldFacts): string {
    const words = this.#wordsOf(facts.enumeration ?? facts.mask);
    const key = `${name} ${facts.wire} ${words ?? ''}`;
    let reference = this.#keys.get(key);
    if (reference === undefined) {
      const same = this.#names.get(name) ?? 0;
      this.#names.set(name, same + 1);
      reference = same === 0 ? name : `${name}_${same + 1}`;
      this.#keys.set(key, reference);
      const isMask = facts.mask !== undefined;
      const parts = [quoted(reference), quoted(name), quoted(facts.wire), words ?? 'nil', String(isMask)];
      this.lines.push(`field(${parts.join(', ')})`);
    }
    return reference;
  }

  #wordsOf(group: Group | undefined): string | undefined {
    if (group === undefined) return undefined;
    // Where a number has two names, the first is the one that the guide uses.
    const first = new Map(
      Object.entries(group)
        .reverse()
        .map(([name, value]) => [value, name] as const),
    );
    const text = [...first]
      .reverse()
      .map(([value, name]) => `[${value}]=${quoted(name)}`)
      .join(',');
    let name = this.#words.get(text);
    if (name === undefined) {
      name = `W[${this.#words.size + 1}]`;
      this.#words.set(text, name);
      this.wordLines.push(`${name} = {${text}}`);
    }
    return name;
  }
}

/** What a message's table specifies for one field, for the dissector. */
function row(fields: DissectorFields, name: string, facts: FieldFacts, packable: boolean): string {
  const parts = [quoted(fields.refer(name, facts)), quoted(facts.wire), String(facts.size ?? 0)];
  const since = facts.since ?? 0;
  const until = facts.until ?? 0;
  if (since > 0 || until > 0 || packable) parts.push(String(since), String(until), String(packable));
  return `{${parts.join(',')}}`;
}

function fixedRows(fields: DissectorFields, part: Fields): string {
  return Object.entries(part)
    .map(([name, field]) => row(fields, name, (field as { facts: FieldFacts }).facts, false))
    .join(',');
}

function floatingRows(fields: DissectorFields, part: Fields, packable = false): string[] {
  return Object.entries(part).flatMap(([name, field]) => {
    if (field instanceof List) {
      const { within, packable: packs = false } = field.facts;
      if (within === undefined) return floatingRows(fields, field.fields, packs);
      const inner = fixedRows(fields, field.fields);
      return [`{${within},${quoted(name)},{${inner}}}`];
    }
    const { facts } = field;
    const tags = typeof facts.tag === 'number' ? [facts.tag, ...(facts.acceptTags ?? [])] : [];
    return tags.map((tag) => `{${tag},${row(fields, name, facts, packable)}}`);
  });
}

export function dissector(made: string): string {
  const fields = new DissectorFields();
  const lines = Object.values(messages).map(({ number, name, facts }) => {
    const {
      fixed,
      orFixed,
      floating = {},
      extra = {},
    } = facts as {
      fixed: Fields;
      orFixed?: Fields;
      floating?: Fields;
      extra?: Fields;
    };
    const parts = [
      `name=${quoted(name)}`,
      `fixed={${fixedRows(fields, fixed)}}`,
      ...(orFixed === undefined ? [] : [`other={${fixedRows(fields, orFixed)}}`]),
      `floating={${floatingRows(fields, { ...floating, ...extra }).join(',')}}`,
    ];
    return `M[${number}] = {${parts.join(', ')}}`;
  });
  const nameOnly = NAME_ONLY.map(({ number, name }) => `M[${number}] = {name=${quoted(name)}}`);
  const template = readFileSync(
    join(resolve(__dirname, '..', '..', '..'), 'scripts', 'docs', 'dissector.lua.txt'),
    'utf8',
  );
  return template
    .replace('@MADE@', () => made)
    .replace('@WIDE_TAGS_SINCE@', String(WIDE_TAGS_SINCE))
    .replace('@WORDS@', () => fields.wordLines.join('\n'))
    .replace('@FIELDS@', () => fields.lines.join('\n'))
    .replace('@MESSAGES@', () => [...nameOnly, ...lines].join('\n'));
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
