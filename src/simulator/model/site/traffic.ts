import type { Clock, Timer } from '../../../common/clock.js';
import type { Random } from '../../../common/random.js';
import type { ContactCenter } from '../contact-center.js';
import { type Caller, callerData, callers } from './callers.js';
import { DEFAULT_PERIPHERAL_ID } from './default-site.js';
import { type DurationDistribution, draw } from './distributions.js';

/** Callers: who calls, how often, and how long they wait. */
export interface TrafficOptions {
  peripheralId: number;
  /** Milliseconds until the first call. */
  first: DurationDistribution;
  /** Milliseconds between two calls. */
  between: DurationDistribution;
  patience: DurationDistribution;
  /** Who calls; drawn evenly. */
  callers: readonly Caller[];
  /** Where they call; absent: each the number they call most. */
  dialedNumber?: string;
  /** Calls in progress above which new ones are not placed; absent: no limit. */
  most?: number;
}

export const trafficLevels = {
  /** A demo's pace: the first call within two seconds, then about ten a minute. */
  gentle: {
    first: { kind: 'uniform', minMs: 300, maxMs: 1200 },
    between: { kind: 'exponential', meanMs: 6000 },
    patience: { kind: 'lognormal', meanMs: 90_000, spread: 0.5 },
  },
  /** One call a second. */
  steady: {
    first: { kind: 'uniform', minMs: 100, maxMs: 1000 },
    between: { kind: 'exponential', meanMs: 1000 },
    patience: { kind: 'lognormal', meanMs: 90_000, spread: 0.5 },
  },
  /** Ninety calls a second, what the largest deployment carries. */
  rush: {
    first: { kind: 'constant', ms: 100 },
    between: { kind: 'exponential', meanMs: 1000 / 90 },
    patience: { kind: 'lognormal', meanMs: 60_000, spread: 0.5 },
  },
} as const satisfies Record<string, Pick<TrafficOptions, 'first' | 'between' | 'patience'>>;

export type TrafficPace = keyof typeof trafficLevels;

/** The whole of a traffic level: the level's times, everybody calling. */
export function trafficOf(pace: TrafficPace): TrafficOptions {
  return { peripheralId: DEFAULT_PERIPHERAL_ID, callers, ...trafficLevels[pace] };
}

/** Places calls by itself, until stopped. */
export class Traffic {
  #timer?: Timer;
  #placed = 0;
  #lastCaller = -1;

  constructor(
    private readonly center: ContactCenter,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly options: TrafficOptions,
  ) {}

  /** Calls placed so far. */
  get placed(): number {
    return this.#placed;
  }

  get running(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#next(this.options.first);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #next(distribution: DurationDistribution): void {
    const ms = draw(distribution, this.random);
    this.#timer = ms === undefined ? undefined : this.clock.after(ms, () => this.#arrive());
  }

  #arrive(): void {
    this.#next(this.options.between);
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

  /** Nobody calls twice in a row, as long as there are others. */
  #someone(): Caller {
    const { callers: people } = this.options;
    let index = Math.floor(this.random.next() * people.length);
    if (index === this.#lastCaller && people.length > 1) index = (index + 1) % people.length;
    this.#lastCaller = index;
    return people[index]!;
  }
}
