/**
 * A copy of the audit log in a stream of its own. The file is authoritative: its lines are appended to the stream one
 * by one, each on condition that it follows the previous one, so that no line is missing or duplicated. The id of a
 * record identifies its line: after an outage or a restart, the last record of this server shows where to continue.
 */
import type { Clock, Timer } from '../../common/clock.js';
import type { EventLog, StreamEngine } from '../engine.js';
import { LineFile, rotatedFiles } from './line-file.js';

/** How often the file is checked, in milliseconds. */
const LOOK_MS = 500;
/** How long a rotated file may still receive lines, in milliseconds. */
const ROTATED_MS = 2_000;

/** What a copy reports: the first of consecutive failures, and the success that follows. */
export type AuditCopyReport = { readonly what: 'failed'; readonly reason: string } | { readonly what: 'copying' };

export interface AuditCopyOptions {
  readonly engine: Pick<StreamEngine, 'connected'>;
  /** The stream of the copy. */
  readonly log: EventLog;
  /** Used by this server only. */
  readonly subject: string;
  readonly file: string;
  readonly clock: Clock;
  report(report: AuditCopyReport): void;
}

export class AuditCopy {
  #file: LineFile | undefined;
  /** The lines of the file are in the stream up to this offset. */
  #offset = 0;
  /** The last record of this server; undefined until it has been read from the stream. */
  #sequence: number | undefined;
  #rotatedAt: number | undefined;
  #running: Promise<void> | undefined;
  #timer: Timer | undefined;
  #stopped = false;
  #failed = false;
  #copied = 0;
  #waiting = 0;

  constructor(private readonly options: AuditCopyOptions) {}

  /** The number of entries copied, and the bytes of the file not yet copied at the last check. */
  get figures(): { readonly copied: number; readonly waiting: number } {
    return { copied: this.#copied, waiting: this.#waiting };
  }

  start(): void {
    this.#timer = this.options.clock.every(LOOK_MS, () => this.#look());
    this.#look();
  }

  /** Copies what the file contains so far, if the engine is reachable. */
  async stop(): Promise<void> {
    this.#timer?.cancel();
    await this.#running;
    this.#look();
    this.#stopped = true;
    await this.#running;
    await this.#file?.close();
    this.#file = undefined;
  }

  #look(): void {
    if (this.#running !== undefined || this.#stopped) return;
    this.#running = this.#copy()
      .catch((error: Error) => this.#report(error))
      .finally(() => {
        this.#running = undefined;
      });
  }

  #report(error: Error): void {
    this.#sequence = undefined;
    if (this.#failed) return;
    this.#failed = true;
    this.options.report({ what: 'failed', reason: error.message });
  }

  async #copy(): Promise<void> {
    this.#file ??= await LineFile.open(this.options.file);
    if (this.#file === undefined) return;
    if (this.options.engine.connected) {
      if (this.#sequence === undefined) await this.#findPosition();
      while ((await this.#copySome()) || (await this.#nextFile()));
    }
    this.#waiting = Math.max(0, (await this.#file.size()) - this.#offset);
  }

  /** The position after the last record of this server in the stream, unless its file no longer exists. */
  async #findPosition(): Promise<void> {
    const last = await this.options.log.last(this.options.subject);
    this.#sequence = last?.sequence ?? 0;
    const [identity, offset] = (last?.id ?? '').split(':');
    if (identity === undefined || offset === undefined) return;
    if (this.#file!.identity !== identity) {
      if (this.#copied > 0) return;
      const before = await this.#fileOf(identity);
      if (before === undefined) return;
      await this.#file!.close();
      this.#file = before;
    }
    this.#offset = Number(offset);
  }

  /** The file with this identity, whatever its current name. */
  async #fileOf(identity: string): Promise<LineFile | undefined> {
    for (const path of await rotatedFiles(this.options.file)) {
      const file = await LineFile.open(path);
      if (file?.identity === identity) return file;
      await file?.close();
    }
    return undefined;
  }

  /** @returns whether more lines may follow */
  async #copySome(): Promise<boolean> {
    const { log, subject } = this.options;
    const file = this.#file!;
    const lines = await file.lines(this.#offset);
    for (const { text, end } of lines) {
      const id = `${file.identity}:${end}`;
      const sequence = await log.append({ subject, id, body: text }, { lastOnSubject: this.#sequence! });
      // Stored by an attempt whose confirmation was lost: read the current position from the stream.
      if (sequence === undefined) throw new Error('the stream does not end with what was copied last');
      this.#sequence = sequence;
      this.#offset = end;
      this.#copied++;
      if (this.#failed) this.options.report({ what: 'copying' });
      this.#failed = false;
    }
    return lines.length > 0;
  }

  /**
   * After a rotation, the rest of the old file is copied first.
   * @returns whether there is another file to continue with
   */
  async #nextFile(): Promise<boolean> {
    const { file: path, clock } = this.options;
    const current = this.#file!;
    const newest = await LineFile.open(path);
    if (newest === undefined || newest.identity === current.identity) {
      this.#rotatedAt = undefined;
      await newest?.close();
      return false;
    }
    await newest.close();
    this.#rotatedAt ??= clock.monotonic();
    if (clock.monotonic() - this.#rotatedAt < ROTATED_MS) return false;
    this.#rotatedAt = undefined;
    this.#file = await this.#after(current);
    this.#offset = 0;
    await current.close();
    return true;
  }

  /** The next file after this one. */
  async #after(current: LineFile): Promise<LineFile> {
    let found = false;
    for (const path of await rotatedFiles(this.options.file)) {
      const file = await LineFile.open(path);
      if (file === undefined) continue;
      if (found) return file;
      found = file.identity === current.identity;
      await file.close();
    }
    return (await LineFile.open(this.options.file))!;
  }
}
