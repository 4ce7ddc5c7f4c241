import { readFileSync } from 'node:fs';
import { Mask } from '../../../ctios/mask.js';
import { nameProblem } from '../../../stream/index.js';
import { charsetOption } from '../../charset-option.js';
import { parseTable, readOptions, sidesOf, together } from '../../read-options.js';
import { UsageError } from '../../usage-error.js';
import { isLoopback } from './loopback.js';
import { type Config, options } from './options.js';

/**
 * Reads the command line and the file named by `--config`. The command line takes precedence.
 * @throws UsageError naming the option
 */
export function readConfig(argv: readonly string[]): {
  help: boolean;
  version: boolean;
  schema: boolean;
  /** The agent for whom a line of the password file is created. */
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
  return parseTable(argv, options, {
    'config-schema': { type: 'boolean' },
    config: { type: 'string' },
    'make-agent-password': { type: 'string' },
  });
}

/** A JSON object whose keys are option names, or the same in camel case: "cti-server" or "ctiServer". */
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
  const known = new Map(Object.keys(options).flatMap((name) => [[name, name] as const, [camel(name), name] as const]));
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
  const complete = readOptions(options, given);
  sidesOf(complete['cti-server']);
  charsetOption(complete.charset);
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
    'nats-audit-days',
  ] as const;
  for (const name of config.nats === undefined ? needNats : [])
    if (config[name] !== undefined) throw new UsageError(`--${name} needs --nats`);
  if (config['nats-audit-days'] !== undefined && config['audit-log'] === undefined)
    throw new UsageError('--nats-audit-days needs --audit-log: the copy is made of the file');
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

/** If other machines can connect, agents must authenticate, unless the administrator has turned this off. */
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

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
