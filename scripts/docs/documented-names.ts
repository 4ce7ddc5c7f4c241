/**
 * The vocabulary as types with explanations: what an editor shows beside an event, a request, a keyword or the value of
 * an enumeration. The facts are in the tables, but TypeScript reads explanations from declarations only, so this
 * generates declarations.
 */
import { enumKind, enums, enumValues, events, keywords, requests } from '../../src/ctios/index.js';

/** What a value of a type is in TypeScript. */
const VALUES: Readonly<Record<string, string>> = { STRING: 'string', BOOL: 'boolean', ARGUMENTS: 'Args' };

const plain = (text: string): string => text.replaceAll('*/', '*\\/');
const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.…]$/.test(text) ? '' : '.'}`;
const named = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);
const quoted = (name: string): string => `'${name.replaceAll("'", "\\'")}'`;

function declared(
  name: string,
  about: string,
  entries: readonly (readonly [name: string, type: string, about: string])[],
) {
  const lines = entries.flatMap(([key, type, says]) => [
    `  /** ${plain(says)} */`,
    `  readonly ${named(key)}: ${type};`,
  ]);
  return [`/** ${about} */`, `export interface ${name} {`, ...lines, '}'].join('\n');
}

function keywordValues(): string {
  const entries = Object.entries(keywords).map(([name, spec]) => {
    const { type, meaning, enum: enumeration } = spec as { type: string; meaning: string; enum?: string };
    const from = enumeration === undefined ? '' : ` Enumeration {@link Words.${enumeration}}.`;
    return [name, VALUES[type] ?? 'number', `${sentence(meaning)}${from}`] as const;
  });
  return declared('KeywordValues', 'Every keyword, and what a value of it is in an event.', entries);
}

function words(): string {
  const entries = Object.keys(enums).map((name) => {
    const values = enumValues(name);
    const union = [...new Set(values.map(({ word }) => quoted(word)))].join(' | ') || 'never';
    const says = values.map(({ word, value }) => `${word}${value === undefined ? '' : ` ${value}`}`).join(', ');
    return [name, union, `${enumKind(name) === 'mask' ? 'Bits, joined by "|": ' : ''}${says}`] as const;
  });
  return declared('Words', 'The values of each enumeration in words, as requests take them.', entries);
}

function eventDocs(): string {
  const entries = Object.values(events).map(({ name, when, notes, interfaces }) => {
    const says = [sentence(when), ...notes, `On ${interfaces.join(', ')}.`].join(' ');
    return [name, quoted(name), says] as const;
  });
  return declared('EventNames', 'Every event.', entries);
}

function requestDocs(): string {
  const entries = Object.values(requests).map(({ name, does, notes, conf }) => {
    const method = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const says = [
      sentence(does),
      ...notes,
      ...(conf === undefined ? [] : [`Confirmed by {@link EventNames.${conf}}.`]),
    ];
    return [method, quoted(name), says.join(' ')] as const;
  });
  return declared('RequestMethodNames', 'Every request by the name of its method.', entries);
}

/** `src/ctios/documented-names.ts` */
export function documentedNames(): string {
  return `// Made by \`npm run docs\` from the tables of this folder; change these instead.
// biome-ignore-all format: made by a program
import type { Args } from './transport.js';

${[keywordValues(), words(), eventDocs(), requestDocs()].join('\n\n')}
`;
}
