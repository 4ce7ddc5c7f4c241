/** A set of bounded size: the keys that were added last. A set keeps the order in which it was filled. */
export class LatestSet {
  readonly #keys = new Set<string>();

  constructor(private readonly limit: number) {}

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Adds a key, or makes an existing one the latest; beyond the limit the oldest is dropped. */
  add(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size > this.limit) this.#keys.delete(this.#keys.values().next().value!);
  }

  /** Oldest first. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.#keys.values();
  }
}
