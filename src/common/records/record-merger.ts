/**
 * The accumulated properties of an object, as a record that messages add to. Merging returns a new record; records
 * handed out earlier do not change. Merging key by key took 0.6 µs per call event; compiled code takes 0.1 µs.
 */

import { compileMaker, type Flat, PerShapes, read, type Shape, shapeOf } from './compiled-records.js';
import { setOwn } from './own-key.js';

/** A record and, if known, its shape. */
export class RecordSnapshot<Value> {
  constructor(
    readonly record: Readonly<Record<string, Value>>,
    readonly shape: Shape | undefined = shapeOf(record),
  ) {}
}

interface Merging {
  merge(record: Readonly<Flat>, news: Readonly<Flat>): Flat;
  /** The shape of the result. */
  readonly shape: Shape | undefined;
}

/** Merges records; nested values are replaced as a whole. */
export class RecordMerger {
  readonly #mergings: PerShapes<Merging>;

  /** @param except keys that are not merged */
  constructor(private readonly except: ReadonlySet<string> = new Set()) {
    this.#mergings = new PerShapes((record, news) => this.#compile(record.keys, news.keys));
  }

  merged<Value>(known: RecordSnapshot<Value>, news: Readonly<Record<string, Value>>): RecordSnapshot<Value> {
    const shape = shapeOf(news);
    const merging =
      known.shape === undefined || shape === undefined ? undefined : this.#mergings.get(known.shape, shape);
    if (merging !== undefined) {
      return new RecordSnapshot(merging.merge(known.record, news) as Record<string, Value>, merging.shape);
    }
    return new RecordSnapshot(this.#mergeOnce(known.record, news));
  }

  /**
   * By spreading: an object to which keys are added one by one becomes a hash table at the 13th, and an object that is
   * rarely merged into, such as an agent, would stay one. To copy it into a message took 1.5 µs instead of 0.1 µs.
   */
  #mergeOnce<Value>(record: Readonly<Record<string, Value>>, news: Readonly<Record<string, Value>>) {
    const wanted: Record<string, Value> = {};
    for (const key in news) if (!this.except.has(key)) setOwn(wanted, key, news[key]!);
    return { ...record, ...wanted };
  }

  #compile(record: readonly string[], all: readonly string[]): Merging | undefined {
    const news = new Set(all.filter((key) => !this.except.has(key)));
    const keys = [...new Set([...record, ...news])];
    const merge = compileMaker<Merging['merge']>(
      ['record', 'news'],
      keys.map((key) => [key, read(news.has(key) ? 'news' : 'record', key)]),
    );
    return merge && { merge, shape: shapeOf(Object.fromEntries(keys.map((key) => [key, 0]))) };
  }
}
