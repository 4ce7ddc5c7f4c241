const MAX_REMEMBERED = 20_000;

/** Counts names, and drops the least recently counted ones. */
export class Remembered {
  readonly #counts = new Map<string, number>();

  /** @returns how often this name has been counted, including this time */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.delete(name);
    this.#counts.set(name, count);
    if (this.#counts.size > MAX_REMEMBERED) this.#counts.delete(this.#counts.keys().next().value!);
    return count;
  }

  clear(): void {
    this.#counts.clear();
  }
}
