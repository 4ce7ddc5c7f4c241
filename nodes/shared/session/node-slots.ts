/**
 * The nodes of a session over deploys. Each has a slot, which outlives the node for as long as a deploy goes on: what
 * happens meanwhile is held, and told to the node that comes back under the same id.
 */
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import type { Clock } from '../../../src/common/clock.js';
import { HeldEvents, LastViews, type ObjectViews } from './held-events.js';
import type { SessionView } from './session-view.js';

/** One node's part in a session. */
export interface SessionUser {
  /** Which events it wants: an interface, 'AllInOne', or none. */
  readonly events?: string;
  /** Receives them, in order, also those of the time in which a deploy had it down. */
  deliver?(event: CilEvent, objects: ObjectViews): void;
  /** Told at once, and at each change. */
  view(view: SessionView): void;
  /** The deploy is over and the session open: what it sends from now on arrives. @returns told when that ends */
  live?(session: SessionApi): () => void;
}

interface NodeSlot {
  user: SessionUser | undefined;
  /** Ends the direct delivery; undefined while events are held for it. */
  live: (() => void) | undefined;
  /** Sequence of the last event that was delivered to it, or that was there before it came. */
  upTo: number;
}

export interface NodeSlotsOwner {
  /** Undefined while it is not open. */
  readonly session: SessionApi | undefined;
  readonly clock: Clock;
  problem(error: unknown): void;
  /** The node does not come back. */
  givenUp(nodeId: string): void;
}

export class NodeSlots {
  #slots = new Map<string, NodeSlot>();
  #held: HeldEvents | undefined;
  #stopHolding: (() => void) | undefined;
  readonly #views = new LastViews();

  constructor(private readonly owner: NodeSlotsOwner) {}

  get size(): number {
    return this.#slots.size;
  }

  /** A node comes, or comes back. */
  attach(nodeId: string, user: SessionUser): void {
    const before = this.#slots.get(nodeId);
    if (before === undefined) {
      this.#slots.set(nodeId, { user, live: undefined, upTo: this.owner.session?.sequence ?? 0 });
      return;
    }
    // A node may come before the one it replaces has gone: what that one has seen is not told twice.
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
   * The deploy is over: nodes receive what was held for them, and from now on directly; slots that no node took are given
   * up. What could not be told to somebody is reported as one gap, after everything that could.
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
    const { events } = user;
    if (events === undefined || user.deliver === undefined) {
      slot.live = user.live?.(session) ?? (() => {});
      return;
    }
    for (const { event, objects } of held?.since(slot.upTo) ?? []) {
      if (events !== 'AllInOne' && !event.interfaces.includes(events)) continue;
      try {
        user.deliver(event, objects);
      } catch (error) {
        this.owner.problem(error);
      }
    }
    slot.live = session.subscribe(events, (event) => user.deliver!(event, this.#views.of(event)));
  }

  /** An event of the session like any other, so that it has its place in the order and in what the session remembers. */
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
