/** What is gathered about one visit until its record is written. */
import {
  betterCaller,
  type Caller,
  type Connection,
  type EndReason,
  isConsult,
  numberOf,
  type Visit,
} from '../screenpop/index.js';
import type { Journey } from './journeys.js';
import type { Leg } from './leg.js';
import type { Gap, Party, Recording, StateReason } from './types.js';

/** SkillGroupNumber where there is none. */
const NULL_SKILL_GROUP = 0xffffffff;

/** Between a transfer and the end of the connections that it was made from. */
const JOINED_MS = 10_000;

export class Segment {
  readonly legs = new Set<Leg>();
  readonly transfers: Party[] = [];
  readonly conferences: Party[] = [];
  readonly consults: Party[] = [];
  readonly reasonCodes: StateReason[] = [];
  readonly recordings: { began: number; ended?: number }[] = [];
  readonly gaps: Gap[] = [];
  caller?: Caller;
  dialed?: string;
  fields: Record<string, string> = {};
  wrapupData?: string;
  skillGroup?: number;
  /** CallType of the connection that it began with. */
  readonly type: number | undefined;
  readonly id: string;
  /** The other end of a call that the agent made has answered. */
  answeredAt?: number;
  /** Milliseconds; absent where it was not seen. */
  queueMs?: number;
  endedAt?: number;
  reason?: EndReason;

  constructor(
    readonly visit: Visit,
    readonly first: Connection,
    readonly began: number,
    public journey: Journey,
  ) {
    this.type = first.type;
    this.id = first.id;
  }

  /** Whoever has transferred a call is rid of it, whatever cause the switch names when it clears the connections. */
  hasPassedOn(time: number): boolean {
    const last = this.transfers.at(-1);
    return last !== undefined && time - last.time < JOINED_MS;
  }

  get answered(): number | undefined {
    return this.visit.answeredAt ?? this.answeredAt;
  }

  /** A consulted agent's contact turned out to be another one's: the customer waited there, if at all. */
  moveTo(journey: Journey): void {
    this.journey.segments.delete(this);
    this.journey = journey;
    journey.segments.add(this);
    this.queueMs = 0;
  }

  learnCaller(caller: Caller, followed: boolean): void {
    this.caller = this.caller === undefined || followed ? caller : betterCaller(this.caller, caller);
  }

  learnSkillGroup(value: unknown): void {
    const number = numberOf(value);
    if (number !== undefined && number < NULL_SKILL_GROUP) this.skillGroup = number;
  }

  recordingBegan(time: number): void {
    if (this.recordings.at(-1)?.ended === undefined && this.recordings.length > 0) return;
    this.recordings.push({ began: time });
  }

  recordingEnded(time: number): void {
    const last = this.recordings.at(-1);
    if (last !== undefined) last.ended ??= time;
  }

  get recorded(): readonly Recording[] {
    return this.recordings;
  }
}

/** A call that the agent made about the contact, to somebody else. */
export function isOwnConsult(connection: Connection): boolean {
  return connection.side === 'origin' && isConsult(connection);
}
