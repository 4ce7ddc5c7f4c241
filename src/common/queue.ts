/** Below this many taken items, shortening the array is not worthwhile. */
const MIN_TAKEN = 1_024;

/** First in, first out. Unlike `shift` on an array of many thousands, taking an item does not move all the others. */
export class Queue<Item> {
  #items: (Item | undefined)[] = [];
  #taken = 0;

  get size(): number {
    return this.#items.length - this.#taken;
  }

  /** The item that is taken next. */
  get first(): Item | undefined {
    return this.#items[this.#taken];
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = this.#taken; index < this.#items.length; index++) yield this.#items[index] as Item;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#taken];
    this.#items[this.#taken++] = undefined;
    if (this.#taken === this.#items.length) {
      this.#items = [];
      this.#taken = 0;
    } else if (this.#taken >= MIN_TAKEN && this.#taken * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    return item;
  }
}
