/** The most recent events of a session, oldest first, in a ring buffer. */
import type { CilEvent } from './cil-event.js';

export class EventHistory implements Iterable<CilEvent> {
  #ring: (CilEvent | undefined)[];
  #next = 0;
  #length = 0;

  /** @param size how many are kept; 0 keeps none */
  constructor(readonly size: number) {
    this.#ring = new Array<CilEvent | undefined>(size);
  }

  get length(): number {
    return this.#length;
  }

  add(event: CilEvent): void {
    if (this.size === 0) return;
    this.#ring[this.#next] = event;
    this.#next = this.#next + 1 === this.size ? 0 : this.#next + 1;
    if (this.#length < this.size) this.#length++;
  }

  /** Those with a sequence greater than the given one. */
  *after(sequence: number): IterableIterator<CilEvent> {
    for (const event of this) if (event.sequence > sequence) yield event;
  }

  *[Symbol.iterator](): IterableIterator<CilEvent> {
    const start = this.#length < this.size ? 0 : this.#next;
    for (let index = 0; index < this.#length; index++) yield this.#ring[(start + index) % this.size]!;
  }
}
