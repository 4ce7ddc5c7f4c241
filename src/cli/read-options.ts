/**
 * Reads option values, as defined by the commands' tables, from a command line or a file, validates them and adds
 * defaults.
 */
import type { Endpoint } from '../common/network/byte-stream.js';
import { parseOptions } from './command-line.js';
import type { ConfigOf, OptionDefinition } from './option-definition.js';
import { UsageError } from './usage-error.js';

type Table = Readonly<Record<string, OptionDefinition>>;
type Given = Readonly<Record<string, unknown>>;

/** Options that a command accepts in addition to its table. */
type Extra = NonNullable<Parameters<typeof parseOptions>[1]>;

/**
 * The values on a command line, not yet validated, including `help` and `version`.
 * @throws UsageError for anything that is not an option
 */
export function parseTable(argv: readonly string[], table: Table, extra: Extra = {}): Given {
  const types = Object.entries(table).map(([name, { type }]) => [
    name,
    { type: type === 'flag' ? ('boolean' as const) : ('string' as const) },
  ]);
  return parseOptions(argv, {
    ...Object.fromEntries(types),
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    ...extra,
  });
}

/**
 * All options of a table, with the given values or the defaults.
 * @throws UsageError naming the option
 */
export function readOptions<const Options extends Record<string, OptionDefinition>>(
  table: Options,
  given: Given,
): ConfigOf<Options> {
  const config: Record<string, unknown> = {};
  for (const [name, definition] of Object.entries<OptionDefinition>(table)) {
    const value = given[name] ?? definition.fallback;
    const absent = definition.type === 'flag' ? false : undefined;
    config[name] = value === undefined ? absent : readOption(name, definition, value);
  }
  return config as ConfigOf<Options>;
}

/**
 * The sides of a pair of CTI Servers.
 * @throws UsageError unless there are one or two
 */
export function sidesOf(endpoints: readonly Endpoint[] | undefined): { A: Endpoint; B?: Endpoint } {
  const [A, B, ...more] = endpoints ?? [];
  if (A === undefined) throw new UsageError('--cti-server is required');
  if (more.length > 0) throw new UsageError('--cti-server takes one or two addresses');
  return B === undefined ? { A } : { A, B };
}

/** @throws UsageError if only one of two options that belong together is present */
export function together(config: Given, one: string, other: string): void {
  if ((config[one] === undefined) !== (config[other] === undefined)) {
    throw new UsageError(`--${one} and --${other} must be used together`);
  }
}

function readOption(name: string, definition: OptionDefinition, value: unknown): unknown {
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
      return listOf(value);
    case 'urls':
      return urls(name, listOf(value), schemes);
    case 'endpoint':
      return address(name, String(value));
    case 'endpoints':
      return listOf(value).map((each) => remote(name, each));
    default:
      if (typeof value !== 'string' || value === '') throw wrong('text');
      return value;
  }
}

function listOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? value.map(String) : String(value).split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Addresses with one of the schemes, without duplicates. */
function urls(name: string, given: readonly string[], schemes: readonly string[]): string[] {
  const known = new Set<string>();
  for (const text of given) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    // Checked first, because credentials in an otherwise invalid address must not be printed either.
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

/** An address to connect to: port 0 means any free port, which only a listener can have. */
function remote(name: string, text: string): Endpoint {
  const endpoint = address(name, text);
  if (endpoint.port === 0) throw new UsageError(`--${name}: "${text}" must have a port from 1 to 65535`);
  return endpoint;
}

/** "host:port", "[::1]:port", or only a port, for loopback. */
function address(name: string, text: string): Endpoint {
  const match = /^(?:(?:\[([^\]]+)\]|([^:]+)):)?(\d+)$/.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new UsageError(`--${name}: "${text}" is not host:port`);
  return { host: match[1] ?? match[2] ?? '127.0.0.1', port };
}
