/**
 * Records waiting to be appended to the log, in order and without gaps: each is stored only after its predecessor, so a
 * lost record cannot be overtaken and a leader that has been replaced cannot store anything. Records are queued, up to
 * a limit, while the engine is unreachable.
 */
import type { Clock } from '../common/clock.js';
import type { EventLog, LogRecord } from './engine.js';
import { numberIn } from './stream-event.js';

/** The maximum number of unconfirmed records. */
const WINDOW = 256;
/** The delay before records are sent again, in milliseconds. */
const RETRY_MS = 250;
/** The maximum number of queued records: two minutes of a busy site. */
export const MAX_WAITING_RECORDS = 50_000;

export interface OutboxOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly maxWaiting?: number;
  /** Whether this process is currently the leader. */
  mayPublish(): boolean;
  /** Called for each stored record, in order. */
  stored(record: LogRecord, sequence: number): void;
  /** An attempt failed; the records will be sent again. */
  failed(reason: string): void;
  /** Another process has written to the log: the queued records can no longer be stored. */
  fenced(): void;
}

export class Outbox {
  #waiting: LogRecord[] = [];
  /** Sequence numbers of records that were stored ahead of the first queued one. */
  #sequences = new Map<string, number>();
  /** How many of the queued records have been sent. */
  #sent = 0;
  #lastStored = '';
  #epoch = 0;
  /** Results of earlier attempts are ignored. */
  #attempt = 0;
  #paused = false;
  #overflowed = false;
  #whenEmpty: Array<() => void> = [];

  constructor(private readonly options: OutboxOptions) {}

  /** The number of records not yet stored. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Whether records have been discarded since the epoch was opened. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Opens an epoch: the next record is stored after the one with this id. Queued records are discarded. */
  open(epoch: number, lastId: string): void {
    this.discard();
    this.#epoch = epoch;
    this.#lastStored = lastId;
    this.#overflowed = false;
  }

  /** @param limited false: it is queued even if the limit is exceeded */
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

  /** Sends the queue, from the first record not known to be stored. */
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

  /** Settles when the queue is empty: all records have been stored or discarded. */
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
        (error: unknown) => {
          if (attempt === this.#attempt) this.#retryLater(error);
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

  #retryLater(error: unknown): void {
    this.#attempt++;
    this.#paused = true;
    this.options.failed(error instanceof Error ? error.message : String(error));
    const attempt = this.#attempt;
    this.options.clock.after(RETRY_MS, () => {
      if (attempt === this.#attempt) this.resume();
    });
  }

  /** The log does not end with the expected record: its last record shows why. */
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
      // Stored by this process without a confirmation: its sequence number and the place after it in the log are now
      // known.
      const waiting = this.#waiting.filter(({ id }) => (numberIn(id, this.#epoch) ?? 0) <= stored);
      for (const record of waiting) {
        this.#lastStored = record.id;
        this.options.stored(record, last.sequence - (stored - (numberIn(record.id, this.#epoch) ?? 0)));
      }
      this.#forget(waiting.length);
      this.#retryLater('the confirmation of an event was lost');
    } catch (error) {
      if (attempt === this.#attempt) this.#retryLater(error);
    }
  }
}
