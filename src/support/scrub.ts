/** Takes what is personal, and where a site's machines are, out of texts that are written for administrators. */

/** Members of a log entry that name a person, a machine or a file, whatever their values look like. */
const NAMING: ReadonlySet<string> = new Set([
  ...['client', 'agent', 'objectId', 'user', 'subject', 'issuer', 'holder'],
  ...['peer', 'address', 'host', 'server', 'url', 'file', 'connection'],
]);

/** Time stamps stay. */
const TIME = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)/;
const REPLACED: readonly RegExp[] = [
  /[^\s"'<>()@]+@[^\s"'<>()@]+/g,
  // The host of a URL.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'/]+/gi,
  // A name in an error of the resolver.
  /(?<=\b(?:ENOTFOUND|EAI_AGAIN|ENODATA|ESERVFAIL) )[^\s"',;]+/g,
  // IPv4, IPv6
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/g,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])/gi,
  /(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])/gi,
  // Folders may have the name of a user.
  /(?:\b[A-Za-z]:\\{1,2}|(?<![\w.:/])\/)[^\s"':;,<>|]*[\\/][^\s"':;,<>|]*/g,
];
/** Numbers of three and more digits, also in groups: "06 12 34 56 78". */
const NUMBER = /\d(?:[ ./()-]{0,2}\d){2,}/g;

/**
 * @param hidden values to be replaced wherever they stand
 * @returns the text without them, and without numbers, addresses and paths
 */
export function scrub(text: string, hidden: readonly string[]): string {
  let left = text;
  // The longest first: another one may be a part of it.
  for (const value of [...hidden].sort((a, b) => b.length - a.length)) {
    left = left.replaceAll(value, '***');
    // As in a line of JSON.
    left = left.replaceAll(JSON.stringify(value).slice(1, -1), '***');
  }
  return left
    .split(TIME)
    .map((part, index) => (index % 2 === 1 ? part : withoutNumbers(part)))
    .join('');
}

function withoutNumbers(text: string): string {
  return REPLACED.reduce((left, form) => left.replace(form, '***'), text).replace(NUMBER, (number) =>
    number.replace(/\d/g, '#'),
  );
}

/** The details of a log entry, without the names in it. */
export function withoutNames(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, NAMING.has(key) && value !== undefined ? '***' : value]),
  );
}

/** All texts in settings, and the hosts of addresses among them. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...value.split(/[\s,;]+/).flatMap(hostsIn)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function hostsIn(address: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(address) || !URL.canParse(address)) return [address];
  const { host, hostname } = new URL(address);
  return [address, host, hostname, hostname.replace(/^\[|\]$/g, '')];
}
