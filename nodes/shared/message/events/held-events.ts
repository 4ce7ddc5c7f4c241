/** Events held while a deploy has their nodes down, with their objects as they were at the time. */
import type { CilEvent, PreviousValues } from '../../../../src/cil/index.js';
import type { Shape } from '../../../../src/common/records/compiled-records.js';
import type { Args } from '../../../../src/ctios/transport.js';

/** The merged properties of an event's objects, right after the event. To be copied, not modified. */
export interface ObjectViews {
  readonly call?: Readonly<Args>;
  readonly agent?: Readonly<Args>;
  readonly skillgroup?: Readonly<Args>;
  /** What the event has replaced. */
  readonly previous?: PreviousValues | undefined;
  /** Of `call` and of `agent`, where known: they need not be found again for each copy. */
  readonly callShape?: Shape | undefined;
  readonly agentShape?: Shape | undefined;
}

/** The current objects of an event: valid only in the turn in which the event was delivered. */
export function viewsOf(event: CilEvent): ObjectViews {
  return new EventViews(event);
}

class EventViews implements ObjectViews {
  readonly call: Readonly<Args> | undefined;
  readonly agent: Readonly<Args> | undefined;
  readonly skillgroup: Readonly<Args> | undefined;
  readonly callShape: Shape | undefined;
  readonly agentShape: Shape | undefined;
  readonly #event: CilEvent;

  constructor(event: CilEvent) {
    const call = event.call?.recordSnapshot;
    const agent = event.agent?.recordSnapshot;
    this.call = call?.record;
    this.agent = agent?.record;
    this.skillgroup = event.skillGroup?.properties();
    this.callShape = call?.shape;
    this.agentShape = agent?.shape;
    this.#event = event;
  }

  /** Determined when it is read: most events are of no interest to a node. */
  get previous(): PreviousValues | undefined {
    return this.#event.previous;
  }
}

/** The objects of an event for all the nodes that it is delivered to in one turn: read once. */
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

/** As many as a session's history has; beyond, the oldest are dropped and the loss is reported. */
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
