/**
 * The bucket of live objects: written by the leader shortly after the events, read by the next leader and by readers
 * that start. A marker records up to which log record the bucket is complete; later changes are read from the log. An
 * ended object is kept for an hour, for readers that lag behind.
 */
import type { Clock } from '../common/clock.js';
import type { KeyValue } from './engine.js';
import { addressOf, key } from './subjects.js';
import type { ToldObject } from './told-objects.js';

/** Concurrent writes. */
const PARALLEL = 32;
/** How long ended objects are kept, in milliseconds. */
const KEEP_ENDED_MS = 3_600_000;
const MARK = 'complete';

/** The contents of the bucket. */
export interface StoredObjects {
  readonly objects: readonly ToldObject[];
  /** The bucket includes everything up to this sequence number of the log. */
  readonly complete: number;
}

export async function loadObjects(store: KeyValue): Promise<StoredObjects> {
  let complete = 0;
  const objects: ToldObject[] = [];
  for (const { key: name, value } of await store.entries()) {
    if (name === MARK) complete = Number(value) || 0;
    else objects.push(JSON.parse(value) as ToldObject);
  }
  return { objects, complete };
}

/**
 * Writes the bucket for the leader. Each write names the revision it replaces, so a leader that has been replaced
 * changes nothing.
 */
export class ObjectWriter {
  readonly #revisions = new Map<string, number>();
  readonly #ended = new Map<string, number>();
  #changed = new Map<string, ToldObject>();
  #complete = 0;
  #writing = false;

  constructor(
    private readonly store: KeyValue,
    private readonly clock: Clock,
    /** Whether this process is currently the leader. */
    private readonly mayWrite: () => boolean,
  ) {}

  /** Reads the current contents, before the first write of an epoch. */
  async open(): Promise<StoredObjects> {
    this.#revisions.clear();
    this.#ended.clear();
    this.#changed.clear();
    let complete = 0;
    const objects: ToldObject[] = [];
    for (const { key: name, value, revision } of await this.store.entries()) {
      this.#revisions.set(name, revision);
      if (name === MARK) {
        complete = Number(value) || 0;
        continue;
      }
      const object = JSON.parse(value) as ToldObject;
      objects.push(object);
      if (object.endedAt !== undefined) this.#ended.set(name, object.endedAt);
    }
    this.#complete = complete;
    return { objects, complete };
  }

  /** Records what one log record has changed. */
  note(sequence: number, objects: readonly ToldObject[]): void {
    for (const object of objects) this.#changed.set(object.id, object);
    this.#complete = sequence;
  }

  /** Writes the changes since the last flush. Objects that could not be written remain for the next flush. */
  async flush(): Promise<void> {
    if (this.#writing || !this.mayWrite()) return;
    this.#writing = true;
    const changed = this.#changed;
    const complete = this.#complete;
    this.#changed = new Map();
    try {
      const objects = [...changed.values()];
      while (objects.length > 0) {
        await Promise.all(objects.splice(0, PARALLEL).map((object) => this.#write(keyOf(object.id), object)));
        if (!this.mayWrite()) throw new Error('replaced');
      }
      if (changed.size > 0) await this.#put(MARK, String(complete));
      await this.#removeOld();
    } catch {
      // Newer changes have been recorded meanwhile.
      for (const [id, object] of changed) if (!this.#changed.has(id)) this.#changed.set(id, object);
    } finally {
      this.#writing = false;
    }
  }

  async #write(name: string, object: ToldObject): Promise<void> {
    await this.#put(name, JSON.stringify(object));
    if (object.endedAt === undefined) this.#ended.delete(name);
    else this.#ended.set(name, object.endedAt);
  }

  async #put(name: string, value: string): Promise<void> {
    const revision = this.#revisions.get(name);
    const written =
      revision === undefined ? await this.store.create(name, value) : await this.store.update(name, value, revision);
    if (written !== undefined) {
      this.#revisions.set(name, written);
      return;
    }
    // Written by an attempt whose confirmation was lost, or by another leader, in which case this one may no longer
    // write.
    const now = await this.store.get(name);
    if (now === undefined) this.#revisions.delete(name);
    else this.#revisions.set(name, now.revision);
    throw new Error(`${name} was changed`);
  }

  async #removeOld(): Promise<void> {
    for (const [name, endedAt] of this.#ended) {
      if (endedAt + KEEP_ENDED_MS > this.clock.now()) return;
      this.#ended.delete(name);
      const revision = this.#revisions.get(name);
      this.#revisions.delete(name);
      if (revision !== undefined) await this.store.remove(name, revision);
    }
  }
}

function keyOf(id: string): string {
  const { kind, peripheral, id: rest } = addressOf({ UniqueObjectID: id });
  return key(kind, peripheral, rest);
}
