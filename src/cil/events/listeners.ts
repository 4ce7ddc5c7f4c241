/**
 * Listeners. Lists are copied when they change, not when an event occurs: an event costs a loop, and a listener can
 * remove itself (or another) while it runs.
 */
import type { Dispose } from './cil-event.js';

/** One subscription: if a function was added twice, removing one subscription leaves the other. */
class Entry<T> {
  constructor(readonly call: (value: T) => void) {}
}

export class Listeners<T> {
  #list: readonly Entry<T>[] = [];

  /** @param failed receives what a listener throws; the others are still called */
  constructor(private readonly failed: (error: unknown) => void) {}

  get count(): number {
    return this.#list.length;
  }

  /** A function that is added twice is called twice; each subscription is removed separately. */
  add(listener: (value: T) => void): Dispose {
    const entry = new Entry(listener);
    this.#list = [...this.#list, entry];
    return () => {
      this.#list = this.#list.filter((each) => each !== entry);
    };
  }

  tell(value: T): void {
    for (const { call } of this.#list) {
      try {
        call(value);
      } catch (error) {
        this.failed(error);
      }
    }
  }

  clear(): void {
    this.#list = [];
  }
}
