/** What readers were told up to a record of the log, put together from the bucket of objects and the log behind it. */
import type { StoredRecord, StreamEngine } from './engine.js';
import type { StoredObjects } from './object-store.js';
import { isEvent, readRecord } from './stream-event.js';
import { type ToldObject, ToldObjects } from './told-objects.js';

/**
 * @param upTo the last record that was told. Where the bucket is ahead of it, calls that began later are left out, and calls
 *   that were there by then are as the bucket has them: the records in between, which are still to come, repeat their changes
 * @param changed called with what each record behind the bucket has changed
 */
export async function toldUpTo(
  engine: Pick<StreamEngine, 'log'>,
  { objects, complete }: StoredObjects,
  upTo: number,
  changed: (sequence: number, objects: readonly ToldObject[], record: StoredRecord) => void = () => {},
): Promise<ToldObjects> {
  const told = new ToldObjects();
  for (const object of objects) {
    const over = object.endedAt !== undefined && object.asOf <= upTo;
    if (object.begun <= upTo && !over) told.restore(object);
  }
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
