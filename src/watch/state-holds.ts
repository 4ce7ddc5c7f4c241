/**
 * Delays an action until an agent or a call has stayed in its state for some time. Nothing happens while the link is
 * down: whether the state has lasted is decided when the objects are known again, and its time counts from what the
 * switch reports, or else from the end of the gap.
 */
import type { CtiosObject, SessionApi, StateSince } from '../cil/index.js';
import type { Clock, Timer } from '../common/clock.js';
import type { ArgValue } from '../ctios/index.js';
import { isUncertain, KnownState } from './known-state.js';

/** How long a state has lasted without interruption. */
export interface Lasted {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly seconds: number;
  /** The actual start may be earlier: it was not observed, and the switch has not reported it. */
  readonly atLeast?: true;
}

interface Hold<Item> {
  readonly state: ArgValue;
  readonly since: number;
  readonly item: Item;
  timer: Timer | undefined;
  /** A state is reported once, however many events occur in it. */
  passed: boolean;
}

/** Beyond this number, expired entries are removed. */
const MANY = 1_000;

export class StateHolds<Item> {
  readonly #holds = new Map<string, Hold<Item>>();
  readonly #states: KnownState;
  readonly #stop: () => void;
  #tidyAt = MANY;
  #listener: ((item: Item, lasted: Lasted) => void) | undefined;

  constructor(
    private readonly session: SessionApi,
    private readonly clock: Clock,
    private readonly forMs: number,
  ) {
    this.#states = new KnownState(session, clock, { lost: () => {}, recovered: () => this.#checkAll() });
    this.#stop = session.subscribe('ISessionEvents', (event) => this.#states.hear(event));
  }

  /** The number of states that have not lasted long enough yet. */
  get pending(): number {
    let count = 0;
    for (const { passed } of this.#holds.values()) if (!passed) count++;
    return count;
  }

  /**
   * Passes on states that have lasted; those that occur meanwhile wait for a listener.
   * @returns a function that removes the listener
   */
  attach(listener: (item: Item, lasted: Lasted) => void): () => void {
    this.#listener = listener;
    this.#checkAll();
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  /**
   * @param id UniqueObjectID of an agent or a call
   * @returns false if it has no state that can last
   */
  add(id: string, object: CtiosObject, item: Item): boolean {
    const state = stateOf(id, object);
    const { stateSince } = object;
    if (state === undefined || stateSince === undefined) return false;
    const before = this.#holds.get(id);
    if (before !== undefined) {
      if (isSame(before, state, stateSince)) {
        // The switch may report that the state started earlier.
        this.#check(id, before);
        return true;
      }
      before.timer?.cancel();
    }
    const hold: Hold<Item> = { state, since: stateSince.since, item, timer: undefined, passed: false };
    this.#holds.set(id, hold);
    this.#tidy();
    this.#check(id, hold);
    return true;
  }

  dispose(): void {
    this.#stop();
    this.#states.dispose();
    for (const { timer } of this.#holds.values()) timer?.cancel();
    this.#holds.clear();
  }

  #objectOf(id: string): CtiosObject | undefined {
    return this.session.agents.get(id) ?? this.session.calls.get(id);
  }

  #checkAll(): void {
    for (const [id, hold] of [...this.#holds]) this.#check(id, hold);
  }

  /** States that are unknown or have no listener are decided later. */
  #check(id: string, hold: Hold<Item>): void {
    hold.timer?.cancel();
    hold.timer = undefined;
    if (hold.passed || !this.#states.known || this.#listener === undefined) return;
    const object = this.#objectOf(id);
    const since = object?.stateSince;
    if (object === undefined || since === undefined || !isSame(hold, stateOf(id, object), since)) {
      this.#holds.delete(id);
      return;
    }
    const lastedMs = this.clock.monotonic() - since.certainAt;
    if (lastedMs < this.forMs) {
      hold.timer = this.clock.after(this.forMs - lastedMs, () => this.#check(id, hold));
      return;
    }
    hold.passed = true;
    this.#listener(hold.item, {
      since: since.certainSince,
      seconds: Math.round(lastedMs / 100) / 10,
      ...(isUncertain(since) ? { atLeast: true } : {}),
    });
  }

  /** States that have ended are otherwise found when their object enters another one. */
  #tidy(): void {
    if (this.#holds.size < this.#tidyAt) return;
    for (const [id, hold] of this.#holds) {
      const object = this.#objectOf(id);
      const since = object?.stateSince;
      if (object !== undefined && since !== undefined && isSame(hold, stateOf(id, object), since)) continue;
      hold.timer?.cancel();
      this.#holds.delete(id);
    }
    this.#tidyAt = Math.max(MANY, 2 * this.#holds.size);
  }
}

function stateOf(id: string, object: CtiosObject): ArgValue | undefined {
  const { AgentState, CallStatus } = object.properties();
  return id.startsWith('agent.') ? AgentState : CallStatus;
}

/** A state that was left and entered again started later. */
function isSame(hold: { state: ArgValue; since: number }, state: ArgValue | undefined, { since }: StateSince): boolean {
  return state === hold.state && since <= hold.since;
}
