/** Runs asynchronous operations on the same object one after the other, also after one that has failed. */
export class SerialOperations {
  /** The last operation on each object; the next one waits for it. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** @returns settles like the operation */
  run<T>(id: string, operation: () => Promise<T>): Promise<T> {
    const done = (this.#last.get(id) ?? Promise.resolve()).then(operation);
    const settled = done.then(
      () => {},
      () => {},
    );
    this.#last.set(id, settled);
    void settled.then(() => {
      if (this.#last.get(id) === settled) this.#last.delete(id);
    });
    return done;
  }
}
