/** The stored form of an event, and the marker that opens an epoch. No other file reads or writes them. */
import type { Args } from '../ctios/transport.js';
import type { StoredRecord } from './engine.js';

/** The content of an event's record. */
export interface StreamEvent {
  readonly event: string;
  readonly args: Args;
  /** The epoch of the leader that published it. */
  readonly epoch: number;
  /** When the leader published it, in milliseconds since the epoch. */
  readonly time: number;
  /** The same on the monotonic clock of that leader, which does not jump when the machine's clock is set. */
  readonly at?: number;
  readonly recovered?: true;
}

/** Marks that this leader publishes from here on. */
export interface EpochMarker {
  readonly epoch: number;
  /** The name of the leader. */
  readonly server: string;
  readonly time: number;
}

export const idOf = (epoch: number, number: number): string => `${epoch}-${number}`;

/** The number in the id of a record of this epoch. */
export function numberIn(id: string | undefined, epoch: number): number | undefined {
  const [of, number] = (id ?? '').split('-');
  return of === String(epoch) && number !== undefined ? Number(number) : undefined;
}

/** @returns undefined for any other record, written by a later version of this software */
export function readRecord({ body }: Pick<StoredRecord, 'body'>): StreamEvent | EpochMarker | undefined {
  try {
    const found: unknown = JSON.parse(body);
    if (typeof found !== 'object' || found === null) return undefined;
    const { event, args, epoch, server } = found as Record<string, unknown>;
    if (!Number.isSafeInteger(epoch)) return undefined;
    if (typeof event === 'string' && typeof args === 'object' && args !== null) return found as StreamEvent;
    return typeof server === 'string' ? (found as EpochMarker) : undefined;
  } catch {
    return undefined;
  }
}

export const isEvent = (record: StreamEvent | EpochMarker): record is StreamEvent => 'event' in record;
