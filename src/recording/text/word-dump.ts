/**
 * Dumps that do not print bytes one by one: words with the low byte first, as od and hexdump print them by default on most
 * machines, and bytes in octal or binary digits.
 */

interface Form {
  readonly word: RegExp;
  bytes(word: string): number[];
}

const FORMS: readonly Form[] = [
  // od -x, hexdump
  { word: /^[0-9a-fA-F]{4}$/, bytes: (word) => lowFirst(Number.parseInt(word, 16), 2) },
  // od
  { word: /^[01][0-7]{5}$/, bytes: (word) => lowFirst(Number.parseInt(word, 8), 2) },
  // od -t x4
  { word: /^[0-9a-fA-F]{8}$/, bytes: (word) => lowFirst(Number.parseInt(word, 16), 4) },
  // od -b, hexdump -b
  { word: /^[0-3][0-7]{2}$/, bytes: (word) => [Number.parseInt(word, 8)] },
  // xxd -b
  { word: /^[01]{8}$/, bytes: (word) => [Number.parseInt(word, 2)] },
];

/** @returns the texts of dumps of bytes that this text may stand for, each with a different meaning of its words */
export function asByteDumps(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return FORMS.flatMap((form) => {
    let found = false;
    const read = lines.map((line) => {
      const bytes = inBytes(line, form);
      found ||= bytes !== undefined;
      return bytes ?? line;
    });
    return found ? [read.join('\n')] : [];
  });
}

/** @returns undefined for a line without such words */
function inBytes(line: string, { word, bytes }: Form): string | undefined {
  const [, colonOffset, rest = line] = /^\s*([0-9a-fA-F]{4,8}):\s*(.*)$/.exec(line) ?? [];
  // With a colon, the characters follow behind a wider gap.
  const tokens = (colonOffset === undefined ? rest.trim() : rest.split(/\s{2,}/, 1)[0]!).split(/\s+/);
  const offset = colonOffset ?? (word.test(tokens[0]!) ? undefined : tokens.shift());
  if (tokens.length === 0 || !tokens.every((token) => word.test(token))) return undefined;
  const digits = tokens.flatMap(bytes).map((byte) => byte.toString(16).padStart(2, '0'));
  return `${offset === undefined ? '' : `${offset}  `}${digits.join(' ')}`;
}

function lowFirst(value: number, size: number): number[] {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return [...bytes];
}
