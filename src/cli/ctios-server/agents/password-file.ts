import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Clock, Timer } from '../../../common/clock.js';
import type { AgentClaim } from '../../../server/index.js';
import { UsageError } from '../../usage-error.js';
import { fileStamp } from '../file-stamp.js';
import type { Log } from '../log.js';
import { fits, makeHash, type PasswordHash, readHash } from './password-hash.js';
import { type PasswordList, PasswordListError, passwordOf, readPasswordList } from './password-list.js';
import { PasswordRenewal } from './password-renewal.js';

/** How often the file is looked at for a change, in milliseconds. */
const LOOK_MS = 5_000;

/**
 * The agents' passwords of a site in a file (`password-list.ts`), read again when it changes or when told to. While the
 * new file is wrong, what was read before stays in force.
 */
export class PasswordFile {
  #list: PasswordList;
  /** What the file looked like when it was read: it is replaced as often as it is written to. */
  #seen: string;
  #watch: Timer | undefined;
  /** A password that is proven is known again at once: an office that reconnects does not cost minutes of computing. */
  readonly #known = new WeakMap<PasswordHash, Buffer>();
  readonly #key = randomBytes(32);
  /** Compared with where there is no such agent: that must not be told by the time it takes. */
  #nobody: Promise<PasswordHash> | undefined;
  #renewal: PasswordRenewal | undefined;

  /** @throws UsageError where the file cannot be read, or has bad lines */
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

  /** Agents in it. */
  get size(): number {
    return this.#list.size;
  }

  /** From now on changes of the file are noticed, and outdated hashes in it renewed. */
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

  /** Reads the file again, and logs what came of it. */
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
    // With a key that dies with this process: what is remembered is no help in guessing.
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

/** Agents whose entry has not changed keep theirs, with what is known of it. */
function keepingEqual(before: PasswordList, read: PasswordList): PasswordList {
  return new Map(
    [...read].map(([agent, hash]) => {
      const old = before.get(agent);
      return [agent, old?.text === hash.text ? old : hash];
    }),
  );
}
