/** The data collected about one visit until its record is written. */
import {
  betterCaller,
  type CallerIdentity,
  type Connection,
  type EndReason,
  isConsult,
  skillGroupOf,
  type Visit,
} from '../screenpop/index.js';
import type { Journey } from './journeys.js';
import type { Leg } from './leg.js';
import type { CallRecording, Gap, Party, StateReason } from './types.js';

/** Maximum time between a transfer and the end of its original connections. */
const JOINED_MS = 10_000;

export class Segment {
  readonly legs = new Set<Leg>();
  readonly transfers: Party[] = [];
  readonly conferences: Party[] = [];
  readonly consults: Party[] = [];
  readonly reasonCodes: StateReason[] = [];
  readonly recordings: { began: number; ended?: number; recorder?: string; reference?: string }[] = [];
  readonly gaps: Gap[] = [];
  caller?: CallerIdentity;
  dialed?: string;
  /** The customer, if the customer was called. */
  called?: CallerIdentity | undefined;
  fields: Record<string, string> = {};
  wrapupData?: string;
  skillGroup?: number;
  /** CallType of the first connection. */
  readonly type: number | undefined;
  readonly id: string;
  /** When the other party of a call made by the agent answered. */
  answeredAt?: number;
  /** Milliseconds; absent if not observed. */
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

  /**
   * An agent who has transferred a call no longer has it, whatever cause the switch reports when it clears the
   * connections.
   */
  hasPassedOn(time: number): boolean {
    const last = this.transfers.at(-1);
    return last !== undefined && time - last.time < JOINED_MS;
  }

  get answered(): number | undefined {
    return this.visit.answeredAt ?? this.answeredAt;
  }

  /** A consulted agent's contact was found to be another one; any waiting of the customer belongs to that one. */
  moveTo(journey: Journey): void {
    this.journey.segments.delete(this);
    this.journey = journey;
    journey.segments.add(this);
    this.queueMs = 0;
  }

  learnCaller(caller: CallerIdentity, followed: boolean): void {
    this.caller = this.caller === undefined || followed ? caller : betterCaller(this.caller, caller);
  }

  learnSkillGroup(value: unknown): void {
    this.skillGroup = skillGroupOf(value) ?? this.skillGroup;
  }

  recordingBegan(time: number): void {
    if (this.recordings.at(-1)?.ended === undefined && this.recordings.length > 0) return;
    this.recordings.push({ began: time });
  }

  recordingEnded(time: number): void {
    const last = this.recordings.at(-1);
    if (last !== undefined) last.ended ??= time;
  }

  /** The recorder, and its reference for the recording. */
  recordingAt(recorder: string | undefined, reference: string | undefined): void {
    const last = this.recordings.at(-1);
    if (last === undefined) return;
    if (recorder !== undefined) last.recorder = recorder;
    if (reference !== undefined) last.reference = reference;
  }

  get recorded(): readonly CallRecording[] {
    return this.recordings;
  }
}

/** Whether the agent called someone else about the contact. */
export function isOwnConsult(connection: Connection): boolean {
  return connection.side === 'origin' && isConsult(connection);
}
