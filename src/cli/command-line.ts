/** Shared by the commands: reading options, `--version`, and reporting user errors. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestName } from '../ctios/index.js';
import { UsageError } from './usage-error.js';

/** Exit code for an invalid command line or an invalid file named on it. */
const USAGE = 2;

type OptionTypes = NonNullable<ParseArgsConfig['options']>;
type Values<T extends OptionTypes> = ReturnType<
  typeof parseArgs<{ args: string[]; strict: true; allowPositionals: false; options: T }>
>['values'];

/**
 * The values of the options.
 * @throws UsageError for an unknown option, naming the closest one; for a missing value; for arguments that are not
 * options
 */
export function parseOptions<T extends OptionTypes>(argv: readonly string[], options: T): Values<T> {
  try {
    return parseArgs({ args: [...argv], strict: true, allowPositionals: false, options }).values;
  } catch (error) {
    throw new UsageError(explained(error as Error & { code?: string }, options));
  }
}

/**
 * The values of the options, and the file argument.
 * @throws UsageError as {@link parseOptions}; for more than one file
 */
export function parseOptionsAndFile<T extends OptionTypes>(
  argv: readonly string[],
  options: T,
): { values: Values<T>; file: string | undefined } {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], strict: true, allowPositionals: true, options });
    if (positionals.length > 1) throw new UsageError(`"${positionals[1]}": one file at a time`);
    return { values: values as Values<T>, file: positionals[0] };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(explained(error as Error & { code?: string }, options));
  }
}

/** Node.js's own text suggests positional arguments after `--`, which none of our commands accepts. */
function explained({ code, message }: Error & { code?: string }, options: OptionTypes): string {
  const quoted = /'([^' ]+)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const nearest = nearestName(quoted.replace(/^-+/, ''), Object.keys(options));
    return `there is no option ${quoted}${nearest === undefined ? '' : `; did you mean --${nearest}?`}`;
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `"${quoted}" is not an option`;
  return message;
}

/** The version of this package. */
export function packageVersion(): string {
  const file = join(__dirname, '..', '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Runs a command. A user error ends it with code 2 and a reference to `--help`, any other error with code 1. */
export function runCommandLine(name: string, main: () => void | Promise<void>): void {
  // The reader of the output may disconnect, as `head` does; a server keeps running.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  Promise.resolve()
    .then(main)
    .catch((error: unknown) => {
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      const usage = error instanceof UsageError;
      if (usage) process.stderr.write(`Run \`${name} --help\` for the list of options.\n`);
      process.exit(usage ? USAGE : 1);
    });
}
