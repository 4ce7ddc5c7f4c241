import { readFileSync } from 'node:fs';
import {
  isSiteProfile,
  type ReplayOptions,
  type ReplaySpeed,
  type SimulatorOptions,
  shippedScenarios,
  siteBehavior,
  siteProfiles,
  type TrafficLevel,
} from '../../simulator/index.js';
import { parseOptions } from '../command-line.js';
import type { OptionDefinition } from '../option-definition.js';
import { pem } from '../secrets.js';
import { UsageError } from '../usage-error.js';
import { PORT_A, PORT_B, simulatorOptionTable, trafficChoices } from './option-table.js';

type SimulatorValues = Readonly<Record<string, string | boolean | string[] | undefined>>;

/**
 * The values of the command line, not yet validated.
 * @throws UsageError for anything that is not an option
 */
export function readCommandLine(argv: readonly string[]): SimulatorValues {
  const flags = Object.entries<OptionDefinition>(simulatorOptionTable).map(([name, { type }]) => [
    name,
    { type: type === 'flag' ? ('boolean' as const) : ('string' as const), multiple: type === 'list' },
  ]);
  return parseOptions(argv, {
    ...Object.fromEntries(flags),
    'list-commands': { type: 'boolean' },
    'scenario-schema': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  }) as SimulatorValues;
}

/**
 * The options given on the command line.
 * @throws UsageError naming the option
 */
export function simulatorOptions(values: SimulatorValues): SimulatorOptions {
  const text = (name: string) => values[name] as string | undefined;
  const port = number(values, 'port') ?? PORT_A;
  const key = text('tls-key');
  const cert = text('tls-cert');
  if ((key === undefined) !== (cert === undefined)) fail('--tls-key and --tls-cert belong together');
  const ca = text('tls-ca');
  const clientId = text('client-id');
  const traffic = text('traffic');
  if (traffic !== undefined && !trafficChoices.includes(traffic as TrafficLevel)) {
    fail(`--traffic must be one of ${trafficChoices.join(', ')}`);
  }
  const profile = text('profile');
  if (profile !== undefined && !isSiteProfile(profile))
    fail(`--profile must be one of ${Object.keys(siteProfiles).join(', ')}, not ${profile}`);
  return {
    profile,
    site: siteOf(profile, values.site as string[] | undefined),
    agents: number(values, 'agents'),
    seed: number(values, 'seed'),
    traffic: traffic as TrafficLevel | undefined,
    scenario: scenarioOf(text('scenario')),
    listen: {
      host: text('host'),
      portA: port,
      portB: number(values, 'port-b') ?? besideA(port),
    },
    strict: values.strict === true,
    credentials: clientId === undefined ? undefined : { clientId, clientPassword: text('client-password') },
    tls:
      key === undefined || cert === undefined
        ? undefined
        : { key: pem(key), cert: pem(cert), ...(ca !== undefined && { ca: pem(ca) }) },
  };
}

/** Options that can be combined with `--replay`: the others are determined by the recording and rejected. */
const WITH_REPLAY: ReadonlySet<string> = new Set([
  ...['replay', 'speed', 'host', 'port', 'port-b', 'tls-key', 'tls-cert', 'tls-ca'],
]);

/**
 * The recording to play instead of simulating a contact center; undefined if there is none.
 * @throws UsageError naming the option
 */
export function replayOf(
  values: SimulatorValues,
): { readonly file: string; readonly options: ReplayOptions } | undefined {
  const { replay: file, speed } = values;
  if (typeof file !== 'string') {
    if (speed !== undefined) fail('--speed needs --replay');
    return undefined;
  }
  const other = Object.keys(values).find((name) => !WITH_REPLAY.has(name));
  if (other !== undefined) fail(`--${other} cannot be combined with --replay`);
  const { listen, tls } = simulatorOptions(values);
  return { file, options: { listen, tls, speed: speedOf(speed) } };
}

function speedOf(given: unknown): ReplaySpeed {
  if (given === undefined || given === 'stepped') return given ?? 1;
  const speed = Number(given);
  if (!(speed >= 0.01 && speed <= 1_000)) fail('--speed must be a number from 0.01 to 1000, or stepped');
  return speed;
}

/** The default port of side B: next to that of A, so that two simulators with different ports do not collide. */
function besideA(port: number): number {
  if (port === 0) return 0;
  if (port === PORT_A) return PORT_B;
  if (port === 65535) fail('--port 65535 leaves no port for side B; use --port-b');
  return port + 1;
}

function number(values: SimulatorValues, name: 'port' | 'port-b' | 'agents' | 'seed'): number | undefined {
  const { min, max } = simulatorOptionTable[name];
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

/** The name of a shipped scenario remains a name; anything else is a file. */
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
