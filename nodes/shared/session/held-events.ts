/** Events kept while a deploy has the nodes down that want them, with their objects as they were then. */
import type { CilEvent } from '../../../src/cil/index.js';
import type { Args } from '../../../src/ctios/transport.js';

/** The merged properties of an event's objects, right after the event. To be copied, not changed. */
export interface ObjectViews {
  readonly call?: Readonly<Args>;
  readonly agent?: Readonly<Args>;
  readonly skillgroup?: Readonly<Args>;
}

/** The objects of an event as they are now: right only in the turn in which the event was delivered. */
export function viewsOf(event: CilEvent): ObjectViews {
  return {
    call: event.call?.properties(),
    agent: event.agent?.properties(),
    skillgroup: event.skillGroup?.properties(),
  };
}

/** The objects of an event for all the nodes that it is delivered to, one after the other in one turn: looked at once. */
export class LastViews {
  #event: CilEvent | undefined;
  #views: ObjectViews = {};

  of(event: CilEvent): ObjectViews {
    if (event !== this.#event) {
      this.#event = event;
      this.#views = viewsOf(event);
    }
    return this.#views;
  }
}

export interface HeldEvent {
  readonly event: CilEvent;
  readonly objects: ObjectViews;
}

/** As many as a session remembers; beyond, the oldest are lost and the loss is reported. */
export const HELD_EVENTS = 1000;

export class HeldEvents {
  #events: HeldEvent[] = [];
  #lost = 0;
  #lostSince: number | undefined;

  constructor(private readonly limit = HELD_EVENTS) {}

  /** How many were lost. */
  get lost(): number {
    return this.#lost;
  }
  /** Time of the first one lost, in milliseconds since the epoch. */
  get lostSince(): number | undefined {
    return this.#lostSince;
  }

  add(event: CilEvent): void {
    this.#events.push({ event, objects: viewsOf(event) });
    if (this.#events.length > this.limit) {
      const oldest = this.#events.shift()!;
      this.#lost++;
      this.#lostSince ??= oldest.event.time;
    }
  }

  /** Those after the event with this sequence, in order of arrival. */
  since(sequence: number): readonly HeldEvent[] {
    return this.#events.filter(({ event }) => event.sequence > sequence);
  }
}
