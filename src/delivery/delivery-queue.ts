/**
 * Makes the deliveries of one queue: the first of each ordering key, several keys concurrently, repeating each until it
 * is made or given up. Everything that must be persistent is in the store; the state here can be lost at any time.
 */
import type { Clock, Timer } from '../common/clock.js';
import type { Random } from '../common/random.js';
import type { Delivery, DeliveryEnd, NewDelivery } from './delivery.js';
import type { HttpAnswer } from './http.js';
import { Pauses } from './pauses.js';
import { type RetrySettings, retryDelay } from './retry-policy.js';
import type { AttemptResult } from './sender.js';
import type { DeliveryStore } from './store/delivery-store.js';

/** An ended delivery, for the flow. The response is absent if the end was found after a restart. */
export interface EndedDelivery {
  readonly delivery: Delivery;
  readonly end: DeliveryEnd;
  readonly answer?: HttpAnswer;
  readonly recovered?: true;
}

export interface DeliveryQueueOptions {
  readonly queue: string;
  readonly store: DeliveryStore;
  readonly attempt: (delivery: Delivery, signal: AbortSignal) => Promise<AttemptResult>;
  readonly clock: Clock;
  readonly random: Random;
  /** The maximum number of concurrent deliveries. */
  readonly parallel: number;
  readonly retry: RetrySettings;
  readonly ended: (ended: EndedDelivery) => void;
  /** The state of the queue has changed; with the error of the last attempt or of the store, if any. */
  readonly changed: (error?: Error & { code: string }) => void;
}

/**
 * The maximum interval between checks of the store: *send again* changes it externally, and the system clock may have
 * been set.
 */
const MAX_SLEEP_MS = 60_000;
/** The delay before a failed write to the store is repeated, in milliseconds. */
const STORE_RETRY_MS = 1_000;
/** How many more deliveries are examined while a receiver has asked to wait: some may be for another one. */
const BEHIND_PAUSED = 200;
/** Too Many Requests, Service Unavailable: `Retry-After` then applies to all requests. */
const BUSY: readonly (number | undefined)[] = [429, 503];
/** The system clock has been set if it deviates from the monotonic clock by more than this, in milliseconds. */
const JUMP_MS = 5_000;

export class DeliveryQueue {
  #inFlight = new Map<number, AbortController>();
  #timer: Timer | undefined;
  #pumping = false;
  #again = false;
  #started = false;
  #stopped = false;
  #offset: number;
  #idle: (() => void)[] = [];
  #unwatch: (() => void) | undefined;
  /** Whether this process currently makes the deliveries. */
  #mine = false;
  #turns: Promise<void> = Promise.resolve();
  readonly #pauses: Pauses;

  constructor(private readonly options: DeliveryQueueOptions) {
    this.#pauses = new Pauses(options.clock);
    this.#offset = options.clock.now() - options.clock.monotonic();
  }

  /** Makes deliveries while it is this process' turn. Those accepted before wait in the store. */
  start(): void {
    if (this.#stopped) return;
    this.#unwatch = this.options.store.watch({ turn: (mine) => this.#take(mine), changed: () => this.#changed() });
  }

  /** Resolves when the delivery is stored; it will be made, whatever happens to this process. */
  async accept(delivery: Omit<NewDelivery, 'queue'>): Promise<number> {
    const { store, queue, clock } = this.options;
    await this.#followClock();
    const id = await store.accept({ ...delivery, queue }, clock.now());
    this.options.changed();
    this.wake();
    return id;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  wake(): void {
    if (!this.#started || this.#stopped) return;
    if (this.#pumping) this.#again = true;
    else void this.#pump();
  }

  #take(mine: boolean): void {
    this.#mine = mine;
    if (mine) {
      // Waits for an earlier turn to end.
      this.#turns = this.#turns.then(() => this.#begin());
      return;
    }
    this.#started = false;
    this.#timer?.cancel();
    // Another process makes the deliveries now.
    for (const controller of this.#inFlight.values()) controller.abort();
  }

  /** Reports deliveries that ended before a restart, then starts to deliver. */
  async #begin(): Promise<void> {
    const { queue, store, clock, retry } = this.options;
    await this.#persist(() => store.dueAtMost(queue, clock.now() + latest(retry), clock.now()));
    const unreported = (await this.#persist(() => store.unreported(queue))) ?? [];
    for (const delivery of unreported) {
      if (this.#mine && !this.#inFlight.has(delivery.id))
        await this.#report({ delivery, end: endOf(delivery), recovered: true });
    }
    this.#started = this.#mine;
    this.wake();
  }

  #changed(): void {
    this.options.changed();
    this.wake();
  }

  /** Ends no delivery: those in progress may finish within `graceMs`, and are then aborted and repeated later. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    this.#unwatch?.();
    this.#timer?.cancel();
    if (this.#inFlight.size === 0) return;
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    const cut = this.options.clock.after(graceMs, () => {
      for (const controller of this.#inFlight.values()) controller.abort();
    });
    await idle;
    cut.cancel();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    this.#timer?.cancel();
    try {
      do {
        this.#again = false;
        await this.#makeDue();
      } while (this.#again && !this.#stopped);
    } catch (error) {
      this.#complain(error);
      this.#sleep(STORE_RETRY_MS);
    } finally {
      this.#pumping = false;
    }
    if (this.#again && !this.#stopped) this.wake();
  }

  async #makeDue(): Promise<void> {
    const { store, queue, clock, parallel } = this.options;
    await this.#followClock();
    // Both queries use the same time, so that a delivery that becomes due between them is not missed.
    const now = clock.now();
    const free = parallel - this.#inFlight.size;
    if (free > 0 && !this.#stopped) {
      const more = this.#pauses.next === undefined ? 0 : BEHIND_PAUSED;
      const due = await store.due(queue, now, parallel + this.#inFlight.size + more);
      const ready = due.filter(({ id, url }) => !this.#inFlight.has(id) && !this.#pauses.has(url));
      for (const delivery of ready.slice(0, free)) this.#launch(delivery);
    }
    // The queue wakes up when a delivery in progress ends.
    if (this.#stopped || this.#inFlight.size >= parallel) return;
    const next = await store.nextAt(queue, now);
    const pause = this.#pauses.next;
    const waits = [...(next === undefined ? [] : [next - clock.now()]), ...(pause === undefined ? [] : [pause])];
    if (waits.length > 0 || this.#inFlight.size > 0) this.#sleep(Math.min(...waits, MAX_SLEEP_MS));
  }

  #sleep(ms: number): void {
    this.#timer?.cancel();
    if (this.#stopped) return;
    this.#timer = this.options.clock.after(Math.max(1, ms), () => this.wake());
  }

  /** The system clock was set: remaining waiting times and ages are preserved. */
  async #followClock(): Promise<void> {
    const { clock, store, queue } = this.options;
    const offset = clock.now() - clock.monotonic();
    const jump = Math.round(offset - this.#offset);
    if (Math.abs(jump) < JUMP_MS) return;
    const before = this.#offset;
    this.#offset = offset;
    try {
      await store.shift(queue, jump);
    } catch (error) {
      this.#offset = before;
      throw error;
    }
  }

  #launch(delivery: Delivery): void {
    const controller = new AbortController();
    this.#inFlight.set(delivery.id, controller);
    this.#make(delivery, controller.signal)
      .catch((error: unknown) => this.#complain(error))
      .finally(() => {
        this.#inFlight.delete(delivery.id);
        if (this.#inFlight.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
        if (!this.#stopped) this.wake();
      });
  }

  async #make(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const { store, clock, retry, random, attempt } = this.options;
    const result = await attempt(delivery, signal);
    // Aborted by stop: treated as if it had not started; the receiver recognizes the repetition by its key.
    if (signal.aborted && result.outcome === 'failed') return;
    await this.#persist(() => this.#followClock());
    const attempts = delivery.attempts + 1;
    const endedAt = clock.now();
    const answered = result.answer === undefined ? {} : { status: result.answer.status };
    if (result.outcome === 'delivered') {
      await this.#end(delivery, { state: 'sent', endedAt, attempts, ...answered }, result.answer);
      return;
    }
    const { code, reason } = result;
    if (result.retryAfterMs !== undefined && BUSY.includes(result.answer?.status))
      this.#pauses.begin(delivery.url, Math.min(result.retryAfterMs, retry.maxDelayMs));
    if (result.outcome === 'refused') {
      const end: DeliveryEnd = { state: 'givenUp', endedAt, attempts, ...answered, error: reason, errorCode: code };
      await this.#end(delivery, end, result.answer);
      return;
    }
    const expiresAt = delivery.agesFrom + retry.maxAgeMs;
    // If only one attempt is allowed, setting the clock back a little does not result in a second one.
    if (retry.maxAgeMs === 0 || endedAt + (result.retryAfterMs ?? 0) >= expiresAt) {
      const error = `Not delivered within ${Math.round(retry.maxAgeMs / 1000)} s. ${reason}`;
      await this.#end(
        delivery,
        { state: 'givenUp', endedAt, attempts, ...answered, error, errorCode: 'CTIOS_DELIVERY_EXPIRED' },
        result.answer,
      );
      return;
    }
    // The last attempt is made when the maximum age is reached, not long after.
    const nextAt = Math.min(endedAt + retryDelay(retry, attempts, result.retryAfterMs, random), expiresAt);
    await this.#persist(() =>
      store.retry(delivery.id, { nextAt, attempts, ...answered, error: reason, errorCode: code }),
    );
    this.options.changed(Object.assign(new Error(reason), { code }));
  }

  async #end(delivery: Delivery, end: DeliveryEnd, answer?: HttpAnswer): Promise<void> {
    await this.#persist(() => this.options.store.end(delivery.id, end));
    await this.#report({ delivery, end, ...(answer === undefined ? {} : { answer }) });
    this.options.changed();
  }

  /**
   * The flow is notified before the delivery is marked: if the process ends in between, the flow receives the result
   * twice, but never not at all.
   */
  async #report(ended: EndedDelivery): Promise<void> {
    // A stopping flow receives no more messages: it gets the result after it has started again.
    if (this.#stopped) return;
    try {
      this.options.ended(ended);
    } catch (error) {
      this.#complain(error);
    }
    await this.#persist(() => this.options.store.reported(ended.delivery.id));
  }

  /** Retries until it is written: otherwise an ended delivery would be made again. */
  async #persist<T>(write: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        this.#complain(error);
        if (this.#stopped) return undefined;
        await new Promise<void>((resolve) => void this.options.clock.after(STORE_RETRY_MS, resolve));
      }
    }
  }

  #complain(error: unknown): void {
    const code = String((error as { code?: unknown }).code ?? 'CTIOS_STORE_FAILED');
    const message = error instanceof Error ? error.message : String(error);
    this.options.changed(Object.assign(new Error(message), { code }));
  }
}

/** The maximum waiting time of a delivery, unless the clock was wrong when it was set. */
const latest = ({ maxDelayMs }: RetrySettings): number => Math.max(maxDelayMs, 24 * 3600_000);

function endOf({ state, endedAt, attempts, status, error, errorCode }: Delivery): DeliveryEnd {
  return {
    state: state === 'sent' ? 'sent' : 'givenUp',
    endedAt: endedAt ?? 0,
    attempts,
    ...(status === undefined ? {} : { status }),
    ...(error === undefined ? {} : { error }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}
