/**
 * What is known of something, as a record that messages add to. The result of a merge is a record of its own: what was
 * handed out before stays as it was. Merging key by key took 0.6 µs of a call event, by compiled code it takes 0.1 µs.
 */

import { compileMaker, type Flat, PerShapes, read, type Shape, shapeOf } from './compiled-records.js';
import { setOwn } from './own-key.js';

/** A record and, where it is known, its shape. */
export class RecordSnapshot<Value> {
  constructor(
    readonly record: Readonly<Record<string, Value>>,
    readonly shape: Shape | undefined = shapeOf(record),
  ) {}
}

interface Merging {
  merge(record: Readonly<Flat>, news: Readonly<Flat>): Flat;
  /** Of the result. */
  readonly shape: Shape | undefined;
}

/** Merges records; nested values are replaced as a whole. */
export class RecordMerger {
  readonly #mergings: PerShapes<Merging>;

  /** @param except keys that stay out of what is known */
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
    const record = { ...known.record };
    for (const key in news) if (!this.except.has(key)) setOwn(record, key, news[key]!);
    return new RecordSnapshot(record);
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
