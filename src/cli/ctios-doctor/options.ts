import type { ConnectionOptions } from 'node:tls';
import type { DoctorOptions } from '../../doctor/index.js';
import { charsetOption } from '../charset-option.js';
import type { ConfigOf } from '../option-definition.js';
import { generalHelp, optionHelp } from '../option-help.js';
import { parseTable, readOptions, sidesOf, together } from '../read-options.js';
import { clientTls, secret } from '../secrets.js';
import { UsageError } from '../usage-error.js';
import { doctorOptionTable } from './option-table.js';

/** The output of `--help`. */
export function doctorHelp(): string {
  return [
    'Usage: ctios-doctor --cti-server hostA:port[,hostB:port] [options]',
    '',
    'Says what is wrong between this machine and a CTI Server, and whom to ask for what. A session that runs is not disturbed.',
    ...optionHelp(doctorOptionTable),
    '',
    'General:',
    ...generalHelp(),
    '',
    'Exit code: 0 if nothing is wrong, 1 for errors, 3 for warnings only, 2 for a mistake on the command line.',
    '',
  ].join('\n');
}

export type DoctorCommand = 'help' | 'version' | { readonly json: boolean; readonly options: DoctorOptions };

/** @throws UsageError naming the option */
export function readDoctorCommand(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DoctorCommand {
  const given = parseTable(argv, doctorOptionTable);
  if (given.help) return 'help';
  if (given.version) return 'version';
  const config = readOptions(doctorOptionTable, given);
  return { json: config.json, options: doctorOptions(config, environment) };
}

type Config = ConfigOf<typeof doctorOptionTable>;

function doctorOptions(config: Config, environment: Readonly<Record<string, string | undefined>>): DoctorOptions {
  return {
    sides: sidesOf(config['cti-server']),
    clientId: config['client-id'],
    sameId: config['same-id'],
    password: secret(config['client-password-file'], environment.CTIOS_CLIENT_PASSWORD),
    peripheralId: config.peripheral,
    protocolVersion: config['protocol-version'],
    charset: charsetOption(config.charset),
    agents: config.agents,
    eventMs: config.wait * 1_000,
    limitMs: config.limit * 1_000,
    tls: tlsOf(config),
  };
}

function tlsOf(config: Config): ConnectionOptions | undefined {
  const { tls, 'tls-ca': ca, 'tls-cert': cert, 'tls-key': key, 'tls-server-name': servername } = config;
  together(config, 'tls-cert', 'tls-key');
  if (tls) return clientTls({ ca, cert, key, servername });
  if (ca ?? cert ?? servername) throw new UsageError('--tls-ca, --tls-cert and --tls-server-name need --tls');
  return undefined;
}
