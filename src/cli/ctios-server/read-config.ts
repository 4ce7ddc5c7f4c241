import { readFileSync } from 'node:fs';
import type { Endpoint } from '../../common/byte-stream.js';
import { Mask } from '../../ctios/mask.js';
import { checkCharset } from '../../server/index.js';
import { nameProblem } from '../../stream/index.js';
import { parseOptions } from '../command-line.js';
import type { OptionDefinition } from '../option-definition.js';
import { UsageError } from '../usage-error.js';
import { isLoopback } from './loopback.js';
import { type Config, type OptionName, options } from './options.js';

const definitions: Readonly<Record<string, OptionDefinition>> = options;

/**
 * Reads the command line and the file that `--config` names. The command line takes precedence.
 * @throws UsageError naming the option
 */
export function readConfig(argv: readonly string[]): {
  help: boolean;
  version: boolean;
  schema: boolean;
  /** Agent that a line of the file of passwords is to be made for. */
  makeAgentPassword: string | undefined;
  config: () => Config;
} {
  const { help, version, 'config-schema': schema, 'make-agent-password': agent, config: file, ...given } = parse(argv);
  return {
    help: help === true,
    version: version === true,
    schema: schema === true,
    makeAgentPassword: typeof agent === 'string' ? agent : undefined,
    config: () => {
      const fromFile = typeof file === 'string' ? readFile(file) : {};
      return complete({ ...fromFile, ...given });
    },
  };
}

function parse(argv: readonly string[]) {
  const flags = Object.entries(definitions).map(
    ([name, { type }]) => [name, { type: type === 'flag' ? ('boolean' as const) : ('string' as const) }] as const,
  );
  return parseOptions(argv, {
    ...Object.fromEntries(flags),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    'config-schema': { type: 'boolean' },
    config: { type: 'string' },
    'make-agent-password': { type: 'string' },
  });
}

/** A JSON object under the names of the options, or the same in camel case: "cti-server" or "ctiServer". */
function readFile(file: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--config ${file}: ${(error as Error).message}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new UsageError(`--config ${file}: the file must contain a JSON object`);
  }
  const known = new Map(
    Object.keys(definitions).flatMap((name) => [[name, name] as const, [camel(name), name] as const]),
  );
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (key === '$schema') continue;
    const name = known.get(key);
    if (name !== undefined) values[name] = value;
    else if (/password|secret/i.test(key)) {
      throw new UsageError(`--config ${file}: "${key}": secrets are read from the environment or from a separate file`);
    } else throw new UsageError(`--config ${file}: there is no option "${key}"`);
  }
  return values;
}

function complete(given: Record<string, unknown>): Config {
  const config: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    const value = given[name] ?? definition.fallback;
    const absent = definition.type === 'flag' ? false : undefined;
    config[name] = value === undefined ? absent : read(name, definition, value);
  }
  const complete = config as Config;
  if (complete['cti-server'] === undefined) throw new UsageError('--cti-server is required');
  try {
    if (complete.charset !== undefined) checkCharset(complete.charset);
  } catch (error) {
    throw new UsageError(`--charset: ${(error as Error).message}`);
  }
  if (complete['cti-server'].length > 2) throw new UsageError('--cti-server takes one or two addresses');
  together(complete, 'tls-cert', 'tls-key');
  together(complete, 'cti-cert', 'cti-key');
  if (complete['tls-ca'] !== undefined && complete['tls-cert'] === undefined) {
    throw new UsageError('--tls-ca needs --tls-cert and --tls-key');
  }
  checkAgents(complete);
  checkNats(complete);
  return complete;
}

function checkNats(config: Config): void {
  together(config, 'nats-cert', 'nats-key');
  const needNats = [
    'nats-credentials',
    'nats-user',
    'nats-password-file',
    'nats-ca',
    'nats-cert',
    'nats-masked',
  ] as const;
  for (const name of config.nats === undefined ? needNats : [])
    if (config[name] !== undefined) throw new UsageError(`--${name} needs --nats`);
  const problem = nameProblem(config['nats-site']);
  if (problem !== undefined) throw new UsageError(`--nats-site ${problem}`);
  if (config['nats-credentials'] !== undefined && config['nats-user'] !== undefined)
    throw new UsageError('--nats-credentials and --nats-user cannot be combined');
  try {
    new Mask((config['nats-masked'] ?? []).join(','));
  } catch (error) {
    throw new UsageError(`--nats-masked: ${(error as Error).message}`);
  }
}

/** Others than this machine can connect: who says to be an agent has to prove it, unless somebody decided otherwise. */
function checkAgents(config: Config): void {
  const ways = (['agent-passwords', 'agent-check', 'unproven-agents'] as const).filter((name) => config[name]);
  if (ways.length > 1) throw new UsageError(`--${ways.join(' and --')} cannot be combined`);
  if (config['agent-check'] === undefined) {
    for (const name of ['agent-check-ca', 'agent-check-token-file'] as const) {
      if (config[name] !== undefined) throw new UsageError(`--${name} needs --agent-check`);
    }
  }
  if (ways.length === 0 && !isLoopback(config.listen.host)) {
    throw new UsageError(
      `--listen ${config.listen.host} lets other machines connect. Specify how agents authenticate with ` +
        '--agent-passwords FILE or --agent-check URL, or skip agent authentication with --unproven-agents',
    );
  }
}

function together(config: Config, one: OptionName, other: OptionName): void {
  if ((config[one] === undefined) !== (config[other] === undefined)) {
    throw new UsageError(`--${one} and --${other} must be used together`);
  }
}

function read(name: string, definition: OptionDefinition, value: unknown): unknown {
  const { type, min, max, choices = [], schemes = ['ws', 'wss'] } = definition;
  const wrong = (wanted: string) => new UsageError(`--${name} must be ${wanted}`);
  switch (type) {
    case 'flag':
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const fits = typeof number === 'number' && Number.isInteger(number);
      if (!fits || number < (min ?? -Infinity) || number > (max ?? Infinity)) {
        throw wrong(`a whole number from ${min} to ${max}`);
      }
      return number;
    }
    case 'choice':
      if (!choices.includes(value as string)) throw wrong(`one of: ${choices.join(', ')}`);
      return value;
    case 'list':
      return listOf(value).map((each) => each.trim());
    case 'urls':
      return urls(name, listOf(value), schemes);
    case 'endpoint':
      return address(name, String(value));
    case 'endpoints':
      return listOf(value).map((each) => address(name, each));
    default:
      if (typeof value !== 'string' || value === '') throw wrong('text');
      return value;
  }
}

function listOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(String) : String(value).split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Addresses with one of the schemes, each once. */
function urls(name: string, given: readonly string[], schemes: readonly string[]): string[] {
  const known = new Set<string>();
  for (const text of given) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // First: what is in an address that is wrong otherwise must not be printed either.
    if (text.includes('@')) throw new UsageError(`--${name}: a name or secret does not belong in an address`);
    if (url === undefined || url.host === '' || !schemes.includes(url.protocol.slice(0, -1))) {
      const wanted = schemes.map((scheme) => `${scheme}://`).join(' or ');
      throw new UsageError(`--${name}: "${text}" is not a ${wanted} address`);
    }
    if (known.has(url.href)) throw new UsageError(`--${name} has ${url.href} twice`);
    known.add(url.href);
  }
  return [...known];
}

/** "host:port", "[::1]:port", or a port alone: loopback. */
function address(name: string, text: string): Endpoint {
  const match = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d+)$/.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new UsageError(`--${name}: "${text}" is not host:port`);
  return { host: match[1] ?? match[2] ?? '127.0.0.1', port };
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
