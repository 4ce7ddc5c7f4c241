import { type PasswordHash, readHash } from './password-hash.js';

/** Kept passwords by agent: "1001", or "5000/1001" where the ID alone does not say which agent is meant. */
export type PasswordList = ReadonlyMap<string, PasswordHash>;

/** Longest agent ID of the CTI Server protocol. */
const AGENT = /^(\d{1,10}\/)?[^\s:/]{1,12}$/;

/** Why a file is no list of passwords: each bad line by its number, never by what stands in it. */
export class PasswordListError extends Error {
  override readonly name = 'PasswordListError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * Reads lines `agentID:scrypt$…` or `peripheralID/agentID:scrypt$…`; blank lines and lines that begin with `#` are left out.
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

/** The agent's entry; the one that names the peripheral comes before the one that does not. */
export function passwordOf(
  list: PasswordList,
  { peripheralId, agentId }: { peripheralId: number; agentId: string },
): PasswordHash | undefined {
  return list.get(`${peripheralId}/${agentId}`) ?? list.get(agentId);
}
