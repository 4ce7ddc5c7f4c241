/** The lines of `--help` generated from an option table. */
import type { OptionDefinition } from './option-definition.js';

const WIDTH = 100;
const COLUMN = 40;

/** Options that every command has. */
export const generalHelp = (): string[] => [
  ...wrapped('  --help, -h', 'show this text'),
  ...wrapped('  --version, -v', 'show the version'),
];

/** Every option under the heading of its group. */
export function optionHelp(table: Readonly<Record<string, OptionDefinition>>): string[] {
  const groups = new Set(Object.values(table).map(({ group }) => group));
  return [...groups].flatMap((group) => [
    '',
    `${group}:`,
    ...Object.entries(table)
      .filter(([, option]) => option.group === group)
      .flatMap(([name, option]) => row(name, option)),
  ]);
}

function row(name: string, { placeholder, about, choices, fallback }: OptionDefinition): string[] {
  const left = `  --${name}${placeholder === undefined ? '' : ` ${placeholder}`}`;
  const text = choices === undefined ? about : `${about}: ${choices.join(', ')}`;
  return wrapped(left, fallback === undefined ? text : `${text} (default ${fallback})`);
}

/** A name and its description, in two columns. */
export function wrapped(left: string, text: string): string[] {
  const lines: string[] = [];
  let line = left.padEnd(COLUMN);
  if (left.length >= COLUMN) {
    lines.push(left);
    line = ' '.repeat(COLUMN);
  }
  for (const word of text.split(' ')) {
    if (line.length + word.length > WIDTH) {
      lines.push(line.trimEnd());
      line = ' '.repeat(COLUMN);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
