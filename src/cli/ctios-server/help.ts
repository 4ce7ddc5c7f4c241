import type { OptionDefinition } from './option-definition.js';
import { options } from './options.js';

const WIDTH = 100;
const COLUMN = 40;

/** What `--help` prints. */
export function helpText(): string {
  const lines = [
    'Usage: ctios-server --cti-server hostA:port[,hostB:port] [options]',
    '',
    'A CTI OS Server on top of a CTI Server (GED-188). Node-RED and programs connect over WebSocket.',
    'Once it is listening, it prints one line of JSON: {"listening":{"host":…,"port":…,"url":…}}.',
    'SIGTERM and Ctrl-C stop it cleanly; SIGHUP reloads the --agent-passwords file;',
    'SIGUSR2 writes the --record file.',
  ];
  const groups = new Set(Object.values<OptionDefinition>(options).map(({ group }) => group));
  for (const group of groups) {
    lines.push('', `${group}:`);
    for (const [name, option] of Object.entries<OptionDefinition>(options)) {
      if (option.group === group) lines.push(...row(name, option));
    }
  }
  lines.push(
    '',
    'General:',
    ...wrapped('  --config file', 'JSON file with these options; the command line takes precedence'),
    ...wrapped('  --config-schema', 'print the JSON Schema of that file'),
    ...wrapped(
      '  --make-agent-password id',
      'print a line for the --agent-passwords file; reads the password from standard input',
    ),
    ...wrapped('  --help', 'show this text'),
    ...wrapped('  --version', 'show the version'),
    '',
    'Example, with the simulated contact center:',
    '  npx ctios-simulator &',
    '  npx ctios-server --cti-server 127.0.0.1:42027 --allow-monitor-control',
    '',
  );
  return lines.join('\n');
}

function row(name: string, { placeholder, about, choices, fallback }: OptionDefinition): string[] {
  const left = `  --${name}${placeholder === undefined ? '' : ` ${placeholder}`}`;
  const text = choices === undefined ? about : `${about}: ${choices.join(', ')}`;
  return wrapped(left, fallback === undefined ? text : `${text} (default ${fallback})`);
}

function wrapped(left: string, text: string): string[] {
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
