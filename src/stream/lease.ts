/**
 * A lease in a bucket of the engine: at most one holder at a time. It is won by creating the key and kept by updating it with
 * the revision it was last written with; the engine removes it when it is not renewed. The holder considers it lost well
 * before the engine does, and measures that from the moment at which the last confirmed renewal was sent: a process that
 * was stopped finds on its return that it holds nothing.
 */
import type { Clock, Timer } from '../common/clock.js';
import type { KeyValue, StreamEngine } from './engine.js';

/** How often a holder renews, and a candidate tries, in milliseconds. */
const RENEW_MS = 1_000;
const TRY_MS = 500;
/** The lease is valid for so long after the last confirmed renewal was sent, in milliseconds. */
export const LEASE_VALID_MS = 3_000;
/** The last holder gets so much of a lead after the engine was away: it can go on without a gap. In milliseconds. */
const YIELD_MS = 2_000;

export interface LeaseOptions {
  readonly store: KeyValue;
  readonly key: string;
  /** Written as the value: the name of the process, unique. */
  readonly holder: string;
  readonly clock: Clock;
  /** Whether this process can do the work: while it cannot, it does not try, and gives up what it holds. */
  eligible(): boolean;
  /** @param revision with which it was won: greater than that of any holder before */
  won(revision: number): void;
  lost(reason: string): void;
  /** Another process holds it. Called at each attempt. */
  taken?(holder: string): void;
  /** Runs before a lease is given back by choice; its work is complete when the promise settles. */
  finish?(): Promise<void>;
}

export class Lease {
  #revision: number | undefined;
  /** When the last confirmed write was sent. */
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #holding = false;
  #busy: Promise<void> | undefined;
  #timer: Timer | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #notBefore = Number.NEGATIVE_INFINITY;
  #stopped = false;
  /** Why it is to be given back. */
  #resigning: string | undefined;
  #heldBefore = false;
  /** The last request failed. */
  #engineAway = false;

  constructor(private readonly options: LeaseOptions) {}

  /** Whether this process may act now. Exact at the moment of the call, also after the process was stopped for a while. */
  get held(): boolean {
    return this.#holding && this.options.clock.monotonic() - this.#confirmedAt < LEASE_VALID_MS;
  }

  /** Begins to try; before the engine was reached for the first time there is nothing to try. */
  start(engine: Pick<StreamEngine, 'connected' | 'onConnected'>): void {
    const begin = (): void => {
      if (this.#stopped) return;
      this.#timer = this.options.clock.every(TRY_MS, () => this.#tick());
      this.#tick();
    };
    if (engine.connected) {
      begin();
      return;
    }
    const unwatch = engine.onConnected((connected) => {
      if (!connected) return;
      unwatch();
      begin();
    });
  }

  /** Gives it back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#busy;
    await this.#giveBack('stopped');
  }

  /** Gives it back at once: what depends on it cannot go on. It is tried again. */
  resign(reason: string): void {
    this.#resigning = reason;
    this.#tick();
  }

  #tick(): void {
    const { clock } = this.options;
    if (this.#holding && !this.held) this.#lose('not renewed in time');
    if (this.#busy !== undefined || this.#stopped) return;
    const now = clock.monotonic();
    const eligible = this.options.eligible();
    const resigning = this.#resigning ?? (eligible ? undefined : 'not able to lead');
    this.#resigning = undefined;
    if (this.#holding && resigning !== undefined) this.#run(() => this.#giveBack(resigning));
    if (!eligible || resigning !== undefined) return;
    if (this.#holding ? now - this.#sentAt < RENEW_MS : now < this.#notBefore) return;
    this.#run(() => this.#write());
  }

  #run(task: () => Promise<void>): void {
    this.#busy = task()
      .catch(() => {
        this.#engineAway = true;
      })
      .finally(() => {
        this.#busy = undefined;
      });
  }

  async #write(): Promise<void> {
    const { store, key, holder, clock } = this.options;
    const sentAt = clock.monotonic();
    this.#sentAt = sentAt;
    if (this.#engineAway) {
      await store.get(key);
      this.#engineAway = false;
      if (!this.#heldBefore) {
        this.#notBefore = clock.monotonic() + YIELD_MS;
        return;
      }
    }
    let revision = await this.#renew();
    if (revision === undefined) {
      if (this.#holding) this.#lose('taken by another process');
      this.#revision = undefined;
      revision = await store.create(key, holder);
    }
    if (revision === undefined) {
      if (this.options.taken === undefined) return;
      const other = await store.get(key);
      if (other !== undefined) this.options.taken(other.value);
      return;
    }
    this.#revision = revision;
    this.#confirmedAt = sentAt;
    if (this.#holding || clock.monotonic() - sentAt >= LEASE_VALID_MS || this.#stopped) return;
    this.#holding = true;
    this.#heldBefore = true;
    this.options.won(revision);
  }

  /** The lease of a holder that was away for a moment may still be its own, renewed by a write whose confirmation was lost. */
  async #renew(): Promise<number | undefined> {
    const { store, key, holder } = this.options;
    if (this.#revision === undefined) return undefined;
    const renewed = await store.update(key, holder, this.#revision);
    if (renewed !== undefined) return renewed;
    const found = await store.get(key);
    return found?.value === holder ? store.update(key, holder, found.revision) : undefined;
  }

  async #giveBack(reason: string): Promise<void> {
    const { store, key, finish } = this.options;
    if (this.#holding && this.held) await finish?.();
    const revision = this.#revision;
    this.#revision = undefined;
    this.#heldBefore = false;
    if (this.#holding) this.#lose(reason);
    if (revision !== undefined) await store.remove(key, revision).catch(() => {});
  }

  #lose(reason: string): void {
    this.#holding = false;
    this.options.lost(reason);
  }
}
