/** The journeys in progress: their connections, how long they queued, and which agents had them. */
import type { Clock, Timer } from '../common/clock.js';
import { betterCaller, type CallerIdentity, type Connection, Remembered } from '../screenpop/index.js';
import type { Leg } from './leg.js';
import type { Gap, SegmentRecord } from './types.js';

/** Time between the end of a journey's last connection and its next one. */
const QUIET_MS = 2_000;
/** Applies if the expected end of a journey never arrives. */
const MAX_JOURNEYS = 20_000;

export class Journey {
  readonly legs = new Set<Leg>();
  /** Segments that have not been recorded yet. */
  readonly segments = new Set<object>();
  readonly records: SegmentRecord[] = [];
  readonly gaps: Gap[] = [];
  caller?: CallerIdentity;
  dialed?: string;
  /** The customer, if the customer was called. */
  called?: CallerIdentity | undefined;
  fields: Record<string, string> = {};
  /** The first connection. */
  first?: Connection;
  began?: number;
  /** Its beginning was not observed. */
  found = false;
  ended = 0;
  queueMs = 0;
  /** Its time in queues was not fully observed. */
  queueUnseen = false;
  /** At least one of its connections has a CallType that is recorded. */
  wanted = false;
  timer?: Timer;
  #queuedAt: number | undefined;
  #untaken = 0;

  constructor(readonly name: string) {}

  get active(): boolean {
    return this.segments.size > 0 || [...this.legs].some((leg) => leg.open);
  }

  /** @param wanted its CallType is one of those that are recorded */
  add(leg: Leg, wanted: boolean): void {
    const { connection, began } = leg;
    this.legs.add(leg);
    this.timer?.cancel();
    this.wanted ||= wanted;
    this.queueUnseen ||= connection.found;
    if (this.began !== undefined && began >= this.began) return;
    this.first = connection;
    this.began = began;
    this.found = connection.found;
  }

  legEnded(time: number, seen: boolean): void {
    this.ended = Math.max(this.ended, time);
    if (![...this.legs].some((each) => each.open)) this.dequeued(time);
    if (!seen) this.queueUnseen ||= !this.#reachedAgent;
  }

  /** The session was not connected. */
  missed(gap: Gap): void {
    if ((this.began ?? gap.to) < gap.to) this.gaps.push(gap);
    this.queueUnseen ||= this.#queuedAt !== undefined || !this.#reachedAgent;
    for (const leg of this.legs) if (leg.open && leg.began < gap.from) leg.missed();
  }

  get #reachedAgent(): boolean {
    return this.segments.size > 0 || this.records.length > 0;
  }

  learnCaller(caller: CallerIdentity): void {
    this.caller = this.caller === undefined ? caller : betterCaller(this.caller, caller);
  }

  queued(time: number): void {
    this.#queuedAt ??= time;
  }

  dequeued(time: number): void {
    if (this.#queuedAt === undefined) return;
    const ms = Math.max(0, time - this.#queuedAt);
    this.#queuedAt = undefined;
    this.queueMs += ms;
    this.#untaken += ms;
  }

  /** The time in queues that led to the segment that begins now, in milliseconds. */
  takeQueue(time: number): number {
    this.dequeued(time);
    const ms = this.#untaken;
    this.#untaken = 0;
    return ms;
  }
}

export class Journeys {
  readonly #byName = new Map<string, Journey>();
  readonly #counts = new Remembered();

  constructor(
    private readonly clock: Clock,
    /** @param part 1, or more if the journey continues after its end */
    private readonly over: (journey: Journey, part: number) => void,
  ) {}

  [Symbol.iterator](): IterableIterator<Journey> {
    return this.#byName.values();
  }

  of(name: string): Journey {
    let journey = this.#byName.get(name);
    if (journey === undefined) {
      journey = new Journey(name);
      this.#byName.set(name, journey);
      if (this.#byName.size > MAX_JOURNEYS) this.#finish(this.#byName.values().next().value!);
    }
    return journey;
  }

  /** Called when part of the journey, or all of it, has ended. */
  check(journey: Journey): void {
    if (journey.active || this.#byName.get(journey.name) !== journey) return;
    journey.timer?.cancel();
    journey.timer = this.clock.after(QUIET_MS, () => {
      if (!journey.active) this.#finish(journey);
    });
  }

  /** The journey is empty: its connections belong to another one. */
  drop(journey: Journey): void {
    journey.timer?.cancel();
    if (this.#byName.get(journey.name) === journey) this.#byName.delete(journey.name);
  }

  clear(): void {
    for (const { timer } of this.#byName.values()) timer?.cancel();
    this.#byName.clear();
    this.#counts.clear();
  }

  #finish(journey: Journey): void {
    this.drop(journey);
    this.over(journey, this.#counts.count(journey.name));
  }
}
