/** Reads the past period that a message requests. */

import { systemClock } from '../../../src/common/clock.js';
import { DAY_MS } from '../../../src/common/durations.js';
import { inputError } from '../message/errors.js';

export interface PastPeriod {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 10_000;

/** @param payload `from`, `to` (milliseconds since the epoch, or ISO 8601) and `limit`; default: the last day */
export function pastPeriod(payload: Readonly<Record<string, unknown>>): PastPeriod {
  const to = timeOf('to', payload.to) ?? systemClock.now() + 1;
  const from = timeOf('from', payload.from) ?? to - DAY_MS;
  if (from >= to) throw inputError('CTIOS_BAD_PERIOD', 'The period ends before it begins: "from" is not before "to".');
  const { limit = DEFAULT_LIMIT } = payload;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw inputError('CTIOS_BAD_PERIOD', `"limit" must be a whole number from 1 to ${MAX_LIMIT}.`);
  return { from, to, limit };
}

function timeOf(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const read = value instanceof Date ? value.getTime() : value;
  const time = typeof read === 'string' ? Date.parse(read) : read;
  if (typeof time === 'number' && Number.isFinite(time)) return time;
  throw inputError('CTIOS_BAD_PERIOD', `"${name}" is no time: give milliseconds since the epoch, or ISO 8601.`);
}
