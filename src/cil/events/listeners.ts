/**
 * Who wants to hear of something. Lists are copied when they change, not when something happens: an event costs a
 * loop, and a listener that removes itself (or another) while it runs disturbs nobody.
 */
import type { Dispose } from './cil-event.js';

/** An addition: removing one of two equal ones removes that one. */
class Entry<T> {
  constructor(readonly call: (value: T) => void) {}
}

export class Listeners<T> {
  #list: readonly Entry<T>[] = [];

  /** @param failed receives what a listener throws; the others are still told */
  constructor(private readonly failed: (error: unknown) => void) {}

  get count(): number {
    return this.#list.length;
  }

  /** Adding a function twice calls it twice, as each addition has its own removal. */
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
