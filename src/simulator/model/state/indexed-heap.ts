/**
 * A priority queue from which any item can be removed: waiting calls are abandoned, idle agents leave it for many
 * reasons. O(log n) for everything but `peek` and `has`.
 */
export class IndexedHeap<T> {
  #items: T[] = [];
  #index = new Map<T, number>();

  /** @param before whether `a` is served before `b`; must be a strict order */
  constructor(private readonly before: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.#items.length;
  }

  has(item: T): boolean {
    return this.#index.has(item);
  }

  peek(): T | undefined {
    return this.#items[0];
  }

  /** Every item, in no particular order. */
  values(): Iterable<T> {
    return this.#items;
  }

  push(item: T): void {
    if (this.#index.has(item)) return;
    this.#items.push(item);
    this.#index.set(item, this.#items.length - 1);
    this.#rise(this.#items.length - 1);
  }

  remove(item: T): boolean {
    const at = this.#index.get(item);
    if (at === undefined) return false;
    this.#index.delete(item);
    const last = this.#items.pop()!;
    if (last !== item) {
      this.#put(last, at);
      this.#rise(at);
      this.#sink(this.#index.get(last)!);
    }
    return true;
  }

  #put(item: T, at: number): void {
    this.#items[at] = item;
    this.#index.set(item, at);
  }

  #rise(from: number): void {
    const item = this.#items[from]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(item, this.#items[parent]!)) break;
      this.#put(this.#items[parent]!, at);
      at = parent;
    }
    this.#put(item, at);
  }

  #sink(from: number): void {
    const item = this.#items[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#items.length) break;
      if (child + 1 < this.#items.length && this.before(this.#items[child + 1]!, this.#items[child]!)) child++;
      if (!this.before(this.#items[child]!, item)) break;
      this.#put(this.#items[child]!, at);
      at = child;
    }
    this.#put(item, at);
  }
}
