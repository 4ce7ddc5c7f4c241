/**
 * Small records that the members of a group share: the active member writes them, and the one that takes over reads them
 * before it goes on. They are kept in the bucket of claims, for a day.
 */
import type { StreamEngine } from '../engine.js';
import { key } from '../subjects.js';

export class GroupRecords {
  /** Records that are not stored yet: the latest value of each. */
  readonly #pending = new Map<string, string>();
  #writing: Promise<void> | undefined;
  readonly #unwatch: () => void;

  /** @param kind distinguishes these records from others of the same group */
  constructor(
    private readonly engine: Pick<StreamEngine, 'claims' | 'connected' | 'onConnected'>,
    private readonly kind: string,
    private readonly group: string,
  ) {
    this.#unwatch = engine.onConnected(() => this.#start());
  }

  /** Stores the value; while the engine is unreachable, the latest value of each name waits. */
  put(name: string, value: string): void {
    // A later value goes to the end: names are stored in the order of their last change.
    this.#pending.delete(name);
    this.#pending.set(name, value);
    this.#start();
  }

  /**
   * @param since milliseconds since the epoch
   * @returns the values stored since, oldest first. Rejects while the engine is unreachable
   */
  async recent(since: number): Promise<string[]> {
    const entries = await this.engine.claims.recent(key(this.kind, this.group), since);
    return entries.map(({ value }) => value);
  }

  /** Everything that can be stored now is stored when it resolves. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  /** Records that are still waiting are discarded. */
  stop(): void {
    this.#unwatch();
    this.#pending.clear();
  }

  #start(): void {
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // The records of a turn go together, and `#writing` is set.
    await Promise.resolve();
    try {
      while (this.engine.connected) {
        const next = this.#pending.entries().next();
        if (next.done) return;
        const [name, value] = next.value;
        await this.engine.claims.put(key(this.kind, this.group, name), value);
        if (this.#pending.get(name) === value) this.#pending.delete(name);
      }
    } catch {
      // NATS became unreachable, or refused: tried again with the next record, or once it is reachable.
    } finally {
      this.#writing = undefined;
    }
  }
}
