/** The state machine of one watched object, as a table. */
import type { Row } from '../common/machine.js';

export type WatchState = 'idle' | 'pending' | 'active' | 'ending';

/** A time on the monotonic clock. */
export interface WatchStart {
  readonly at: number;
  /** The actual time may be earlier. */
  readonly atLeast: boolean;
}

export interface WatchSignals {
  /** The condition holds, as far as is known since that time. */
  holds: WatchStart;
  /** The condition does not hold. */
  fails: undefined;
  /** The end condition holds. */
  ends: undefined;
  /** The end condition does not hold. */
  stays: undefined;
  /** The time has passed. */
  due: undefined;
  /** The start time is no longer certain: the duration counts from the given time. */
  recount: WatchStart;
  /** Nothing is known until the next report. */
  forget: undefined;
  /** The object no longer exists. */
  gone: undefined;
}

export interface WatchActions {
  /** False while the link is down: due reports must wait. */
  readonly known: boolean;
  readonly endsAtOnce: boolean;
  count(from: WatchStart): void;
  countEnd(): void;
  stop(): void;
  begin(): void;
  end(reason: 'condition' | 'gone'): void;
}

export const WATCH_TABLE: readonly Row<WatchState, WatchSignals, WatchActions>[] = [
  { in: 'idle', on: 'holds', do: (it, from) => it.count(from), to: 'pending' },
  { in: 'pending', on: 'holds', do: (it, from) => it.count(from) },
  { in: 'pending', on: 'recount', do: (it, from) => it.count(from) },
  { in: 'pending', on: 'due', when: (it) => it.known, do: (it) => it.begin(), to: 'active' },
  { in: 'pending', on: 'fails', do: (it) => it.stop(), to: 'idle' },
  { in: 'pending', on: 'forget', do: (it) => it.stop(), to: 'idle' },
  { in: 'pending', on: 'gone', do: (it) => it.stop(), to: 'idle' },
  { in: 'active', on: 'ends', when: (it) => it.endsAtOnce, do: (it) => it.end('condition'), to: 'idle' },
  { in: 'active', on: 'ends', do: (it) => it.countEnd(), to: 'ending' },
  { in: 'ending', on: 'stays', do: (it) => it.stop(), to: 'active' },
  { in: 'ending', on: 'forget', do: (it) => it.stop(), to: 'active' },
  { in: 'ending', on: 'recount', do: (it) => it.countEnd() },
  { in: 'ending', on: 'due', when: (it) => it.known, do: (it) => it.end('condition'), to: 'idle' },
  { in: ['active', 'ending'], on: 'gone', do: (it) => it.end('gone'), to: 'idle' },
];
