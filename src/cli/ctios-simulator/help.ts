import { commands, shippedScenarios, siteProfiles } from '../../simulator/index.js';
import { PORT_A, PORT_B, trafficLevels } from './options.js';

/** What `--help` prints. */
export const simulatorHelp = `ctios-simulator: a simulated contact center that speaks the CTI Server protocol (GED-188, 13 to 25)

Usage: ctios-simulator [options]

  --host <address>     address to listen on                         default 127.0.0.1
  --port <number>      port of side A; 0: any free port             default ${PORT_A}
  --port-b <number>    port of side B; 0: any free port             default --port + 1; ${PORT_B} with ${PORT_A}; 0 with 0
  --agents <number>    agents 1001, 1002 … on phones 2001, 2002 …   default 20
  --seed <number>      seed that makes runs repeatable              default 1
  --traffic <level>    ${trafficLevels.join(', ')}                     default gentle; off with --scenario
  --profile <name>     how the site behaves: ${Object.keys(siteProfiles).join(', ')}     default standard
  --site <option>      set one option of the site: name, name=off or charset=cp1252; repeatable
  --scenario <name>    a built-in scenario (see below) or a JSON file
  --client-id <id>, --client-password <text>
                       accept only this client                      default: any
  --strict             refuse everything that the protocol does not allow
  --tls-key <file> --tls-cert <file> [--tls-ca <file>]
                       TLS; with --tls-ca clients must present a certificate
  --list-commands      list the commands and their arguments
  --scenario-schema    print the JSON Schema of the scenario format
  --help               show this text
  --version            show the version

When it is ready, it prints one line: {"listening":{"host":…,"port":…,"portB":…}}. Press Ctrl-C to stop.
Point a client at it: a ctios-session node, or \`ctios-server --cti-server 127.0.0.1:${PORT_A},127.0.0.1:${PORT_B}\`.

Options of a site:
  ${Object.keys(siteProfiles.standard).join(', ')}

Scenarios:
${Object.values(shippedScenarios)
  .map(({ name, title }) => `  ${name.padEnd(24)}${title}`)
  .join('\n')}
`;

/** What `--list-commands` prints. */
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
