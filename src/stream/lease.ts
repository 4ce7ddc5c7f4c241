/**
 * A lease in a bucket of the engine: at most one holder at a time. It is acquired by creating the key and renewed by
 * updating it from the revision last written. The holder considers it lost a fixed time after the last confirmed
 * renewal was *sent*, so a process that was suspended finds that it no longer holds the lease. A candidate that has
 * observed the same revision for longer than that takes over the lease by replacing exactly this revision: it observed
 * the renewal after it was sent, so no clocks are compared, and a renewal it has not seen makes the attempt fail. If
 * there is no candidate, the engine removes the key.
 */
import type { Clock, Timer } from '../common/clock.js';
import type { KeyValue, StreamEngine } from './engine.js';

/** How often the holder renews and a candidate checks, in milliseconds. */
const RENEW_MS = 1_000;
const LOOK_MS = 250;
/** How long the lease is valid after the last confirmed renewal was sent, in milliseconds. */
export const LEASE_VALID_MS = 3_000;
/**
 * A candidate takes over a lease whose revision has not changed for this long, which is longer than its validity, in
 * milliseconds.
 */
export const LEASE_STALE_MS = 3_500;
/**
 * The head start of the last holder after an outage of the engine, so that it can continue without a gap, in
 * milliseconds.
 */
const YIELD_MS = 2_000;

export interface LeaseOptions {
  readonly store: KeyValue;
  readonly key: string;
  /** The value that is written: the unique name of the process. */
  readonly holder: string;
  readonly clock: Clock;
  /**
   * Whether this process can do the work. While it cannot, it does not compete for the lease and gives up one that it
   * holds.
   */
  eligible(): boolean;
  /** @param revision the revision it was acquired with: greater than that of any previous holder */
  won(revision: number): void;
  lost(reason: string): void;
  /** Another process holds the lease. Called at each attempt. */
  taken?(holder: string): void;
  /** Runs before the lease is released voluntarily; the lease is released when the promise settles. */
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
  /** The reason for which it is being released. */
  #resigning: string | undefined;
  #heldBefore = false;
  /** The last request failed. */
  #engineAway = false;
  /** The lease of another holder: its revision, and when this process first observed it. */
  #seen: { readonly revision: number; readonly since: number } | undefined;

  constructor(private readonly options: LeaseOptions) {}

  /** Whether this process may act now. Accurate at the time of the call, even if the process has been suspended. */
  get held(): boolean {
    return this.#holding && this.options.clock.monotonic() - this.#confirmedAt < LEASE_VALID_MS;
  }

  /** Starts competing for the lease; before the engine is first reached there is nothing to attempt. */
  start(engine: Pick<StreamEngine, 'connected' | 'onConnected'>): void {
    const begin = (): void => {
      if (this.#stopped) return;
      this.#timer = this.options.clock.every(LOOK_MS, () => this.#tick());
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

  /** Releases the lease. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#busy;
    await this.#giveBack('stopped');
  }

  /** Releases the lease immediately because the work cannot continue, then competes for it again. */
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
        // While the engine is unreachable, no holder can renew the lease, so earlier observations do not count.
        this.#seen = undefined;
      })
      .finally(() => {
        this.#busy = undefined;
      });
  }

  async #write(): Promise<void> {
    const { store, key, clock } = this.options;
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
      revision = await this.#take();
    }
    if (revision === undefined) return;
    this.#seen = undefined;
    this.#revision = revision;
    this.#confirmedAt = sentAt;
    if (this.#holding || clock.monotonic() - sentAt >= LEASE_VALID_MS || this.#stopped) return;
    this.#holding = true;
    this.#heldBefore = true;
    this.options.won(revision);
  }

  /** Acquires a lease that is free or expired. @returns undefined if another process holds it */
  async #take(): Promise<number | undefined> {
    const { store, key, holder, clock, taken } = this.options;
    const found = await store.get(key);
    if (found === undefined) return store.create(key, holder);
    const now = clock.monotonic();
    if (this.#seen?.revision !== found.revision) this.#seen = { revision: found.revision, since: now };
    if (now - this.#seen.since >= LEASE_STALE_MS) return store.update(key, holder, found.revision);
    taken?.(found.value);
    return undefined;
  }

  /**
   * After a short outage the lease may still be held by this process, renewed by a write whose confirmation was lost.
   */
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
