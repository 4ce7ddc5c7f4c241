import { type PasswordHash, readHash } from './password-hash.js';

/** Stored passwords by agent: "1001", or "5000/1001" if the ID alone is ambiguous. */
export type PasswordList = ReadonlyMap<string, PasswordHash>;

/** The maximum length of an agent ID in the CTI Server protocol is 12. */
const AGENT = /^(\d{1,10}\/)?[^\s:/]{1,12}$/;

/** The reasons why a password file is not valid: each invalid line by its number, never with its content. */
export class PasswordListError extends Error {
  override readonly name = 'PasswordListError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Reads lines `agentID:scrypt$…` or `peripheralID/agentID:scrypt$…`; blank lines and lines that start with `#` are
 * skipped.
 * @throws PasswordListError
 */
export function readPasswordList(text: string): PasswordList {
  const list = new Map<string, PasswordHash>();
  const lineOf = new Map<string, number>();
  const problems: string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const number = index + 1;
    const colon = line.indexOf(':');
    const agent = line.slice(0, Math.max(colon, 0));
    if (!AGENT.test(agent)) {
      problems.push(`line ${number} does not begin with an agent ID (at most 12 characters) and a colon`);
      return;
    }
    const hash = readHash(line.slice(colon + 1));
    const before = lineOf.get(agent);
    if (hash === undefined) problems.push(`line ${number} holds no password made by --make-agent-password`);
    else if (before !== undefined) problems.push(`line ${number} is about the same agent as line ${before}`);
    else {
      list.set(agent, hash);
      lineOf.set(agent, number);
    }
  });
  if (problems.length > 0) throw new PasswordListError(problems);
  return list;
}

/** The agent's entry; an entry with the peripheral takes precedence over one without. */
export function passwordOf(
  list: PasswordList,
  { peripheralId, agentId }: { peripheralId: number; agentId: string },
): PasswordHash | undefined {
  return list.get(`${peripheralId}/${agentId}`) ?? list.get(agentId);
}
