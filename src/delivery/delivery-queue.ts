/**
 * Makes the deliveries of one queue: the first of each ordering key, several keys at a time, each again until it is made
 * or given up. Everything that must survive is in the store; what is here can be lost at any time.
 */
import type { Clock, Timer } from '../common/clock.js';
import type { Random } from '../common/random.js';
import type { Delivery, DeliveryEnd, NewDelivery } from './delivery.js';
import type { DeliveryStore } from './delivery-store.js';
import type { HttpAnswer } from './http.js';
import { type RetrySettings, retryDelay } from './retry-policy.js';
import type { AttemptResult } from './sender.js';

/** An ended delivery, for the flow. The answer is absent when the end was found after a restart. */
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
  /** How many at a time. */
  readonly parallel: number;
  readonly retry: RetrySettings;
  readonly ended: (ended: EndedDelivery) => void;
  /** How the queue stands has changed; the error of the last attempt, or of the store, where there is one. */
  readonly changed: (error?: Error & { code: string }) => void;
}

/** Looks at the store at least so often: *send again* changes it from outside, and the clock may have been set. */
const LONGEST_SLEEP_MS = 60_000;
/** Before a failed write to the store is repeated. */
const STORE_RETRY_MS = 1_000;
/** The machine's clock was set when it differs by so much from the one that never jumps. */
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

  constructor(private readonly options: DeliveryQueueOptions) {
    this.#offset = options.clock.now() - options.clock.monotonic();
  }

  /** Reports what ended before a restart, then begins to deliver. What is accepted before waits in the store. */
  async start(): Promise<void> {
    const { queue, store, clock, retry } = this.options;
    await this.#persist(() => store.dueAtMost(queue, clock.now() + latest(retry), clock.now()));
    const unreported = await this.#persist(() => store.unreported(queue));
    for (const delivery of unreported ?? []) await this.#report({ delivery, end: endOf(delivery), recovered: true });
    this.#started = true;
    this.wake();
  }

  /** Resolves when the delivery is safe; it is made from then on, whatever happens to this process. */
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

  /** Ends no delivery: what is under way may finish within `graceMs`, and is then cut off and made again later. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
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
    // One moment for both questions: what becomes due between them must belong to one of the answers.
    const now = clock.now();
    const free = parallel - this.#inFlight.size;
    if (free > 0 && !this.#stopped) {
      const due = await store.due(queue, now, parallel + this.#inFlight.size);
      for (const delivery of due.filter(({ id }) => !this.#inFlight.has(id)).slice(0, free)) this.#begin(delivery);
    }
    // The end of what is under way wakes the queue.
    if (this.#stopped || this.#inFlight.size >= parallel) return;
    const next = await store.nextAt(queue, now);
    if (next !== undefined) this.#sleep(Math.min(next - clock.now(), LONGEST_SLEEP_MS));
    else if (this.#inFlight.size > 0) this.#sleep(LONGEST_SLEEP_MS);
  }

  #sleep(ms: number): void {
    this.#timer?.cancel();
    if (this.#stopped) return;
    this.#timer = this.options.clock.after(Math.max(1, ms), () => this.wake());
  }

  /** Somebody has set the machine's clock: what waits an hour still waits an hour, and is not older than it was. */
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

  #begin(delivery: Delivery): void {
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
    // Cut off by stop: as if it had never begun; the receiver recognizes it by its key.
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
    if (result.outcome === 'refused') {
      const end: DeliveryEnd = { state: 'givenUp', endedAt, attempts, ...answered, error: reason, errorCode: code };
      await this.#end(delivery, end, result.answer);
      return;
    }
    const expiresAt = delivery.agesFrom + retry.maxAgeMs;
    if (endedAt + (result.retryAfterMs ?? 0) >= expiresAt) {
      const error = `Not delivered within ${Math.round(retry.maxAgeMs / 1000)} s. ${reason}`;
      await this.#end(
        delivery,
        { state: 'givenUp', endedAt, attempts, ...answered, error, errorCode: 'CTIOS_DELIVERY_EXPIRED' },
        result.answer,
      );
      return;
    }
    // The last attempt is made when its time is up, not long after.
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

  /** First the flow, then the mark: a flow may receive an end twice when the process dies between, but never not at all. */
  async #report(ended: EndedDelivery): Promise<void> {
    // A flow that is being stopped receives nothing any more: it is told when it has started again.
    if (this.#stopped) return;
    try {
      this.options.ended(ended);
    } catch (error) {
      this.#complain(error);
    }
    await this.#persist(() => this.options.store.reported(ended.delivery.id));
  }

  /** Until it is written: to forget how a delivery ended would be to make it again. */
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

/** No delivery waits longer than this, unless the clock was wrong when it was told to wait. */
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
