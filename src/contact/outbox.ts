/** Hands records on in order, at once or as soon as there is a listener: while a node is redeployed there is none. */
import type { CallRecord } from './types.js';

/** More are not kept: the oldest go. */
const MAX_HELD = 10_000;

export class Outbox {
  readonly #held: CallRecord[] = [];
  #listener: ((record: CallRecord) => void) | undefined;

  attach(listener: (record: CallRecord) => void): () => void {
    this.#listener = listener;
    for (const record of this.#held.splice(0)) this.send(record);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  send(record: CallRecord): void {
    if (this.#listener !== undefined) {
      this.#listener(record);
      return;
    }
    this.#held.push(record);
    if (this.#held.length > MAX_HELD) this.#held.shift();
  }

  clear(): void {
    this.#held.length = 0;
    this.#listener = undefined;
  }
}
