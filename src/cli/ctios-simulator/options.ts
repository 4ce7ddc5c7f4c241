import { readFileSync } from 'node:fs';
import {
  isSiteProfile,
  type SimulatorOptions,
  shippedScenarios,
  siteBehavior,
  siteProfiles,
  type TrafficLevel,
} from '../../simulator/index.js';
import { parseOptions } from '../command-line.js';
import { pem } from '../ctios-server/secrets.js';
import { UsageError } from '../usage-error.js';

/** The ports that a Cisco CTI Server has by default. */
export const PORT_A = 42027;
export const PORT_B = 43027;

export const trafficLevels: readonly TrafficLevel[] = ['off', 'gentle', 'steady', 'rush'];

/**
 * The values of the command line, not yet checked.
 * @throws UsageError for what is not an option
 */
export function readCommandLine(argv: readonly string[]) {
  return parseOptions(argv, {
    host: { type: 'string' },
    port: { type: 'string' },
    'port-b': { type: 'string' },
    agents: { type: 'string' },
    seed: { type: 'string' },
    traffic: { type: 'string' },
    scenario: { type: 'string' },
    profile: { type: 'string' },
    site: { type: 'string', multiple: true },
    'client-id': { type: 'string' },
    'client-password': { type: 'string' },
    strict: { type: 'boolean' },
    'tls-key': { type: 'string' },
    'tls-cert': { type: 'string' },
    'tls-ca': { type: 'string' },
    'list-commands': { type: 'boolean' },
    'scenario-schema': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
}

type Values = Readonly<Record<string, string | boolean | string[] | undefined>>;

/**
 * What the command line asks for.
 * @throws UsageError naming the option
 */
export function simulatorOptions(values: Values): SimulatorOptions {
  const text = (name: string) => values[name] as string | undefined;
  const port = number(values, 'port', 0, 65535) ?? PORT_A;
  const key = text('tls-key');
  const cert = text('tls-cert');
  if ((key === undefined) !== (cert === undefined)) fail('--tls-key and --tls-cert belong together');
  const ca = text('tls-ca');
  const clientId = text('client-id');
  const traffic = text('traffic');
  if (traffic !== undefined && !trafficLevels.includes(traffic as TrafficLevel)) {
    fail(`--traffic must be one of ${trafficLevels.join(', ')}`);
  }
  const profile = text('profile');
  if (profile !== undefined && !isSiteProfile(profile))
    fail(`--profile must be one of ${Object.keys(siteProfiles).join(', ')}, not ${profile}`);
  return {
    profile,
    site: siteOf(profile, values.site as string[] | undefined),
    agents: number(values, 'agents', 1, 24_000),
    seed: number(values, 'seed', 0, 0xffffffff),
    traffic: traffic as TrafficLevel | undefined,
    scenario: scenarioOf(text('scenario')),
    listen: {
      host: text('host'),
      portA: port,
      portB: number(values, 'port-b', 0, 65535) ?? besideA(port),
    },
    strict: values.strict === true,
    credentials: clientId === undefined ? undefined : { clientId, clientPassword: text('client-password') },
    tls:
      key === undefined || cert === undefined
        ? undefined
        : { key: pem(key), cert: pem(cert), ...(ca !== undefined && { ca: pem(ca) }) },
  };
}

/** Where side B listens unless it is given: beside A, so that two simulators with ports of their own do not collide. */
function besideA(port: number): number {
  if (port === 0) return 0;
  if (port === PORT_A) return PORT_B;
  if (port === 65535) fail('--port 65535 leaves no port for side B; use --port-b');
  return port + 1;
}

function number(values: Values, name: string, min: number, max: number): number | undefined {
  const text = values[name] as string | undefined;
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) fail(`--${name} must be a number from ${min} to ${max}`);
  return value;
}

/** `name`, `name=on`, `name=off`, `charset=<name>`. */
function siteOf(profile: string | undefined, given: readonly string[] = []): SimulatorOptions['site'] {
  const entries = given.map((option) => {
    const [name = '', value = 'on'] = option.split('=', 2);
    if (name === 'charset') return [name, value] as const;
    if (value !== 'on' && value !== 'off') fail(`--site ${option}: the value must be on or off`);
    return [name, value === 'on'] as const;
  });
  const site = Object.fromEntries(entries);
  try {
    siteBehavior(profile, site);
  } catch (error) {
    fail(`--site: ${(error as Error).message}`);
  }
  return site;
}

/** A shipped scenario's name stays a name; anything else is a file. */
function scenarioOf(given: string | undefined): SimulatorOptions['scenario'] {
  if (given === undefined || Object.hasOwn(shippedScenarios, given)) return given;
  try {
    return JSON.parse(readFileSync(given, 'utf8'));
  } catch (error) {
    return fail(
      `--scenario ${given}: neither a shipped scenario nor a readable JSON file (${(error as Error).message})`,
    );
  }
}

/** @throws UsageError */
function fail(message: string): never {
  throw new UsageError(message);
}
