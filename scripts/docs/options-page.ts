/** `reference/options.md` and `reference/ports.md`: from the tables that the commands read. */

import { decodeHelp } from '../../src/cli/ctios-decode/options.js';
import { doctorOptionTable } from '../../src/cli/ctios-doctor/option-table.js';
import { options } from '../../src/cli/ctios-server/options/options.js';
import { PORT_A, PORT_B, simulatorOptionTable } from '../../src/cli/ctios-simulator/option-table.js';
import type { OptionDefinition } from '../../src/cli/option-definition.js';
import { cell, markdownTable } from './table.js';

type OptionTable = Readonly<Record<string, OptionDefinition>>;

function optionTables(table: OptionTable): string {
  const groups = [...new Set(Object.values(table).map(({ group }) => group))];
  return groups
    .map((group) => {
      const own = Object.entries(table).filter(([, option]) => option.group === group);
      return `### ${group}\n\n${markdownTable(['option', 'default', ''], own.map(optionRow))}`;
    })
    .join('\n\n');
}

function optionRow([name, { placeholder, fallback, about, choices, min, max }]: [string, OptionDefinition]): string[] {
  const range = min === undefined ? '' : ` From ${min} to ${max}.`;
  const of = choices === undefined ? '' : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`;
  return [
    `\`--${name}${placeholder === undefined ? '' : ` ${placeholder}`}\``,
    fallback === undefined ? '' : `\`${fallback}\``,
    `${cell(about)}${of}.${range}`,
  ];
}

export function optionsPage(made: string): string {
  return `${made}# Options of the commands

\`--help\` prints the same. The commands end with code 2 and a message when an option or a file named by one is wrong, and answer
\`--version\`.

## ctios-server

Options can also be set in the JSON file that \`--config\` names, under the same names (\`"cti-server"\` or \`"ctiServer"\`); the command line
takes precedence. \`ctios-server --config-schema\` prints the JSON Schema of that file. \`--make-agent-password <id>\` prints a line for
the file of \`--agent-passwords\`. [Running ctios-server](../how-to/deployment.md) explains how to use them.

${optionTables(options)}

### Environment

${markdownTable(
  ['variable', ''],
  [
    ['`CTIOS_CLIENT_PASSWORD`', 'password of the client ID, unless `--client-password-file` is set'],
    ['`CTIOS_MONITOR_PASSWORD`', 'password for monitor mode, unless `--monitor-password-file` is set'],
    ['`CTIOS_PEER_SECRET`', 'secret shared by the servers of a pair, unless `--peer-secret-file` is set'],
    ['`CTIOS_AGENT_CHECK_TOKEN`', 'token for `--agent-check`, unless `--agent-check-token-file` is set'],
  ],
)}

### Signals and exit codes

${markdownTable(
  ['', ''],
  [
    ['SIGTERM, SIGINT', 'clients are notified, the session at the CTI Server is closed, the process ends with code 0'],
    [
      'SIGHUP',
      'the file of `--agent-passwords`, certificates, keys, CAs and `--nats-credentials` are read again, the audit log is opened again',
    ],
    ['SIGUSR2', 'the files of `--record` and `--support-bundle` are written'],
    ['code 1', 'the server could not start, for example because the port is in use'],
    ['code 2', 'the command line or a file named by it is wrong'],
    ['code 3', 'with `--exit-on-refusal`: the CTI Server refuses the session for good'],
  ],
)}

## ctios-simulator

\`--list-commands\` lists the commands of the simulated contact center, \`--scenario-schema\` prints the JSON Schema of a scenario. A
scenario that fails makes the process end with code 1 when it is stopped. See [the simulated contact center](simulator.md).

${optionTables(simulatorOptionTable)}

## ctios-doctor

Examines a CTI Server; see [connecting to Cisco](../how-to/connecting-to-cisco.md#check-the-cti-server-ctios-doctor). The password is read
from \`CTIOS_CLIENT_PASSWORD\`, unless \`--client-password-file\` is set. Exit code 0: nothing is wrong; 1: errors; 3: warnings only.

${optionTables(doctorOptionTable)}

## ctios-decode

Reads a file of messages; see [recordings](../how-to/recordings.md).

\`\`\`text
${decodeHelp.trim()}
\`\`\`
`;
}

export function portsPage(made: string): string {
  const server = options.listen.fallback;
  const rows = [
    [
      `${PORT_A}, ${PORT_B}`,
      'CTI Server, sides A and B',
      'Node-RED or `ctios-server` connects',
      'set in the session, or `--cti-server`',
    ],
    ['42030, 43030', 'the same with TLS, where the site has it', 'Node-RED or `ctios-server` connects', '`--cti-tls`'],
    [
      `${PORT_A}, ${PORT_B}`,
      '`ctios-simulator`, sides A and B',
      'listens on loopback',
      '`--host`, `--port`, `--port-b`',
    ],
    ['any free', 'the simulated contact center inside Node-RED', 'listens on loopback', ''],
    [String(server).replace(/^.*:/, ''), '`ctios-server`: clients (WebSocket)', 'listens on loopback', '`--listen`'],
    ['none', '`ctios-server`: `/healthz` and `/metrics`', 'listens only when set', '`--health`'],
    ['none', '`ctios-server`: the other servers of a pair', 'listens only when set', '`--peer-listen`'],
    ['1880', 'Node-RED and the pages of the examples', 'listens on loopback with `npm start`', '`PORT`'],
  ];
  return `${made}# Ports

Nothing connects from the contact center to this side: every connection to a CTI Server is opened by Node-RED or \`ctios-server\`.

${markdownTable(['port', 'used by', 'direction', 'changed with'], rows)}
`;
}
