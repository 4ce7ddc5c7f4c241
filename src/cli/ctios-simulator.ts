#!/usr/bin/env node
/** `ctios-simulator`: a simulated contact center as a separate process. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  CommandError,
  commands,
  isSiteProfile,
  ScenarioError,
  Simulator,
  type SimulatorOptions,
  scenarioSchema,
  shippedScenarios,
  siteBehavior,
  siteProfiles,
  type TrafficLevel,
} from '../simulator/index.js';

const levels: readonly TrafficLevel[] = ['off', 'gentle', 'steady', 'rush'];

const HELP = `ctios-simulator: a simulated contact center that speaks the CTI Server protocol (GED-188, 13 to 25)

Usage: ctios-simulator [options]

  --host <address>     address to listen on                         default 127.0.0.1
  --port <number>      port of side A; 0: any free port             default 42027
  --port-b <number>    port of side B; 0: any free port             default 43027, or 0 with --port 0
  --agents <number>    agents 1001, 1002 … on phones 2001, 2002 …   default 20
  --seed <number>      seed that makes runs repeatable              default 1
  --traffic <level>    ${levels.join(', ')}                     default gentle; off with --scenario
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
  --help

When it is ready, it prints one line: {"listening":{"host":…,"port":…,"portB":…}}. Press Ctrl-C to stop.

Options of a site:
  ${Object.keys(siteProfiles.standard).join(', ')}

Scenarios:
${Object.values(shippedScenarios)
  .map(({ name, title }) => `  ${name.padEnd(24)}${title}`)
  .join('\n')}
`;

function main(): void {
  const { values } = parseArgs({
    options: {
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
    },
  });
  if (values.help) process.stdout.write(HELP);
  else if (values['list-commands']) process.stdout.write(listCommands());
  else if (values['scenario-schema']) process.stdout.write(`${JSON.stringify(scenarioSchema(), undefined, 2)}\n`);
  else serve(optionsOf(values));
}

function serve(options: SimulatorOptions): void {
  const simulator = new Simulator(options);
  simulator.onScenarioEnd = ({ name, error }) => {
    process.stderr.write(error === undefined ? `scenario ${name}: done\n` : `scenario ${name}: ${error}\n`);
    if (error !== undefined) process.exitCode = 1;
  };
  const stop = () => {
    void simulator.stop().then(() => process.exit());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  simulator.start().then(
    ({ host, portA, portB }) => {
      process.stdout.write(`${JSON.stringify({ listening: { host, port: portA, portB } })}\n`);
    },
    (error: Error) => fail(`cannot listen: ${error.message}`),
  );
}

type Values = Readonly<Record<string, string | boolean | string[] | undefined>>;

function optionsOf(values: Values): SimulatorOptions {
  const text = (name: string) => values[name] as string | undefined;
  const port = number(values, 'port', 0, 65535) ?? 42027;
  const key = text('tls-key');
  const cert = text('tls-cert');
  if ((key === undefined) !== (cert === undefined)) fail('--tls-key and --tls-cert belong together');
  const ca = text('tls-ca');
  const clientId = text('client-id');
  const traffic = text('traffic');
  if (traffic !== undefined && !levels.includes(traffic as TrafficLevel)) {
    fail(`--traffic must be one of ${levels.join(', ')}`);
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
      portB: number(values, 'port-b', 0, 65535) ?? (port === 0 ? 0 : 43027),
    },
    strict: values.strict === true,
    credentials: clientId === undefined ? undefined : { clientId, clientPassword: text('client-password') },
    tls:
      key === undefined || cert === undefined
        ? undefined
        : { key: readFileSync(key), cert: readFileSync(cert), ...(ca !== undefined && { ca: readFileSync(ca) }) },
  };
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

function listCommands(): string {
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

function fail(message: string): never {
  process.stderr.write(`ctios-simulator: ${message}\n`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  if (error instanceof ScenarioError) fail(`the scenario cannot be run:\n  ${error.problems.join('\n  ')}`);
  if (error instanceof CommandError || error instanceof TypeError) fail(error.message);
  throw error;
}
