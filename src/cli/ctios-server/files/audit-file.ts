/**
 * Writes the audit log to a file: one line of JSON per entry, appended. The file is authoritative, so an error is never
 * silent: it is logged, entries that could not be written are counted, and the file is reopened. A full disk does not
 * stop calls. Lines are passed to the operating system as they occur, without fsync: after a power failure the last
 * ones may be missing.
 */
import { closeSync, createWriteStream, openSync, readSync, statSync, type WriteStream } from 'node:fs';
import type { Clock } from '../../../common/clock.js';
import type { Log } from '../log.js';

/** The delay before a file that could not be written is opened again, in milliseconds. */
const RETRY_MS = 5_000;

export class AuditFile {
  #stream: WriteStream | undefined;
  /** The number of entries that were lost since the file could last be written. */
  #lost = 0;
  #lostBefore = 0;
  #retryAt = 0;

  private constructor(
    private readonly file: string,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** @throws the system's error if the file cannot be opened at startup */
  static async open(file: string, clock: Clock, log: Log): Promise<AuditFile> {
    const audit = new AuditFile(file, clock, log);
    await audit.#open();
    return audit;
  }

  /** The number of entries missing from the file since the start. */
  get lost(): number {
    return this.#lostBefore + this.#lost;
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

  /** Reopens the file after a log rotation. */
  reopen(): void {
    const before = this.#stream;
    // New entries are buffered in the new stream until its file is open.
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
    // A full disk, or a process that was killed, leaves part of a line; the next entry begins a line of its own.
    if (endsWithinLine(this.file)) stream.write('\n');
    return new Promise((resolve, reject) => {
      stream.once('open', () => {
        if (this.#lost > 0) this.log('warn', 'audit log is written again', { file: this.file, lost: this.#lost });
        this.#lostBefore += this.#lost;
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

function endsWithinLine(file: string): boolean {
  let descriptor: number | undefined;
  try {
    const facts = statSync(file);
    if (!facts.isFile() || facts.size === 0) return false;
    descriptor = openSync(file, 'r');
    const last = Buffer.alloc(1);
    readSync(descriptor, last, 0, 1, facts.size - 1);
    return last.toString() !== '\n';
  } catch {
    // The stream reports what is wrong with the file.
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
