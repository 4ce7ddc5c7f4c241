/** Follows a table, also after reconnecting, and maintains the index of its rows. */
import type { Timer } from '../../common/clock.js';
import type { Consuming, TableRow } from '../../stream/engine.js';
import { DeliveryIndex } from './delivery-index.js';
import { readHead } from './delivery-row.js';
import type { JetStreamStoreOptions } from './options.js';

/** The delay before it tries to follow the table again, in milliseconds. */
const RETRY_MS = 500;

interface Waiter {
  readonly revision: number;
  settle(seen: boolean): void;
}

export class TableReader {
  readonly index = new DeliveryIndex();
  #seen = 0;
  #waiters: Waiter[] = [];
  #following: Consuming | undefined;
  /** Counts the connections: results of an earlier connection are ignored. */
  #round = 0;
  #timer: Timer | undefined;
  #unwatch: () => void = () => {};

  constructor(
    private readonly options: JetStreamStoreOptions,
    private readonly changed: () => void,
  ) {}

  get following(): boolean {
    return this.#following !== undefined;
  }

  start(): void {
    const { engine } = this.options;
    this.#unwatch = engine.onConnected((connected) => this.#connected(connected));
    if (engine.connected) this.#connected(true);
  }

  stop(): void {
    this.#unwatch();
    this.#leave();
  }

  /** Resolves when everything up to this revision is in the index. @returns false if the connection is lost first */
  seen(revision: number): Promise<boolean> {
    if (revision <= this.#seen) return Promise.resolve(true);
    if (!this.following) return Promise.resolve(false);
    return new Promise((settle) => this.#waiters.push({ revision, settle }));
  }

  /** Resolves when everything stored so far is in the index. @throws (rejects) Error when the connection is lost */
  async catchUp(): Promise<void> {
    if (!(await this.seen(await this.options.table.mark()))) throw new Error('the connection to NATS was lost');
  }

  #connected(connected: boolean): void {
    this.#leave();
    if (connected) void this.#follow(this.#round);
  }

  #leave(): void {
    this.#round++;
    this.#timer?.cancel();
    this.#following?.stop();
    this.#following = undefined;
    for (const { settle } of this.#waiters.splice(0)) settle(false);
  }

  async #follow(round: number): Promise<void> {
    const { table, clock, report } = this.options;
    const isCurrent = (): boolean => round === this.#round;
    try {
      const following = await table.follow(
        this.#seen,
        (row) => {
          if (isCurrent()) this.#take(row);
        },
        () => {
          report('The delivery queue on NATS was removed and created again: what waited in it is lost.');
          this.index.clear();
          this.#seen = 0;
        },
      );
      if (isCurrent()) this.#following = following;
      else following.stop();
    } catch (error) {
      if (!isCurrent()) return;
      report(`The delivery queue on NATS cannot be read: ${(error as Error).message}`);
      this.#timer = clock.after(RETRY_MS, () => void this.#follow(round));
    }
  }

  #take({ row, head, revision }: TableRow): void {
    this.#seen = Math.max(this.#seen, revision);
    if (row !== '') this.index.set(row, revision, readHead(head, revision));
    const waiting = this.#waiters;
    this.#waiters = waiting.filter((each) => each.revision > this.#seen);
    for (const { revision: wanted, settle } of waiting) if (wanted <= this.#seen) settle(true);
    if (row !== '') this.changed();
  }
}
