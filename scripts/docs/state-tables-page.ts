/** The page of state tables: each state machine of the sources, as a readable table. */
import { CONNECTION_TABLE } from '../../src/cil/connection/connection-states.js';
import type { Row } from '../../src/common/machine.js';
import { clientSessionTable as CLIENT_TABLE } from '../../src/server/northbound/session/session-states.js';
import { PEER_CONNECTION_TABLE } from '../../src/server/peers/connection/connection-states.js';
import { PEER_CONNECTOR_TABLE } from '../../src/server/peers/connection/peer-connector-states.js';
import { LINK_TABLE } from '../../src/server/southbound/link-table.js';
import { SESSION_TABLE } from '../../src/server/southbound/session/session-table.js';
import { runnerTable } from '../../src/simulator/scenarios/runner-states.js';
import { maintenanceTable } from '../../src/simulator/server/maintenance-states.js';
import { simulatorSessionTable as SIMULATED_TABLE } from '../../src/simulator/server/session/session-states.js';

type AnyRow = Row<string, string, never>;

interface Life {
  title: string;
  about: string;
  source: string;
  table: readonly unknown[];
}

const LIVES: readonly Life[] = [
  {
    title: 'One session with one CTI Server',
    about: 'Used once: what comes after its end is the business of the link.',
    source: 'src/server/southbound/session/session-table.ts',
    table: SESSION_TABLE,
  },
  {
    title: 'The link to a pair of CTI Servers',
    about: 'Sessions come and go on side A and side B; from protocol 24 a second one stands by.',
    source: 'src/server/southbound/link-table.ts',
    table: LINK_TABLE,
  },
  {
    title: 'A client of the CTI OS Server, seen from the server',
    about: 'A mode, once set, lasts until the connection closes.',
    source: 'src/server/northbound/session/session-states.ts',
    table: CLIENT_TABLE,
  },
  {
    title: 'A connection between two servers of a pair, seen from either',
    about: 'Both prove themselves before either may ask.',
    source: 'src/server/peers/connection/connection-states.ts',
    table: PEER_CONNECTION_TABLE,
  },
  {
    title: 'A configured peer',
    about: 'It is called until it is linked, or found to be linked otherwise.',
    source: 'src/server/peers/connection/peer-connector-states.ts',
    table: PEER_CONNECTOR_TABLE,
  },
  {
    title: 'The connection of a CIL session to a CTI OS Server',
    about: 'It alternates between the servers it was given, until it is told to stop.',
    source: 'src/cil/connection/connection-states.ts',
    table: CONNECTION_TABLE,
  },
  {
    title: 'A client of the simulated CTI Server, seen from the server',
    about: 'What a real CTI Server would do with it, as far as the guide says.',
    source: 'src/simulator/server/session/session-states.ts',
    table: SIMULATED_TABLE,
  },
  {
    title: 'Maintenance of a simulated CTI Server',
    about: 'Clients are asked; if all agree, the other side takes over (protocol 24 and later).',
    source: 'src/simulator/server/maintenance-states.ts',
    table: maintenanceTable,
  },
  {
    title: 'A scenario of the simulated contact center',
    about: 'Between two steps it pauses; a step may wait for something to be so.',
    source: 'src/simulator/scenarios/runner-states.ts',
    table: runnerTable,
  },
];

/** @param made the line about how the page is generated */
export function statesPage(made: string): string {
  return `${made}# State tables

The first row that fits is taken. A row without a next state stays where it is; a row with a condition is passed over unless
the condition in its source holds.

${LIVES.map(section).join('\n')}`;
}

function section({ title, about, source, table }: Life): string {
  const rows = (table as readonly AnyRow[]).map(
    ({ in: states, on, when, to }) =>
      `| ${states === '*' ? 'any' : [states].flat().join(', ')} | ${on}${when ? ', on a condition' : ''} | ${to ?? 'the same'} |`,
  );
  return `## ${title}\n\n${about} Source: \`${source}\`.\n\n| in | on | to |\n|---|---|---|\n${rows.join('\n')}\n`;
}
