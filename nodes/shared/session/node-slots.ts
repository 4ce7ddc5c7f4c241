/**
 * The nodes of a session across deploys. Each has a slot, which outlives the node until the deploy is over: events in
 * the meantime are held, and delivered to the new node with the same id.
 */
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import type { Clock } from '../../../src/common/clock.js';
import { HeldEvents, type ObjectViews } from '../message/events/held-events.js';
import { EventRoutes, type WantedEvents } from './event-routes.js';
import type { SessionView } from './session-view.js';

/** One node's part in a session. */
export interface SessionUser {
  /** The events it wants: an interface, 'AllInOne', or none. */
  readonly events?: string;
  /** Which of these it does not want in any case; absent: it receives all of them. */
  readonly wanted?: WantedEvents | undefined;
  /** Receives them, in order, including those held during a deploy. */
  deliver?(event: CilEvent, objects: ObjectViews): void;
  /** Called immediately, and at each change. */
  view(view: SessionView): void;
  /** The deploy is over and the session open: messages sent from now on arrive. @returns called when that ends */
  live?(session: SessionApi): () => void;
}

interface NodeSlot {
  user: SessionUser | undefined;
  /** Ends the direct delivery; undefined while events are held. */
  live: (() => void) | undefined;
  /** Sequence of the last event delivered to it, or of the last one before it was attached. */
  upTo: number;
}

export interface NodeSlotsOwner {
  /** Undefined while it is not open. */
  readonly session: SessionApi | undefined;
  readonly clock: Clock;
  problem(error: unknown): void;
  /** The node will not return. */
  givenUp(nodeId: string): void;
}

export class NodeSlots {
  #slots = new Map<string, NodeSlot>();
  #held: HeldEvents | undefined;
  #stopHolding: (() => void) | undefined;
  readonly #routes: EventRoutes;

  constructor(private readonly owner: NodeSlotsOwner) {
    this.#routes = new EventRoutes((error) => owner.problem(error));
  }

  get size(): number {
    return this.#slots.size;
  }

  /** A node is attached, or returns. */
  attach(nodeId: string, user: SessionUser): void {
    const before = this.#slots.get(nodeId);
    if (before === undefined) {
      this.#slots.set(nodeId, { user, live: undefined, upTo: this.owner.session?.sequence ?? 0 });
      return;
    }
    // A node may be created before the one it replaces is closed: events that one has received are not repeated.
    this.#endLive(before);
    before.user = user;
  }

  /** A node goes: for good, or for the time of a deploy. A node that was replaced has no effect on its successor's slot. */
  detach(nodeId: string, user: SessionUser, forGood: boolean): void {
    const slot = this.#slots.get(nodeId);
    if (slot === undefined || slot.user !== user) return;
    this.#endLive(slot);
    slot.user = undefined;
    if (forGood) this.#giveUp(nodeId);
    else this.buffer();
  }

  /** From now on events are kept, until {@link flush}. */
  buffer(): void {
    const { session } = this.owner;
    if (session === undefined || this.#held !== undefined) return;
    const held = new HeldEvents();
    this.#held = held;
    this.#stopHolding = session.subscribe('AllInOne', (event) => held.add(event));
  }

  /**
   * The deploy is complete: nodes receive the events held for them, and later events directly; slots without a node are
   * dropped. Events that could not be delivered are reported as one gap, after all others.
   */
  flush(): void {
    const held = this.#held;
    const missed = this.#giveUpAbandoned(held);
    this.#stopHold();
    for (const slot of this.#slots.values()) this.#goLive(slot, held);
    if (this.size > 0 && held !== undefined && (held.lost > 0 || missed)) this.#reportGap(held);
  }

  /** The session ends. */
  clear(): void {
    for (const slot of this.#slots.values()) this.#endLive(slot);
    this.#slots.clear();
    this.#stopHold();
  }

  show(view: SessionView): void {
    for (const slot of this.#slots.values()) slot.user?.view(view);
  }

  /** @returns whether something was held for one of them */
  #giveUpAbandoned(held: HeldEvents | undefined): boolean {
    let missed = false;
    for (const [nodeId, slot] of this.#slots) {
      if (slot.user !== undefined) continue;
      missed ||= held !== undefined && held.since(slot.upTo).length > 0;
      this.#giveUp(nodeId);
    }
    return missed;
  }

  #giveUp(nodeId: string): void {
    this.#slots.delete(nodeId);
    this.owner.givenUp(nodeId);
  }

  #endLive(slot: NodeSlot): void {
    if (slot.live === undefined) return;
    slot.live();
    slot.live = undefined;
    slot.upTo = this.owner.session?.sequence ?? slot.upTo;
  }

  #stopHold(): void {
    this.#stopHolding?.();
    this.#stopHolding = undefined;
    this.#held = undefined;
  }

  #goLive(slot: NodeSlot, held: HeldEvents | undefined): void {
    const { session } = this.owner;
    const { user } = slot;
    if (slot.live !== undefined || user === undefined || session === undefined) return;
    const { events, wanted, deliver } = user;
    if (events === undefined || deliver === undefined) {
      slot.live = user.live?.(session) ?? (() => {});
      return;
    }
    for (const { event, objects } of held?.since(slot.upTo) ?? []) {
      if (events !== 'AllInOne' && !event.interfaces.includes(events)) continue;
      try {
        deliver.call(user, event, objects);
      } catch (error) {
        this.owner.problem(error);
      }
    }
    const receiver = { wanted, deliver: deliver.bind(user) };
    const endRoute = this.#routes.add(session, events, receiver);
    const endLive = user.live?.(session);
    slot.live = () => {
      endRoute();
      endLive?.();
    };
  }

  /** Emitted like any other event, so that it has its place in the order and in the session's history. */
  #reportGap({ lost, lostSince }: HeldEvents): void {
    const now = this.owner.clock.now();
    this.owner.session?.reportGap({
      From: new Date(lostSince ?? now).toISOString(),
      To: new Date(now).toISOString(),
      Reason: 'deploy',
      EventsLost: lost,
    });
  }
}
