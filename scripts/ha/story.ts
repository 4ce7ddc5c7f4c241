/** Compares what a reader of the stream received with the calls that were actually made. */

import type { StoredRecord } from '../../src/stream/engine.js';
import { isEvent, readRecord, type StreamEvent } from '../../src/stream/stream-event.js';

/** A call that was placed in the contact center. */
export interface PlacedCall {
  readonly id: number;
  readonly from: string;
  readonly at: number;
}

export interface StoryResult {
  /** Calls that are missing from the stream without a gap that covers them. */
  readonly lost: string[];
  /** Events that came twice, or out of order. */
  readonly wrong: string[];
  readonly gaps: number;
  /** Calls that have not ended yet. */
  readonly unended: number;
  /** Calls whose ringing was observed: each must pop. */
  readonly rang: ReadonlySet<number>;
}

/** Clocks and deliveries are not exact to the millisecond. */
const SLACK_MS = 1_000;

export class Story {
  readonly #events: StreamEvent[] = [];
  readonly #epochs: number[] = [];

  record(stored: StoredRecord): void {
    const event = readRecord(stored);
    if (event === undefined) return;
    this.#epochs.push(event.epoch);
    if (isEvent(event)) this.#events.push(event);
  }

  get events(): readonly StreamEvent[] {
    return this.#events;
  }

  judge(placed: readonly PlacedCall[]): StoryResult {
    const gaps = this.#events.filter(({ event }) => event === 'OnConnectionGap').map(({ args }) => args);
    const calls = new Calls();
    for (const event of this.#events) calls.follow(event);
    const disorder = this.#epochs.flatMap((epoch, index) => {
      const before = this.#epochs[index - 1] ?? 0;
      return epoch < before ? [`epoch ${epoch} behind ${before}`] : [];
    });
    const covered = ({ at }: PlacedCall): boolean =>
      gaps.some(({ From, To }) => at >= Date.parse(String(From)) - SLACK_MS && at <= Date.parse(String(To)) + SLACK_MS);
    const lost = placed.filter((call) => !calls.told.has(call.id) && !covered(call)).map(({ id }) => `call ${id}`);
    const unended = calls.unended();
    const wrong = [...calls.wrong, ...disorder, ...unended];
    return { lost, wrong, gaps: gaps.length, unended: unended.length, rang: calls.rang };
  }
}

/** The calls of the stream, each from its beginning to its end. */
class Calls {
  readonly told = new Set<number>();
  readonly rang = new Set<number>();
  readonly wrong: string[] = [];
  readonly #lives = new Map<string, 'begun' | 'ended'>();
  readonly #rung = new Set<string>();

  follow({ event, args, recovered }: StreamEvent): void {
    const id = String(args.UniqueObjectID ?? '');
    if (!id.startsWith('call.')) return;
    const call = Number(id.split('.')[2]);
    this.told.add(call);
    const state = this.#lives.get(id);
    if (event === 'OnCallBegin' || event === 'OnSnapshotCallConf') {
      if (event === 'OnCallBegin' && state !== undefined) this.wrong.push(`${id} begins twice`);
      this.#lives.set(id, 'begun');
    } else if (state !== 'begun') this.wrong.push(`${event} of ${id}, which is ${state ?? 'unknown'}`);
    if (event === 'OnCallEnd') this.#lives.set(id, 'ended');
    if (event !== 'OnCallDelivered' || recovered) return;
    if (this.#rung.has(id)) this.wrong.push(`${id} rings twice`);
    this.#rung.add(id);
    this.rang.add(call);
  }

  unended(): string[] {
    return [...this.#lives].filter(([, state]) => state === 'begun').map(([id]) => `${id} does not end`);
  }
}
