/**
 * Records are built from times that do not jump (`common/steady-time.ts`). Their stamps all follow the clock as it is
 * set when the record is sent, so that they agree with each other and with the durations.
 */
import type { CallRecord } from './types.js';

/** @param stamp the time stamp of a time in the record */
export function stamped<Record extends CallRecord>(record: Record, stamp: (time: number) => number): Record {
  const time = Date.parse(record.time);
  if (stamp(time) === time) return record;
  return convert(record, stamp) as Record;
}

/** Members that contain a time, whatever they are members of. */
const TIMES: ReadonlySet<string> = new Set(['began', 'answered', 'ended', 'time', 'from', 'to']);
/** Members that contain no times, but names that the site has chosen. */
const NAMED: ReadonlySet<string> = new Set(['fields', 'caller', 'customer']);

function convert(value: unknown, stamp: (time: number) => number): unknown {
  if (Array.isArray(value)) return value.map((each) => convert(each, stamp));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (NAMED.has(name)) return [name, member];
      if (!TIMES.has(name)) return [name, convert(member, stamp)];
      if (typeof member === 'number') return [name, stamp(member)];
      return [name, typeof member === 'string' ? new Date(stamp(Date.parse(member))).toISOString() : member];
    }),
  );
}
