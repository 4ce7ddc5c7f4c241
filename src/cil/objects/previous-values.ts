/**
 * The values that an event has replaced, of the properties that flows use. Determined only when they are read: an event
 * keeps the record that it was merged into.
 */

import { type Shape, shapeOf } from '../../common/records/compiled-records.js';
import type { RecordSnapshot } from '../../common/records/record-merger.js';
import { isTracked } from '../../ctios/keywords.js';
import type { Args, ArgValue } from '../../ctios/transport.js';
import type { StateSince } from './state-since.js';

/**
 * By keyword; null if the property had no value. `since` is the start of the former AgentState or CallStatus, if
 * included; with `atLeast` the actual start may be earlier.
 */
export interface PreviousValues {
  readonly since?: number;
  readonly atLeast?: true;
  readonly [keyword: string]: ArgValue | null | undefined;
}

/** An object as it was before an event. */
export interface ObjectBefore {
  readonly known: RecordSnapshot<ArgValue>;
  readonly since: StateSince | undefined;
  /** The event changes only these keywords; undefined: all that it contains. */
  readonly only?: readonly string[] | undefined;
}

const STATES: readonly string[] = ['AgentState', 'CallStatus'];

/** @returns undefined if none of these properties has changed */
export function previousValues(
  { known: { record }, since, only }: ObjectBefore,
  args: Readonly<Args>,
): PreviousValues | undefined {
  let previous: Record<string, ArgValue | null | true> | undefined;
  for (const key of trackedKeysOf(args)) {
    const value = record[key];
    if (value === args[key] || only?.includes(key) === false) continue;
    previous ??= {};
    previous[key] = value ?? null;
    if (since === undefined || !STATES.includes(key)) continue;
    previous.since = since.since;
    if (since.atLeast) previous.atLeast = true;
  }
  if (typeof args.ECC !== 'object' || only !== undefined) return previous;
  const before = typeof record.ECC === 'object' ? record.ECC : {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(args.ECC)])) {
    if (before[key] === args.ECC[key] || typeof (before[key] ?? args.ECC[key]) === 'object') continue;
    previous ??= {};
    previous[key] = before[key] ?? null;
  }
  return previous;
}

/** There are few sets of keys, and their number is limited. */
const keysOfShape = new Map<Shape, readonly string[]>();

function trackedKeysOf(args: Readonly<Args>): readonly string[] {
  const shape = shapeOf(args);
  if (shape === undefined) return Object.keys(args).filter(isTracked);
  let keys = keysOfShape.get(shape);
  if (keys === undefined) {
    keys = shape.keys.filter(isTracked);
    keysOfShape.set(shape, keys);
  }
  return keys;
}
