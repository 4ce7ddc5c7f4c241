/**
 * Replaces outdated hashes in the password file. A hash can be renewed only when its password is available, that is,
 * just after the agent has logged in with it.
 */
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Clock, Timer } from '../../../common/clock.js';
import type { Log } from '../log.js';
import { makeHash, type PasswordHash } from './password-hash.js';

/** Hashes renewed within this time are written together, in milliseconds. */
const GATHER_MS = 1_000;

export class PasswordRenewal {
  /** Maps the text of an outdated hash to its replacement. */
  readonly #renewed = new Map<string, string>();
  readonly #begun = new Set<string>();
  #timer: Timer | undefined;
  /** The file cannot be written; no further attempt is made until the next start. */
  #refused = false;

  /** @param written called when the file has changed */
  constructor(
    private readonly file: string,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly written: () => void,
  ) {}

  /** Stores a new hash of this password if the stored one is outdated. */
  async renew(password: string, { text, outdated }: PasswordHash): Promise<void> {
    if (!outdated || this.#refused || this.#begun.has(text)) return;
    this.#begun.add(text);
    this.#renewed.set(text, await makeHash(password));
    this.#timer ??= this.clock.after(GATHER_MS, () => this.#write());
  }

  stop(): void {
    if (this.#timer !== undefined) this.#write();
  }

  #write(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const renewed = new Map(this.#renewed);
    this.#renewed.clear();
    try {
      // Reads the file again, so that meanwhile changes by an administrator are kept.
      const path = realpathSync(this.file);
      const before = readFileSync(path, 'utf8');
      const after = before.replace(/^(\s*[^\s#:]+:)(\S+)/gm, (line, agent: string, text: string) => {
        const successor = renewed.get(text);
        return successor === undefined ? line : `${agent}${successor}`;
      });
      if (after === before) return;
      replaceFile(path, after);
      this.log('info', 'agent passwords renewed', { file: this.file, agents: renewed.size });
      this.written();
    } catch (error) {
      this.#refused = true;
      this.log('warn', 'agent passwords not renewed', {
        file: this.file,
        about: `${(error as Error).message}. Outdated hashes stay in use; replace them with --make-agent-password.`,
      });
    }
  }
}

/** The file has either the old or the new content, even if the process is interrupted. */
function replaceFile(path: string, content: string): void {
  const next = `${path}.new`;
  try {
    writeFileSync(next, content, { mode: 0o600, flush: true });
    chmodSync(next, statSync(path).mode & 0o777);
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}
