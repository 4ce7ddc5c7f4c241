/**
 * One period in which this process is the active member of its group: it reads the log through its own durable
 * consumer, starting after the last record the group acknowledged. A record is acknowledged shortly after it was passed
 * to the sessions, so that one whose message may have been lost with the process is read again by the next.
 */
import type { Clock, Timer } from '../../common/clock.js';
import type { Consuming, DeliveredRecord, StreamEngine } from '../engine.js';
import { loadObjects } from '../object-store.js';
import { isEvent, readRecord } from '../stream-event.js';
import { consumerName } from '../subjects.js';
import { toldUpTo } from '../told-history.js';
import { type ForwardRequest, StreamServer } from './stream-server.js';
import { StreamTime } from './stream-time.js';

/**
 * The time from the delivery of a record to its acknowledgment, in milliseconds: enough for a flow to pass on the
 * event.
 */
export const ACKNOWLEDGE_AFTER_MS = 1_000;
const ACKNOWLEDGE_EVERY_MS = 250;
/** The delay before a failed delivery is set up again, in milliseconds. */
const RETRY_MS = 500;

export interface WorkPeriodOptions {
  readonly engine: StreamEngine;
  readonly group: string;
  readonly clock: Clock;
  readonly forward: ForwardRequest | undefined;
  /** Whether this process currently holds the group's lease. */
  mayWork(): boolean;
}

export class WorkPeriod {
  #consuming: Consuming | undefined;
  #reading = false;
  /** Deliveries of earlier consumers are ignored. */
  #attempt = 0;
  #made = 0;
  #delivery = 0;
  #epoch = 0;
  #timer: Timer | undefined;
  readonly #time: StreamTime;
  readonly #unacknowledged: Array<{ readonly record: DeliveredRecord; readonly at: number }> = [];

  private constructor(
    private readonly options: WorkPeriodOptions,
    readonly server: StreamServer,
    private readonly revision: number,
    /** The last record that was passed to the sessions. */
    private last: number,
    private acknowledged: number,
    private readonly acknowledgedAt: number | undefined,
    /** Events up to this record occurred before this period. */
    private readonly replayedUpTo: number,
  ) {
    this.#time = new StreamTime(options.clock);
  }

  /** Takes over from the group's last consumer; a new group starts with the next event. */
  static async begin(options: WorkPeriodOptions, revision: number): Promise<WorkPeriod> {
    const { engine, group, forward } = options;
    const before = await engine.consumers.list(group);
    const end = (await engine.log.last())?.sequence ?? 0;
    const furthest = before.reduce<(typeof before)[number] | undefined>(
      (best, each) => (best === undefined || each.acknowledged > best.acknowledged ? each : best),
      undefined,
    );
    const position = furthest?.acknowledged ?? end;
    const told = await toldUpTo(engine, await loadObjects(engine.objects), position);
    const server = new StreamServer(told, options.clock, forward);
    const period = new WorkPeriod(options, server, revision, position, position, furthest?.at, end);
    await period.#renewConsumer();
    period.#timer = options.clock.every(ACKNOWLEDGE_EVERY_MS, () =>
      period.#acknowledge(options.clock.monotonic() - ACKNOWLEDGE_AFTER_MS),
    );
    return period;
  }

  /** Whether no other process has been active for the group since. */
  async isLatest(): Promise<boolean> {
    const names = (await this.options.engine.consumers.list(this.options.group)).map(({ name }) => name);
    return names.length === 0 || names.includes(this.#name);
  }

  /** Starts to read. */
  resume(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#read();
  }

  /** Stops reading until resumed; records already delivered are acknowledged when they are due. */
  pause(): void {
    this.#reading = false;
    this.#attempt++;
    this.#consuming?.stop();
    this.#consuming = undefined;
  }

  /** @param completely whether everything delivered has been processed */
  end(completely: boolean): void {
    this.pause();
    this.#timer?.cancel();
    if (completely) this.#acknowledge(Number.POSITIVE_INFINITY);
  }

  get #name(): string {
    return consumerName(this.options.group, `${this.revision}-${this.#made}`);
  }

  /**
   * Creates a new consumer that starts at the first unacknowledged record, then removes the group's other consumers.
   */
  async #renewConsumer(): Promise<void> {
    const { consumers } = this.options.engine;
    this.#made++;
    await consumers.create(this.#name, this.acknowledged + 1);
    for (const { name } of await consumers.list(this.options.group))
      if (name !== this.#name) await consumers.remove(name);
  }

  #read(): void {
    const attempt = ++this.#attempt;
    this.#consuming?.stop();
    this.#consuming = undefined;
    const current = (): boolean => attempt === this.#attempt && this.#reading;
    const again = (): void => {
      if (current()) this.options.clock.after(RETRY_MS, () => current() && this.#read());
    };
    this.#consume(current, again).catch(again);
  }

  async #consume(current: () => boolean, again: () => void): Promise<void> {
    if (!this.options.mayWork()) {
      again();
      return;
    }
    await this.#renewConsumer();
    this.#delivery = 0;
    this.#unacknowledged.length = 0;
    const consuming = await this.options.engine.consumers.consume(
      this.#name,
      (record) => {
        if (current()) this.#deliver(record);
      },
      again,
    );
    if (current()) this.#consuming = consuming;
    else consuming.stop();
  }

  #deliver(record: DeliveredRecord): void {
    if (!this.options.mayWork()) return;
    // A lost delivery would be repeated later, out of order.
    if (record.delivery !== ++this.#delivery) {
      this.#read();
      return;
    }
    this.#unacknowledged.push({ record, at: this.options.clock.monotonic() });
    if (record.sequence <= this.last) return;
    const event = readRecord(record);
    if (record.sequence > this.last + 1) this.#reportGap(record.sequence - this.last - 1, event?.time);
    this.last = record.sequence;
    // Records that an old leader stored after the marker of a new one are ignored.
    if (event === undefined || event.epoch < this.#epoch) return;
    this.#epoch = event.epoch;
    if (isEvent(event))
      this.server.publish(event, record.sequence, record.sequence <= this.replayedUpTo, this.#time.of(event));
  }

  /** The stream keeps events for a limited time. */
  #reportGap(lost: number, until = this.options.clock.now()): void {
    this.server.reportGap({
      From: new Date(Math.min(this.acknowledgedAt ?? until, until)).toISOString(),
      To: new Date(until).toISOString(),
      Reason: 'stream',
      EventsLost: lost,
    });
  }

  #acknowledge(upTo: number): void {
    if (!this.options.mayWork()) return;
    let newest: DeliveredRecord | undefined;
    while (this.#unacknowledged[0] !== undefined && this.#unacknowledged[0].at <= upTo)
      newest = this.#unacknowledged.shift()!.record;
    if (newest === undefined) return;
    newest.acknowledge();
    this.acknowledged = Math.max(this.acknowledged, newest.sequence);
  }
}
