/**
 * Sends the messages of a session's event nodes into their flows, no faster than the flows work. Node-RED runs
 * everything that was sent before it reads a socket again, so a flow that is slower than the events would stop the
 * whole runtime from reading, and the backlog would not be visible anywhere. Here events wait in one queue: its age is
 * known, its size is limited, and dropped events are reported.
 */
import type { Clock } from '../../../src/common/clock.js';
import { Queue } from '../../../src/common/queue.js';

/**
 * What a session does while its flows are behind: `hold` all events, or `drop` those that no node has selected by name.
 */
export type WhenBehind = 'hold' | 'drop';

/** Maximum number of waiting events. */
export const MAX_WAITING_EVENTS = 20_000;
/**
 * Behind by more than this, in milliseconds, it is shown; and events that no node has selected are dropped if so
 * configured.
 */
export const BEHIND_MS = 1_000;
/** No longer behind, once below this. */
const CAUGHT_UP_MS = 200;
/** Events sent in one turn of the event loop: initially, at most and at least. */
const FIRST_BATCH = 100;
const MAX_BATCH = 2_000;
const MIN_BATCH = 1;
/** How long flows may work in one turn, in milliseconds, before they receive fewer events; below the second, more. */
const SLOW_TURN_MS = 50;
const FAST_TURN_MS = 20;

export interface OutgoingEvent {
  /** The node has selected this event by name. */
  readonly chosen: boolean;
  /** When the event occurred, in milliseconds since the epoch. */
  readonly time: number;
  /** @param lagMs how long the event has waited */
  send(lagMs: number): void;
}

export interface EventOutletOwner {
  readonly clock: Clock;
  /** Runs in the next turn of the event loop, after everything already scheduled. */
  readonly nextTurn: (run: () => void) => void;
  /** Runs when the current callback has ended. */
  readonly afterThis: (run: () => void) => void;
  /** The flows have fallen behind, or have caught up. */
  behindChanged(): void;
  /** Events were dropped. Called when the flows have caught up with half of the backlog. */
  lost(count: number, from: number, to: number): void;
  failed(error: unknown): void;
}

interface Waiting {
  readonly outgoing: OutgoingEvent;
  /** On the monotonic clock. */
  readonly since: number;
}

export class EventOutlet {
  whenBehind: WhenBehind = 'hold';
  readonly #waiting = new Queue<Waiting>();
  #batch = FIRST_BATCH;
  /** Sent in this turn. */
  #sent = 0;
  #running = false;
  #turnBegan = 0;
  /** Time in this turn that events needed to arrive, which is not the work of flows. */
  #ownMs = 0;
  #burstBegan: number | undefined;
  #lag = 0;
  #behind = false;
  #overflowing = false;
  #lost = 0;
  #lostInAll = 0;
  #lostFrom = 0;
  #lostTo = 0;

  constructor(private readonly owner: EventOutletOwner) {}

  /** How long the last sent event had waited, in milliseconds; 0 while none waits. */
  get lagMs(): number {
    return Math.round(this.#lag);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Events that were left out since the session began. */
  get lostInAll(): number {
    return this.#lostInAll;
  }

  get behind(): boolean {
    return this.#behind;
  }

  send(outgoing: OutgoingEvent): void {
    this.#run();
    if (this.#waiting.size === 0 && this.#sent < this.#batch) {
      this.#sent++;
      this.#give(outgoing, 0);
      return;
    }
    if (this.#mustDrop(outgoing)) {
      if (this.#lost === 0) this.#lostFrom = outgoing.time;
      this.#lostTo = outgoing.time;
      this.#lost++;
      this.#lostInAll++;
      return;
    }
    this.#waiting.push({ outgoing, since: this.owner.clock.monotonic() });
  }

  /** Sends everything immediately, because the receiving nodes are about to be replaced. */
  flush(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#giveWaiting(next);
    this.#caughtUp();
  }

  #mustDrop({ chosen }: OutgoingEvent): boolean {
    if (this.#waiting.size >= MAX_WAITING_EVENTS) this.#overflowing = true;
    else if (this.#overflowing && this.#waiting.size <= MAX_WAITING_EVENTS / 2) this.#overflowing = false;
    return this.#overflowing || (this.whenBehind === 'drop' && this.#behind && !chosen);
  }

  /** Measures turns while events are being sent: the first callback of each, and the last one. */
  #run(): void {
    const { clock, nextTurn, afterThis } = this.owner;
    if (this.#burstBegan === undefined) {
      this.#burstBegan = clock.monotonic();
      afterThis(() => {
        this.#ownMs += clock.monotonic() - this.#burstBegan!;
        this.#burstBegan = undefined;
      });
    }
    if (this.#running) return;
    this.#running = true;
    this.#turnBegan = clock.monotonic();
    nextTurn(() => this.#turnBegins());
    nextTurn(() => this.#turnEnds());
  }

  #turnBegins(): void {
    this.#turnBegan = this.owner.clock.monotonic();
    this.#ownMs = 0;
    if (this.#running) this.owner.nextTurn(() => this.#turnBegins());
  }

  #turnEnds(): void {
    const { clock, nextTurn } = this.owner;
    const worked = clock.monotonic() - this.#turnBegan - this.#ownMs;
    if (worked > SLOW_TURN_MS) this.#batch = Math.max(MIN_BATCH, Math.floor((this.#batch * SLOW_TURN_MS) / worked));
    else if (worked < FAST_TURN_MS && this.#sent >= this.#batch) this.#batch = Math.min(MAX_BATCH, this.#batch * 2);
    const idle = this.#sent === 0 && this.#waiting.size === 0;
    this.#sent = 0;
    while (this.#sent < this.#batch) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#sent++;
      this.#giveWaiting(next);
    }
    if (this.#waiting.size === 0) this.#caughtUp();
    this.#reportLost();
    this.#running = !idle;
    if (this.#running) nextTurn(() => this.#turnEnds());
    else this.#batch = FIRST_BATCH;
  }

  #giveWaiting({ outgoing, since }: Waiting): void {
    this.#lag = this.owner.clock.monotonic() - since;
    if (this.#behind ? this.#lag < CAUGHT_UP_MS : this.#lag > BEHIND_MS) {
      this.#behind = !this.#behind;
      this.owner.behindChanged();
    }
    this.#give(outgoing, Math.round(this.#lag));
  }

  #caughtUp(): void {
    this.#lag = 0;
    if (!this.#behind) return;
    this.#behind = false;
    this.owner.behindChanged();
  }

  #reportLost(): void {
    if (this.#lost === 0 || this.#waiting.size > MAX_WAITING_EVENTS / 2) return;
    if (this.whenBehind === 'drop' && this.#behind) return;
    const [count, from, to] = [this.#lost, this.#lostFrom, this.#lostTo];
    this.#lost = 0;
    this.owner.lost(count, from, to);
  }

  #give(outgoing: OutgoingEvent, lagMs: number): void {
    try {
      outgoing.send(lagMs);
    } catch (error) {
      this.owner.failed(error);
    }
  }
}
