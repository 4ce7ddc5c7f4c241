import type { Clock, Timer } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import type { ContactCenter } from '../contact-center.js';
import { type Caller, callerData, callers } from './callers.js';
import { DEFAULT_PERIPHERAL_ID } from './default-site.js';
import { type DurationDistribution, draw } from './distributions.js';

/** Busy and quiet times that follow each other. */
export interface Wave {
  /** Milliseconds from one busy time to the next. */
  periodMs: number;
  /** By what share of the mean the pace rises and falls, below 1. */
  swing: number;
}

/** Callers: who calls, how often, and how long they wait. */
export interface TrafficOptions {
  peripheralId: number;
  /** Milliseconds until the first call. */
  first: DurationDistribution;
  /** Milliseconds between two calls. */
  between: DurationDistribution;
  patience: DurationDistribution;
  /** How the pace rises and falls; absent: it stays the same. */
  wave?: Wave;
  /** The callers; chosen with equal probability. */
  callers: readonly Caller[];
  /** Dialed numbers; absent: each caller's usual one. */
  dialedNumber?: string;
  /** Maximum number of calls in progress, above which no new ones are placed; absent: unlimited. */
  most?: number;
}

export const trafficLevels = {
  /** A demo's pace: the first call within half a second, then about ten a minute. */
  gentle: {
    first: { kind: 'uniform', minMs: 100, maxMs: 400 },
    between: { kind: 'exponential', meanMs: 6000 },
    patience: { kind: 'lognormal', meanMs: 90_000, spread: 0.5 },
  },
  /** One call a second. */
  steady: {
    first: { kind: 'uniform', minMs: 100, maxMs: 1000 },
    between: { kind: 'exponential', meanMs: 1000 },
    patience: { kind: 'lognormal', meanMs: 90_000, spread: 0.5 },
  },
  /** Busy and quiet times in turn: from 30 to 75 calls a minute and back within twenty minutes. */
  waves: {
    first: { kind: 'uniform', minMs: 100, maxMs: 1000 },
    between: { kind: 'exponential', meanMs: 1150 },
    patience: { kind: 'lognormal', meanMs: 150_000, spread: 0.5 },
    wave: { periodMs: 20 * 60_000, swing: 0.45 },
  },
  /** Ninety calls a second, the load of the largest deployments. */
  rush: {
    first: { kind: 'constant', ms: 100 },
    between: { kind: 'exponential', meanMs: 1000 / 90 },
    patience: { kind: 'lognormal', meanMs: 60_000, spread: 0.5 },
  },
} as const satisfies Record<string, Pick<TrafficOptions, 'first' | 'between' | 'patience' | 'wave'>>;

export type TrafficPace = keyof typeof trafficLevels;

/** A traffic level in full: the level's times, with all callers. */
export function trafficOf(pace: TrafficPace): TrafficOptions {
  return { peripheralId: DEFAULT_PERIPHERAL_ID, callers, ...trafficLevels[pace] };
}

/** Places calls automatically, until stopped. */
export class Traffic {
  #timer?: Timer;
  #placed = 0;
  #lastCaller = -1;
  #startedAt = 0;

  constructor(
    private readonly center: ContactCenter,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly options: TrafficOptions,
  ) {}

  /** Number of calls placed so far. */
  get placed(): number {
    return this.#placed;
  }

  get running(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#startedAt = this.clock.now();
    this.#next(this.options.first);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #next(distribution: DurationDistribution, pace = 1): void {
    const ms = draw(distribution, this.random);
    this.#timer = ms === undefined ? undefined : this.clock.after(ms / pace, () => this.#arrive());
  }

  /** As a multiple of the mean; the first wave rises. */
  #pace(): number {
    const { wave } = this.options;
    if (wave === undefined) return 1;
    return 1 + wave.swing * Math.sin((2 * Math.PI * (this.clock.now() - this.#startedAt)) / wave.periodMs);
  }

  #arrive(): void {
    this.#next(this.options.between, this.#pace());
    const { most, peripheralId } = this.options;
    if (most !== undefined && this.center.callsInProgress(peripheralId) >= most) return;
    const caller = this.#someone();
    const placed = this.center.placeCall({
      peripheralId,
      ani: caller.ani,
      dialedNumber: this.options.dialedNumber ?? caller.dialedNumber,
      patienceMs: draw(this.options.patience, this.random),
      data: callerData(caller, this.center.config.switch.site?.charset),
      ...(caller.account === undefined ? {} : { callerEnteredDigits: caller.account }),
    });
    if (placed.ok) this.#placed++;
  }

  /** No one calls twice in a row, as long as there are other callers. */
  #someone(): Caller {
    const { callers: people } = this.options;
    let index = Math.floor(this.random.next() * people.length);
    if (index === this.#lastCaller && people.length > 1) index = (index + 1) % people.length;
    this.#lastCaller = index;
    return people[index]!;
  }
}
