import type { Clock } from '../../../common/clock.js';
import type { Log } from '../log.js';
import { fileStamp } from './file-stamp.js';

/** How often the files are checked, in milliseconds. */
const LOOK_MS = 60_000;

interface Renewal {
  readonly what: string;
  readonly files: readonly string[];
  renew(): void;
}

/**
 * Files that a site replaces while the server is running: certificates, their keys and CAs, credentials. Their users
 * register here, and use the new ones for new connections. Files that cannot be used are reported and ignored: the
 * previous ones remain in use.
 */
export class Renewals {
  readonly #all: Renewal[] = [];

  constructor(private readonly log: Log) {}

  /**
   * @param what "certificate", for the log
   * @param files absent ones are omitted
   * @param renew reads the files again, and throws if they cannot be used
   */
  add(what: string, files: ReadonlyArray<string | undefined>, renew: () => void): void {
    const given = files.filter((file) => file !== undefined);
    if (given.length > 0) this.#all.push({ what, files: given, renew });
  }

  /**
   * Reads files now and whenever they are renewed.
   * @param check throws if the renewed files cannot be used
   * @returns a function that returns what was last read
   * @throws like `read`
   */
  keep<T>(
    what: string,
    files: ReadonlyArray<string | undefined>,
    read: () => T,
    check?: (renewed: T) => void,
  ): () => T {
    let current = read();
    this.add(what, files, () => {
      const renewed = read();
      check?.(renewed);
      current = renewed;
    });
    return () => current;
  }

  /** Reads all files again. */
  renew(): void {
    for (const each of this.#all) this.#renew(each);
  }

  /**
   * Starts to read files again when they have changed and then remained unchanged for one round: a certificate and its
   * key are two files, and tools replace one after the other.
   * @returns a function that stops it
   */
  follow(clock: Clock): () => void {
    const followed = this.#all.map((renewal) => {
      const used = stampOf(renewal);
      return { renewal, used, seen: used };
    });
    if (followed.length === 0) return () => {};
    const timer = clock.every(LOOK_MS, () => {
      for (const each of followed) {
        const now = stampOf(each.renewal);
        if (now !== each.used && now === each.seen) {
          each.used = now;
          this.#renew(each.renewal);
        }
        each.seen = now;
      }
    });
    return () => timer.cancel();
  }

  #renew({ what, files: [file], renew }: Renewal): void {
    try {
      renew();
      this.log('info', `${what} renewed`, { file });
    } catch (error) {
      this.log('error', `${what} not renewed`, { file, about: (error as Error).message });
    }
  }
}

const stampOf = ({ files }: Renewal): string => files.map(fileStamp).join('; ');
