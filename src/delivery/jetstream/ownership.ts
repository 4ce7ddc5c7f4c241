/**
 * Determines which process of a group makes the deliveries: the holder of a lease, once its index includes everything
 * stored before.
 */
import { randomUUID } from 'node:crypto';
import { Lease } from '../../stream/lease.js';
import type { JetStreamStoreOptions } from './options.js';
import type { TableReader } from './table-reader.js';

export class Ownership {
  readonly #lease: Lease;
  #ready = false;
  #tenure = 0;

  constructor(
    private readonly options: Pick<JetStreamStoreOptions, 'engine' | 'group' | 'name' | 'clock'>,
    private readonly reader: Pick<TableReader, 'following' | 'catchUp'>,
    private readonly changed: (mine: boolean) => void,
  ) {
    const { engine, group, name, clock } = options;
    this.#lease = new Lease({
      store: engine.leases,
      // A key that readers of the group have permission to write.
      key: `group.${group}.deliveries`,
      holder: `${name} ${randomUUID()}`,
      clock,
      eligible: () => reader.following,
      won: () => void this.#won(),
      lost: () => this.#lost(),
    });
  }

  /** Accurate at the time of the call. */
  get mine(): boolean {
    return this.#ready && this.#lease.held;
  }

  start(): void {
    this.#lease.start(this.options.engine);
  }

  stop(): Promise<void> {
    return this.#lease.stop();
  }

  async #won(): Promise<void> {
    const tenure = ++this.#tenure;
    try {
      await this.reader.catchUp();
    } catch {
      if (tenure === this.#tenure) this.#lease.resign('the queue could not be read');
      return;
    }
    if (tenure !== this.#tenure) return;
    this.#ready = true;
    this.changed(true);
  }

  #lost(): void {
    this.#tenure++;
    if (!this.#ready) return;
    this.#ready = false;
    this.changed(false);
  }
}
