/**
 * What an event says about an object, merged into what was known of it. The result is a record of its own: what was
 * handed out before stays as it was. Merging key by key took 0.6 µs of a call event, by compiled code it takes 0.1 µs.
 */
import { compileMaker, PerShapes, read, type Shape, shapeOf } from '../common/shapes.js';
import type { Args } from '../ctios/transport.js';
import { EVENT_ONLY_KEYWORDS } from './object-effects.js';

interface Merging {
  merge(record: Readonly<Args>, args: Readonly<Args>): Args;
  /** Of the result. */
  readonly shape: Shape | undefined;
}

const mergings = new PerShapes<Merging>((record, args) => {
  const news = args.keys.filter((key) => !EVENT_ONLY_KEYWORDS.has(key));
  const isNews = new Set(news);
  const keys = [...new Set([...record.keys, ...news])];
  const merge = compileMaker<Merging['merge']>(
    ['record', 'args'],
    keys.map((key) => [key, read(isNews.has(key) ? 'args' : 'record', key)]),
  );
  return merge && { merge, shape: shapeOf(Object.fromEntries(keys.map((key) => [key, 0]))) };
});

/** A record and, where it is known, its shape. */
export class Known {
  constructor(
    readonly record: Readonly<Args>,
    readonly shape?: Shape,
  ) {}
}

export const NOTHING_KNOWN = new Known({}, shapeOf({}));

/** Arguments that are about the event stay out; nested values are replaced as a whole. */
export function merged(known: Known, args: Readonly<Args>): Known {
  const shape = known.shape ?? shapeOf(known.record);
  const news = shapeOf(args);
  const merging = shape === undefined || news === undefined ? undefined : mergings.get(shape, news);
  if (merging !== undefined) return new Known(merging.merge(known.record, args), merging.shape);
  const record: Args = { ...known.record };
  for (const key in args) if (!EVENT_ONLY_KEYWORDS.has(key)) record[key] = args[key]!;
  return new Known(record);
}
