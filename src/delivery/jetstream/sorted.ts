/** Sorted arrays. */
type Compare<T> = (a: T, b: T) => number;

export const ascending = (a: number, b: number): number => a - b;

export function insert<T>(sorted: T[], value: T, compare: Compare<T>): void {
  sorted.splice(placeOf(sorted, value, compare), 0, value);
}

export function remove<T>(sorted: T[], value: T, compare: Compare<T>): void {
  const place = placeOf(sorted, value, compare);
  const found = sorted[place];
  if (found !== undefined && compare(found, value) === 0) sorted.splice(place, 1);
}

/** The index of the first value that is not less. */
function placeOf<T>(sorted: readonly T[], value: T, compare: Compare<T>): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(sorted[middle]!, value) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
