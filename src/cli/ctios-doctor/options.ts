import type { ConnectionOptions } from 'node:tls';
import type { Endpoint } from '../../common/byte-stream.js';
import type { DoctorOptions } from '../../doctor/index.js';
import { charsetOption } from '../charset-option.js';
import { parseOptions } from '../command-line.js';
import { pem, secret } from '../ctios-server/secrets.js';
import type { OptionDefinition } from '../option-definition.js';
import { generalHelp, optionHelp } from '../option-help.js';
import { UsageError } from '../usage-error.js';
import { doctorOptionTable } from './option-table.js';

/** What `--help` prints. */
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

type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @throws UsageError naming the option */
export function readDoctorCommand(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DoctorCommand {
  const types = Object.entries<OptionDefinition>(doctorOptionTable).map(([name, { type }]) => [
    name,
    { type: type === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]);
  const values = parseOptions(argv, {
    ...Object.fromEntries(types),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  }) as Values;
  if (values.help) return 'help';
  if (values.version) return 'version';
  return { json: values.json === true, options: doctorOptions(values, environment) };
}

function doctorOptions(values: Values, environment: Readonly<Record<string, string | undefined>>): DoctorOptions {
  const text = (name: string) => values[name] as string | undefined;
  const sides = (text('cti-server') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (sides.length === 0) throw new UsageError('--cti-server is required');
  if (sides.length > 2) throw new UsageError('--cti-server takes one or two addresses');
  const [A, B] = sides.map(endpoint) as [Endpoint, Endpoint?];
  const password = secret(text('client-password-file'), environment.CTIOS_CLIENT_PASSWORD);
  return {
    sides: { A, B },
    clientId: text('client-id') ?? doctorOptionTable['client-id'].fallback,
    sameId: values['same-id'] === true,
    password,
    peripheralId: number(values, 'peripheral'),
    protocolVersion: number(values, 'protocol-version'),
    charset: charsetOption(text('charset')),
    agents: text('agents')
      ?.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
    eventMs: (number(values, 'wait') ?? doctorOptionTable.wait.fallback) * 1_000,
    limitMs: (number(values, 'limit') ?? doctorOptionTable.limit.fallback) * 1_000,
    tls: tlsOf(values),
  };
}

function tlsOf(values: Values): ConnectionOptions | undefined {
  const {
    'tls-ca': ca,
    'tls-cert': cert,
    'tls-key': key,
    'tls-server-name': servername,
  } = values as Readonly<Record<string, string | undefined>>;
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--tls-cert and --tls-key must be used together');
  if (values.tls !== true) {
    if (ca ?? cert ?? servername) throw new UsageError('--tls-ca, --tls-cert and --tls-server-name need --tls');
    return undefined;
  }
  return {
    ...(ca === undefined ? {} : { ca: pem(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: pem(cert), key: pem(key) }),
    ...(servername === undefined ? {} : { servername }),
  };
}

/** "host:port" or "[::1]:port" */
function endpoint(text: string): Endpoint {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port < 1 || port > 65_535) throw new UsageError(`--cti-server: "${text}" is not host:port`);
  return { host: match[1] ?? match[2] ?? '', port };
}

function number(values: Values, name: keyof typeof doctorOptionTable): number | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const { min = 0, max = 0 } = doctorOptionTable[name] as OptionDefinition;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new UsageError(`--${name} must be a whole number from ${min} to ${max}`);
  return value;
}
