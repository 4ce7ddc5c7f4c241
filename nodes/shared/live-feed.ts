/**
 * Tells open sidebars that something has changed, and only that: what has changed they ask for by themselves, over
 * routes that need a permission. Costs nothing while nobody looks: a sidebar renews its interest as long as it is seen.
 */
import type { Clock, Timer } from '../../src/common/clock.js';
import type { Sessions } from './sessions.js';

/** How long a sidebar's interest lasts, in milliseconds; it renews it three times as often. */
export const INTEREST_MS = 60_000;
/** An editor is told at most so often, in milliseconds. */
export const TICK_MS = 1_000;
export const CHANGED_TOPIC = 'ctios/changed';

export class LiveFeed {
  #until = 0;
  #timer: Timer | undefined;
  #told = new Map<string, string>();

  constructor(
    private readonly sessions: Sessions,
    private readonly publish: (topic: string, ids: string[]) => void,
    private readonly clock: Clock,
  ) {}

  get running(): boolean {
    return this.#timer !== undefined;
  }

  /** Somebody looks. */
  watch(): void {
    this.#until = this.clock.now() + INTEREST_MS;
    this.#timer ??= this.clock.every(TICK_MS, () => this.#tick());
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#told.clear();
  }

  #tick(): void {
    if (this.clock.now() >= this.#until) {
      this.stop();
      return;
    }
    const now = new Map<string, string>();
    for (const host of this.sessions) {
      now.set(host.id, `${host.view.phase} ${host.view.reason ?? ''} ${host.users} ${host.session?.sequence ?? ''}`);
    }
    const changed = [...now].filter(([id, state]) => this.#told.get(id) !== state).map(([id]) => id);
    const gone = [...this.#told.keys()].filter((id) => !now.has(id));
    this.#told = now;
    if (changed.length + gone.length > 0) this.publish(CHANGED_TOPIC, [...changed, ...gone]);
  }
}
