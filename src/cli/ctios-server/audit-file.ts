/**
 * The audit log as a file: one line of JSON per entry, appended. The file is the record, so an error is never silent: it is
 * logged, entries that could not be written are counted, and the file is opened again. A full disk does not stop calls.
 * Lines are handed to the operating system as they occur, without fsync: after a power failure the last ones may be missing.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Clock } from '../../common/clock.js';
import type { Log } from './log.js';

/** How long a file that could not be written is left alone, in milliseconds. */
const RETRY_MS = 5_000;

export class AuditFile {
  #stream: WriteStream | undefined;
  /** Entries that are not in the file. */
  #lost = 0;
  #retryAt = 0;

  private constructor(
    private readonly file: string,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws what the system says where the file cannot be opened at the start */
  static async open(file: string, clock: Clock, log: Log): Promise<AuditFile> {
    const audit = new AuditFile(file, clock, log);
    await audit.#open();
    return audit;
  }

  write(line: string): void {
    if (this.#stream === undefined) {
      this.#lost++;
      if (this.clock.monotonic() < this.#retryAt) return;
      this.#retryAt = this.clock.monotonic() + RETRY_MS;
      this.#open().catch(() => {});
      return;
    }
    this.#stream.write(`${line}\n`, (error) => {
      if (error != null) this.#lost++;
    });
  }

  /** Opens the file again, for a log that was rotated. */
  reopen(): void {
    const before = this.#stream;
    // Entries of this moment wait in the new stream until its file is open.
    this.#open().catch(() => {});
    before?.end();
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream === undefined) resolve();
      else this.#stream.end(() => resolve());
    });
  }

  #open(): Promise<void> {
    const stream = createWriteStream(this.file, { flags: 'a', mode: 0o600 });
    this.#stream = stream;
    return new Promise((resolve, reject) => {
      stream.once('open', () => {
        if (this.#lost > 0) this.log('warn', 'audit log is written again', { file: this.file, lost: this.#lost });
        this.#lost = 0;
        resolve();
      });
      stream.on('error', (error) => {
        if (this.#stream === stream) this.#stream = undefined;
        this.#retryAt = this.clock.monotonic() + RETRY_MS;
        this.log('error', 'audit log not written', { file: this.file, about: error.message });
        reject(error);
      });
    });
  }
}
