/** One object of a watch: when its condition started to hold, and what has been reported. */
import type { Clock, Timer } from '../common/clock.js';
import { type Machine, runTable } from '../common/machine.js';
import type { ArgValue } from '../ctios/index.js';
import type { WatchedRecord, WatchReport, WatchRule } from './types.js';
import { WATCH_TABLE, type WatchActions, type WatchSignals, type WatchStart, type WatchState } from './watch-states.js';

export interface WatchedObjectOwner {
  readonly clock: Clock;
  readonly rule: WatchRule;
  /** False while the link is down. */
  readonly known: boolean;
  report(report: WatchReport): void;
}

export class WatchedObject implements WatchActions {
  readonly #machine: Machine<WatchState, WatchSignals>;
  #id: string;
  #record: WatchedRecord;
  #from: WatchStart = { at: 0, atLeast: false };
  #timer: Timer | undefined;

  constructor(
    private readonly owner: WatchedObjectOwner,
    id: string,
    record: WatchedRecord,
  ) {
    this.#id = id;
    this.#record = record;
    this.#machine = runTable(WATCH_TABLE, 'idle', this);
  }

  get state(): WatchState {
    return this.#machine.state;
  }
  get known(): boolean {
    return this.owner.known;
  }
  get endsAtOnce(): boolean {
    return this.owner.rule.endMs === 0;
  }

  /** Its current properties. @param since when the condition started to hold, if it does */
  update(id: string, record: WatchedRecord, since: () => WatchStart): void {
    this.#id = id;
    this.#record = record;
    const { rule } = this.owner;
    if (this.state === 'active' || this.state === 'ending') {
      this.#machine.signal(rule.ends(record) ? 'ends' : 'stays');
    } else if (rule.holds(record)) {
      const from = since();
      // A start time that was already counted is kept, unless it turns out to be earlier.
      if (this.state === 'idle' || from.at < this.#from.at) this.#machine.signal('holds', from);
    } else this.#machine.signal('fails');
  }

  /** The link was lost. @param since the time from which it certainly holds; undefined: unchanged */
  recount(since: WatchStart | undefined): void {
    this.#machine.signal('recount', since ?? this.#from);
  }

  forget(): void {
    this.#machine.signal('forget');
  }

  /** @param record its final properties, if known */
  gone(record: WatchedRecord = this.#record): void {
    this.#record = record;
    this.#machine.signal('gone');
  }

  count(from: WatchStart): void {
    this.#from = from;
    this.#wait(from.at + this.owner.rule.forMs - this.owner.clock.monotonic());
  }

  countEnd(): void {
    this.#wait(this.owner.rule.endMs);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  begin(): void {
    this.#report('began');
  }

  end(reason: 'condition' | 'gone'): void {
    this.stop();
    this.#report('ended', reason);
  }

  #wait(ms: number): void {
    this.stop();
    if (ms <= 0) this.#machine.signal('due');
    else this.#timer = this.owner.clock.after(ms, () => void this.#machine.signal('due'));
  }

  #report(what: WatchReport['what'], reason?: WatchReport['reason']): void {
    const { clock, rule } = this.owner;
    const { at, atLeast } = this.#from;
    const time = clock.now();
    const lastedMs = clock.monotonic() - at;
    this.owner.report({
      what,
      kind: rule.kind,
      id: this.#id,
      time,
      since: Math.round(time - lastedMs),
      ...(atLeast ? { atLeast } : {}),
      seconds: Math.round(lastedMs / 100) / 10,
      ...(reason === undefined ? {} : { reason }),
      values: valuesOf(this.#record, rule.keywords),
      record: this.#record,
    });
  }
}

function valuesOf(record: WatchedRecord, keywords: readonly string[]): Record<string, ArgValue> {
  const values: Record<string, ArgValue> = {};
  for (const key of keywords) {
    const value = record[key] ?? (typeof record.ECC === 'object' ? record.ECC[key] : undefined);
    if (value !== undefined) values[key] = value;
  }
  return values;
}
