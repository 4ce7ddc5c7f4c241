import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock, Timer } from '../../../common/clock.js';
import type { AgentClaim } from '../../../server/index.js';
import { UsageError } from '../../usage-error.js';
import { fileStamp } from '../files/file-stamp.js';
import type { Log } from '../log.js';
import { fits, makeHash, type PasswordHash, readHash } from './password-hash.js';
import { type PasswordList, PasswordListError, passwordOf, readPasswordList } from './password-list.js';
import { PasswordRenewal } from './password-renewal.js';

/** How often the file is checked for changes, in milliseconds. */
const LOOK_MS = 5_000;

/**
 * The agents' passwords of a site in a file (`password-list.ts`), read again when it changes or on request. If the new
 * file is not valid, the previous passwords remain in effect.
 */
export class PasswordFile {
  #list: PasswordList;
  /** The state of the file when it was read; updated after each write. */
  #seen: string;
  #watch: Timer | undefined;
  /**
   * A verified password is recognized without hashing it again, so that an office that reconnects does not cost minutes
   * of CPU time.
   */
  readonly #known = new WeakMap<PasswordHash, Buffer>();
  readonly #key = randomBytes(32);
  /** Used for comparison if the agent does not exist, so that the response time does not reveal this. */
  #nobody: Promise<PasswordHash> | undefined;
  #renewal: PasswordRenewal | undefined;

  /** @throws UsageError if the file cannot be read or has invalid lines */
  constructor(
    private readonly file: string,
    private readonly log: Log,
  ) {
    try {
      this.#seen = fileStamp(this.file);
      this.#list = readPasswordList(readFileSync(file, 'utf8'));
    } catch (error) {
      throw new UsageError(`--agent-passwords ${file}: ${(error as Error).message}`);
    }
  }

  /** The number of agents in the file. */
  get size(): number {
    return this.#list.size;
  }

  /** Starts to watch the file for changes, and to renew outdated hashes in it. */
  watch(clock: Clock): void {
    this.#watch ??= clock.every(LOOK_MS, () => {
      if (fileStamp(this.file) !== this.#seen) this.reload();
    });
    this.#renewal ??= new PasswordRenewal(this.file, clock, this.log, () => this.reload());
  }

  stop(): void {
    this.#watch?.cancel();
    this.#watch = undefined;
    this.#renewal?.stop();
  }

  /** Reads the file again, and logs the result. */
  reload(): void {
    this.#seen = fileStamp(this.file);
    try {
      this.#list = keepingEqual(this.#list, readPasswordList(readFileSync(this.file, 'utf8')));
      this.log('info', 'agents read', { file: this.file, agents: this.#list.size });
    } catch (error) {
      const problems = error instanceof PasswordListError ? error.problems : [(error as Error).message];
      this.log('error', 'agents not read', { file: this.file, problems, about: 'those read before stay in force' });
    }
  }

  async check(claim: AgentClaim): Promise<boolean> {
    const { password } = claim;
    const kept = passwordOf(this.#list, claim);
    if (kept === undefined) {
      this.#nobody ??= makeHash('').then((text) => readHash(text)!);
      await fits(password, await this.#nobody);
      return false;
    }
    // Keyed with a secret of this process: the cached value does not help to guess the password.
    const seal = createHmac('sha256', this.#key).update(password).digest();
    const known = this.#known.get(kept);
    if (known !== undefined && timingSafeEqual(known, seal)) return true;
    const right = await fits(password, kept);
    if (right) {
      this.#known.set(kept, seal);
      void this.#renewal?.renew(password, kept);
    }
    return right;
  }
}

/** Keeps the entries of agents whose line has not changed, with their cached passwords. */
function keepingEqual(before: PasswordList, read: PasswordList): PasswordList {
  return new Map(
    [...read].map(([agent, hash]) => {
      const old = before.get(agent);
      return [agent, old?.text === hash.text ? old : hash];
    }),
  );
}
