/** Hands outputs on in order, at once or as soon as there is a listener: while a node is redeployed there is none. */
export class HeldOutputs<Output> {
  readonly #held: Output[] = [];
  #listener: ((output: Output) => void) | undefined;

  /** @param limit how many are held; beyond, the oldest go */
  constructor(private readonly limit: number) {}

  /** @returns stops the delivery to this listener; another one that was attached in the meantime stays */
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
