import { commands, shippedScenarios } from '../../simulator/index.js';
import { generalHelp, optionHelp, wrapped } from '../option-help.js';
import { PORT_A, PORT_B, simulatorOptionTable } from './option-table.js';

/** The output of `--help`. */
export function simulatorHelp(): string {
  return [
    'Usage: ctios-simulator [options]',
    '',
    'A simulated contact center behind a pair of CTI Servers that speak the CTI Server protocol (GED-188, 13 to 25).',
    'Once they are listening, it prints one line of JSON: {"listening":{"host":…,"port":…,"portB":…}}. Press Ctrl-C to stop.',
    ...optionHelp(simulatorOptionTable),
    '',
    'General:',
    ...wrapped('  --list-commands', 'list the commands and their arguments'),
    ...wrapped('  --scenario-schema', 'print the JSON Schema of the scenario format'),
    ...generalHelp(),
    '',
    'Scenarios:',
    ...Object.values(shippedScenarios).flatMap(({ name, title }) => wrapped(`  ${name}`, title)),
    '',
    'Example, with a CTI OS Server on top of it:',
    '  npx ctios-simulator &',
    `  npx ctios-server --cti-server 127.0.0.1:${PORT_A},127.0.0.1:${PORT_B}`,
    '',
  ].join('\n');
}

/** The output of `--list-commands`. */
export function commandList(): string {
  let list = '';
  for (const [name, { about, args }] of Object.entries(commands)) {
    list += `${name}: ${about}\n`;
    for (const [argument, { about: what, ...more }] of Object.entries(args)) {
      const { choices, otherwise, required } = more as { choices?: string[]; otherwise?: string; required?: true };
      const notes = [choices?.join(' | '), otherwise && `default: ${otherwise}`, required && 'required'];
      list += `    ${argument}: ${[what, ...notes.filter(Boolean)].join('; ')}\n`;
    }
  }
  return list;
}
