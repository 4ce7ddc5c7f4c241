/**
 * Records on their way into the log, in order and without a hole: each is stored only behind the one before it, so a record
 * that was lost on its way cannot be overtaken, and a leader that was replaced cannot store anything any more. While the
 * engine is away records wait, up to a limit.
 */
import type { Clock } from '../common/clock.js';
import type { EventLog, LogRecord } from './engine.js';
import { numberIn } from './stream-event.js';

/** Records that may be unconfirmed at a time. */
const WINDOW = 256;
/** Before records are sent again, in milliseconds. */
const RETRY_MS = 250;
/** Records that may wait: two minutes of a busy site. */
export const MAX_WAITING_RECORDS = 50_000;

export interface OutboxOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly maxWaiting?: number;
  /** Whether this process leads at this very moment. */
  mayPublish(): boolean;
  /** Called for each record in order. */
  stored(record: LogRecord, sequence: number): void;
  /** An attempt failed; the records are sent again. */
  failed(): void;
  /** Another process has written to the log: nothing that waits here can be stored any more. */
  fenced(): void;
}

export class Outbox {
  #waiting: LogRecord[] = [];
  /** Sequence numbers of records that were stored ahead of the first one that waits. */
  #sequences = new Map<string, number>();
  /** How many of the waiting records were sent. */
  #sent = 0;
  #lastStored = '';
  #epoch = 0;
  /** Results of earlier attempts do not count. */
  #attempt = 0;
  #paused = false;
  #overflowed = false;
  #whenEmpty: Array<() => void> = [];

  constructor(private readonly options: OutboxOptions) {}

  /** Records that are not stored yet. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Records were discarded since the epoch was opened. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Begins an epoch: the next record is stored behind the one with this id. What waited is discarded. */
  open(epoch: number, lastId: string): void {
    this.discard();
    this.#epoch = epoch;
    this.#lastStored = lastId;
    this.#overflowed = false;
  }

  /** @param limited false: it is kept however many wait already */
  add(record: LogRecord, limited = true): void {
    if (this.#overflowed) return;
    if (limited && this.#waiting.length >= (this.options.maxWaiting ?? MAX_WAITING_RECORDS)) {
      this.discard();
      this.#overflowed = true;
      return;
    }
    this.#waiting.push(record);
    this.#pump();
  }

  /** Sends what waits, from the first record that is not known to be stored. */
  resume(): void {
    this.#attempt++;
    this.#sent = 0;
    this.#sequences.clear();
    this.#paused = false;
    this.#pump();
  }

  discard(): void {
    this.#attempt++;
    this.#waiting = [];
    this.#sequences.clear();
    this.#sent = 0;
    this.#paused = false;
    this.#settle();
  }

  /** Settles when nothing waits any more: everything is stored, or was discarded. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) resolve();
      else this.#whenEmpty.push(resolve);
    });
  }

  #pump(): void {
    const { log, mayPublish } = this.options;
    while (!this.#paused && this.#sent < Math.min(this.#waiting.length, WINDOW) && mayPublish()) {
      const record = this.#waiting[this.#sent]!;
      const lastId = this.#sent === 0 ? this.#lastStored : this.#waiting[this.#sent - 1]!.id;
      this.#sent++;
      const attempt = this.#attempt;
      log.append(record, { lastId }).then(
        (sequence) => {
          if (attempt !== this.#attempt) return;
          if (sequence === undefined) void this.#refused();
          else this.#confirmed(record, sequence);
        },
        () => {
          if (attempt === this.#attempt) this.#retryLater();
        },
      );
    }
  }

  #confirmed({ id }: LogRecord, sequence: number): void {
    this.#sequences.set(id, sequence);
    let first = this.#waiting[0];
    let taken = 0;
    while (first !== undefined) {
      const at = this.#sequences.get(first.id);
      if (at === undefined) break;
      this.#sequences.delete(first.id);
      this.#lastStored = first.id;
      this.options.stored(first, at);
      first = this.#waiting[++taken];
    }
    this.#forget(taken);
    this.#pump();
  }

  #forget(count: number): void {
    if (count === 0) return;
    this.#waiting.splice(0, count);
    this.#sent = Math.max(0, this.#sent - count);
    this.#settle();
  }

  #settle(): void {
    if (this.#waiting.length > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  #retryLater(): void {
    this.#attempt++;
    this.#paused = true;
    this.options.failed();
    const attempt = this.#attempt;
    this.options.clock.after(RETRY_MS, () => {
      if (attempt === this.#attempt) this.resume();
    });
  }

  /** The log does not end with the record that it was expected to end with: its last record shows why. */
  async #refused(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#paused = true;
    try {
      const last = await this.options.log.last();
      if (attempt !== this.#attempt) return;
      const stored = numberIn(last?.id, this.#epoch);
      if (last === undefined || stored === undefined) {
        this.options.fenced();
        return;
      }
      // Ours, stored without our being told: numbers are consecutive, and so are their places in the log.
      const waiting = this.#waiting.filter(({ id }) => (numberIn(id, this.#epoch) ?? 0) <= stored);
      for (const record of waiting) {
        this.#lastStored = record.id;
        this.options.stored(record, last.sequence - (stored - (numberIn(record.id, this.#epoch) ?? 0)));
      }
      this.#forget(waiting.length);
      this.#retryLater();
    } catch {
      if (attempt === this.#attempt) this.#retryLater();
    }
  }
}
