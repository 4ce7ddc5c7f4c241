/** Work on events that may have to wait for something: one after the other, in order of arrival. */
export class InOrder {
  readonly #waiting: ((done: () => void) => void)[] = [];
  #busy = false;

  get idle(): boolean {
    return !this.#busy;
  }

  /** Starts at once if nothing is going on. */
  add(work: (done: () => void) => void): void {
    this.#waiting.push(work);
    if (!this.#busy) this.#run();
  }

  /** A loop, because thousands of pieces of work that end at once must not nest. */
  #run(): void {
    this.#busy = true;
    for (let work = this.#waiting.shift(); work !== undefined; work = this.#waiting.shift()) {
      let ended = false;
      let waits = false;
      work(() => {
        if (ended) return;
        ended = true;
        if (waits) this.#run();
      });
      waits = !ended;
      if (waits) return;
    }
    this.#busy = false;
  }
}
