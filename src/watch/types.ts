/** The settings and reports of a watch. */
import type { Args, ArgValue } from '../ctios/index.js';

export type WatchedKind = 'agent' | 'call' | 'skillgroup';

/** The properties of an object; for a skill group, including its statistics. */
export type WatchedRecord = Readonly<Args>;

export interface WatchRule {
  readonly kind: WatchedKind;
  /** The condition. */
  holds(record: WatchedRecord): boolean;
  /**
   * The end condition. Limits that differ from those of the condition prevent repeated reports for values in between.
   */
  ends(record: WatchedRecord): boolean;
  /** How long the condition must hold before it is reported, in milliseconds. */
  readonly forMs: number;
  /** How long the end condition must hold before it is reported, in milliseconds. */
  readonly endMs: number;
  /** The keywords of the condition, reported with their values. */
  readonly keywords: readonly string[];
}

export interface WatchReport {
  readonly what: 'began' | 'ended';
  readonly kind: WatchedKind;
  /** UniqueObjectID. */
  readonly id: string;
  /** The time of the report, in milliseconds since the epoch. */
  readonly time: number;
  /** When the condition started to hold. */
  readonly since: number;
  /** The actual start may be earlier: it was not observed, and the switch has not reported it. */
  readonly atLeast?: true;
  /** How long it has held so far, or in total. */
  readonly seconds: number;
  /** Why it has ended: the condition no longer holds, or the object no longer exists. */
  readonly reason?: 'condition' | 'gone';
  /** The values of the condition's keywords. */
  readonly values: Readonly<Record<string, ArgValue>>;
  readonly record: WatchedRecord;
}
