/** `reference/enumerations.md`: the values of each enumeration of CTI OS, and the keywords that have them. */
import { type EnumName, enumKind, enums, enumValues, type KeywordSpec, keywords } from '../../src/ctios/index.js';
import { cell, markdownTable } from './table.js';

const KINDS = {
  enum: 'One of these numbers.',
  mask: 'A mask: bits that add up.',
  strings: 'One of these texts.',
  names: 'Names; the guides publish no numbers.',
} as const;

export function enumerationsPage(made: string): string {
  const names = (Object.keys(enums) as EnumName[]).sort((a, b) => a.localeCompare(b));
  const contents = names.map((name) => `[${name}](#${name.toLowerCase()})`).join(' · ');
  return `${made}# Enumerations

The values of CTI OS by number and name. In a message they are numbers, and \`msg.ctios.names\` has them in words; a request takes a number,
a word (\`NotReady\`) or the name of the guide (\`eNotReady\`), in any case, with or without blanks and underscores. Numbers that are
not listed here pass unchanged, because newer servers have more. The [JSON Schemas](schemas.md) have the same lists. The constants of
the CTI Server protocol are on [a page of their own](ged188/constants.md).

${contents}

${names.map(section).join('\n\n')}
`;
}

function section(name: EnumName): string {
  const kind = enumKind(name) ?? 'enum';
  const values = enumValues(name);
  const withMeaning = values.some(({ meaning }) => meaning !== '');
  const rows = values.map(({ value, word, name: full, meaning }) => [
    numberOf(value, kind === 'mask'),
    `\`${word}\``,
    word === full ? '' : `\`${full}\``,
    ...(withMeaning ? [cell(meaning)] : []),
  ]);
  const { notes = [] } = enums[name] as { notes?: readonly string[] };
  const users = usersOf(name);
  return [
    `## ${name}`,
    [
      KINDS[kind],
      ...(users.length > 0 ? [`Keywords: ${users.map((each) => `\`${each}\``).join(', ')}.`] : []),
      ...notes.map(cell),
    ].join(' '),
    markdownTable(['value', 'word', 'in the guide', ...(withMeaning ? ['meaning'] : [])], rows),
  ].join('\n\n');
}

function numberOf(value: number | string | undefined, isMask: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return `\`${value}\``;
  return isMask ? `0x${(value >>> 0).toString(16)}` : String(value);
}

const usersOf = (name: EnumName): string[] =>
  Object.entries<KeywordSpec>(keywords)
    .filter(([, spec]) => spec.enum === name)
    .map(([keyword]) => keyword);
