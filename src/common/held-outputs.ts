/**
 * Passes outputs on in order, immediately or once there is a listener: while a node is being redeployed there is none.
 */
export class HeldOutputs<Output> {
  readonly #held: Output[] = [];
  #listener: ((output: Output) => void) | undefined;

  /** @param limit how many are held; beyond it the oldest are dropped */
  constructor(private readonly limit: number) {}

  /** @returns stops delivery to this listener; a different one attached in the meantime stays */
  attach(listener: (output: Output) => void): () => void {
    this.#listener = listener;
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
      listener(next);
      if (this.#listener !== listener) break;
    }
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  send(output: Output): void {
    if (this.#listener !== undefined) {
      this.#listener(output);
      return;
    }
    this.#held.push(output);
    if (this.#held.length > this.limit) this.#held.shift();
  }

  clear(): void {
    this.#held.length = 0;
    this.#listener = undefined;
  }
}
