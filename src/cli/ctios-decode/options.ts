import { definitionOf, MAX_VERSION, MIN_VERSION } from '../../ged188/index.js';
import { charsetOption } from '../charset-option.js';
import { parseOptionsAndFile } from '../command-line.js';
import { UsageError } from '../usage-error.js';

export const decodeHelp = `Usage: ctios-decode [options] FILE

Prints the CTI Server messages (GED-188) in a file, and what is odd about each.

FILE is one of these; - reads standard input:
  a recording of this package, or a pcap or pcapng capture of TCP without TLS (several sessions, segments in any order)
  a dump in hexadecimal: xxd, hexdump, od, tshark -x, Wireshark's "Follow TCP Stream" and "Copy as", PowerShell's
  Format-Hex, lines of a trace log, or bare digits
  a log of Finesse's web services with DECODED_MESSAGE_FROM_CTI_SERVER lines

  --json               one line of JSON per message
  --odd                only messages that something is odd about
  --message <name>     only messages of this kind, such as CALL_DELIVERED_EVENT; repeatable
  --session <number>   only this session
  --protocol <number>  protocol version of sessions whose OPEN_REQ is not in the file; default: what fits best
  --charset <name>     encoding of text outside ASCII; default: as recorded, or latin1
  --version
  --help

Exit code: 0 if nothing was odd, 1 if something was, 2 if the file cannot be read.
`;

/** What to print. */
export interface DecodeCommandOptions {
  readonly json: boolean;
  readonly odd: boolean;
  readonly messages: readonly string[];
  readonly session: number | undefined;
  readonly version: number | undefined;
  readonly charset: string | undefined;
}

export type DecodeCommand = 'help' | 'version' | { readonly file: string; readonly options: DecodeCommandOptions };

/** @throws UsageError naming the option */
export function readDecodeCommand(argv: readonly string[]): DecodeCommand {
  const { values, file } = parseOptionsAndFile(argv, {
    json: { type: 'boolean' },
    odd: { type: 'boolean' },
    message: { type: 'string', multiple: true },
    session: { type: 'string' },
    protocol: { type: 'string' },
    charset: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  if (values.help) return 'help';
  if (values.version) return 'version';
  if (file === undefined) throw new UsageError('name a file');
  const options: DecodeCommandOptions = {
    json: values.json === true,
    odd: values.odd === true,
    messages: (values.message ?? []).map(checkMessage),
    session: number('session', values.session, 1, Number.MAX_SAFE_INTEGER),
    version: number('protocol', values.protocol, MIN_VERSION, MAX_VERSION),
    charset: charsetOption(values.charset),
  };
  return { file, options };
}

function checkMessage(name: string): string {
  const known = name.toUpperCase();
  if (definitionOf(known) === undefined)
    throw new UsageError(`--message: there is no message ${name} with a known layout`);
  return known;
}

function number(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new UsageError(`--${name} must be a number from ${min} to ${max}`);
  return value;
}
