/**
 * Everything that those who mend a fault need to know, in one archive, and nothing that they must not know: no passwords, no
 * addresses, no numbers or names of callers and agents.
 */
import { decodeSession, readCaptureFile } from '../recording/index.js';
import { scrub, textsIn } from './scrub.js';
import { type ArchiveEntry, tarGz } from './tar.js';

export interface SupportFacts {
  /** In milliseconds since the epoch. */
  readonly at: number;
  /** What runs: the package, Node.js, Node-RED, the system. */
  readonly versions: Readonly<Record<string, string>>;
  /** As saved; of texts, only those of {@link TOLD_SETTINGS} are included. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is replaced wherever it stands, besides the values of settings that are not told and their hosts. */
  readonly hidden?: readonly string[];
  /** How things stand, with counters; without personal data. */
  readonly status: Readonly<Record<string, unknown>>;
  /** The last lines of the log; what is personal in them is replaced here. */
  readonly log: readonly string[];
  /** A redacted recording, as a pcapng file. */
  readonly recording?: Buffer | undefined;
}

/**
 * Texts that reveal nothing about persons, addresses or passwords. Of other texts, only whether they are set is included.
 * Numbers and booleans are always included.
 */
const TOLD_SETTINGS: ReadonlySet<string> = new Set([
  ...[
    'type',
    'version',
    'connect',
    'agents',
    'traffic',
    'seed',
    'profile',
    'portA',
    'portB',
    'peripheralId',
    'protocol',
  ],
  ...['charset', 'mode', 'snapshot', 'allowControl', 'agentLogin', 'recording', 'replaySpeed'],
  ...[
    'cti-heartbeat',
    'record-mode',
    'protocol-version',
    'peripheral',
    'cti-tls',
    'heartbeat',
    'quiet',
    'force-logout',
  ],
]);

/** Shorter values of settings, such as a number of retries, are not replaced. */
const SHORTEST = 3;
/** Odd messages that are shown with their bytes. */
const MAX_ODD = 100;
const MAX_LINES = 500;

/** @returns a tar.gz */
export function supportBundle(facts: SupportFacts): Buffer {
  const { at, versions, settings, status, log, recording, hidden: named = [] } = facts;
  const told = toldSettings(settings);
  const own = Object.entries(settings)
    .filter(([name]) => !TOLD_SETTINGS.has(name))
    .flatMap(([, value]) => textsIn(value));
  const hidden = [...new Set([...named, ...own])].filter((value) => value.length >= SHORTEST);
  const entries: ArchiveEntry[] = [
    { name: 'README.txt', content: README },
    { name: 'versions.json', content: json(versions) },
    { name: 'settings.json', content: json(told) },
    { name: 'status.json', content: json(scrubbed(status, hidden)) },
    {
      name: 'log.txt',
      content: `${log
        .slice(-MAX_LINES)
        .map((line) => scrub(line, hidden))
        .join('\n')}\n`,
    },
  ];
  if (recording !== undefined) {
    entries.push({ name: 'oddities.json', content: json(oddMessages(recording)) });
    entries.push({ name: 'recording.pcapng', content: recording });
  }
  return tarGz(
    entries.map(({ name, content }) => ({ name: `ctios-support/${name}`, content })),
    at,
  );
}

function toldSettings(settings: SupportFacts['settings']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      // Yes or no, or a limit: IDs, addresses and passwords are texts.
      const told = TOLD_SETTINGS.has(name) && typeof value === 'string';
      if (told || typeof value === 'boolean' || typeof value === 'number') return [name, value];
      return [name, value === undefined || value === '' || value === null ? 'blank' : 'set'];
    }),
  );
}

/** Messages about which something is odd, as they are in the redacted recording. */
function oddMessages(recording: Buffer): object[] {
  const { sessions, problems } = readCaptureFile(recording);
  const odd = sessions
    .flatMap((session) => decodeSession(session).frames)
    .filter(({ oddities }) => oddities.length > 0)
    .slice(0, MAX_ODD)
    .map(({ session, from, type, oddities, bytes }) => ({
      session,
      from,
      type,
      oddities,
      bytes: bytes.toString('hex'),
    }));
  return [...problems.map((problem) => ({ problem })), ...odd];
}

function scrubbed(value: unknown, hidden: readonly string[]): unknown {
  if (typeof value === 'string') return scrub(value, hidden);
  if (Array.isArray(value)) return value.map((each) => scrubbed(each, hidden));
  if (typeof value !== 'object' || value === null) return value;
  // The kinds of protocol deviations name messages and tags by their numbers.
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'oddities' ? each : scrubbed(each, hidden)]),
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const README = `Support bundle of CTI OS for Node-RED

versions.json     what runs here
settings.json     settings of the session; of addresses, names, IDs and passwords only whether they are set
status.json       how it stands, with counters
log.txt           the last lines about the session; numbers of three and more digits, names, addresses and paths are replaced
oddities.json     messages of the recording that are odd, with their bytes
recording.pcapng  the last messages of the link, with pseudonyms for numbers, names and call data; only where it is recorded

Look at the files before you send them.
`;
