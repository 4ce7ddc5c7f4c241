/**
 * What readers had received up to a record of the log, reconstructed from the bucket of objects and the log after it.
 */
import type { StoredRecord, StreamEngine } from './engine.js';
import type { StoredObjects } from './object-store.js';
import { isEvent, readRecord } from './stream-event.js';
import { type ToldObject, ToldObjects } from './told-objects.js';

/**
 * @param upTo the last record that was received. If the bucket is ahead of it, calls that began later are omitted, and
 *   earlier calls are as in the bucket: the records in between, which are read next, repeat their changes
 * @param changed called with the changes of each record after the bucket
 */
export async function toldUpTo(
  engine: Pick<StreamEngine, 'log'>,
  { objects, complete }: StoredObjects,
  upTo: number,
  changed: (sequence: number, objects: readonly ToldObject[], record: StoredRecord) => void = () => {},
): Promise<ToldObjects> {
  const told = new ToldObjects();
  told.restoreAll(
    objects.filter(({ begun, asOf, endedAt }) => begun <= upTo && (endedAt === undefined || asOf > upTo)),
  );
  let epoch = 0;
  if (complete < upTo) {
    await engine.log.read(complete + 1, (stored) => {
      if (stored.sequence > upTo) return;
      const record = readRecord(stored);
      if (record === undefined || record.epoch < epoch) return;
      epoch = record.epoch;
      if (isEvent(record)) changed(stored.sequence, told.apply(record, stored.sequence, record.time), stored);
    });
  }
  return told;
}
