/** Changes of a call's data, and the data a site may want in addition to an event's own arguments. */
import { setOwn } from '../../common/records/own-key.js';
import type { Args } from '../../ctios/transport.js';

/** The part of `news` that differs from `known`; undefined if nothing does. */
export function changedData(known: Args, news: Args): Args | undefined {
  let changed: Args | undefined;
  for (const key in news) {
    if (same(known[key], news[key])) continue;
    changed ??= {};
    setOwn(changed, key, news[key]!);
  }
  return changed;
}

function same(a: Args[string] | undefined, b: Args[string] | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

/** With MinimizeEventArgs off: every field of the message that is not an argument already. */
export function addRemainingFields(args: Args, m: object): void {
  for (const [field, value] of Object.entries(m)) {
    if (field === 'type' || field in args) continue;
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') args[field] = value;
  }
}
