/**
 * Knows whether a sidebar is open anywhere, and sends a notification when there is something new to see. Costs nothing
 * while none is open. The notification carries no data, because Node-RED publishes to every user who may see statuses,
 * while calls are only for users who may read sessions. A sidebar that receives it requests its content over a route
 * that requires the permission.
 */
import type { SessionApi } from '../../src/cil/index.js';
import type { Clock, Timer } from '../../src/common/clock.js';
import type { SessionHost } from '../shared/session/session-host.js';
import type { Sessions } from '../shared/session/sessions.js';
import { StateTimes } from './state-times.js';
import { BELL, INTEREST_MS } from './view.js';

/** Minimum time between two notifications, in milliseconds. */
export const RING_MS = 500;
/** More sidebars than any team has, so that invented ids cannot fill the memory. */
const MAX_WATCHERS = 500;

export class StateTimesWatch {
  /** Until when each sidebar counts as open. */
  #watchers = new Map<string, number>();
  #times = new Map<SessionApi, StateTimes>();
  #timer: Timer | undefined;
  #seen = '';
  #rings = 0;

  constructor(
    private readonly sessions: Sessions,
    private readonly publish: (topic: string, data: { ring: number }) => void,
    private readonly clock: Clock,
  ) {}

  /** Number of open sidebars. */
  get watchers(): number {
    return this.#watchers.size;
  }

  /** A sidebar was opened, or is still open. */
  renew(id: string): void {
    this.#watchers.delete(id);
    this.#watchers.set(id, this.clock.now() + INTEREST_MS);
    if (this.#watchers.size > MAX_WATCHERS) this.#watchers.delete(this.#watchers.keys().next().value as string);
    if (this.#timer !== undefined) return;
    this.#timer = this.clock.every(RING_MS, () => this.#look());
    this.#follow();
    this.#seen = this.#signature();
  }

  /** A sidebar was closed. */
  leave(id: string): void {
    this.#watchers.delete(id);
    if (this.#watchers.size === 0) this.stop();
  }

  stop(): void {
    this.#watchers.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const times of this.#times.values()) times.stop();
    this.#times.clear();
  }

  /** The state times of its objects; undefined while no sidebar is open. */
  timesOf(session: SessionApi): StateTimes | undefined {
    return this.#times.get(session);
  }

  #look(): void {
    const now = this.clock.now();
    for (const [id, until] of this.#watchers) if (until <= now) this.#watchers.delete(id);
    if (this.#watchers.size === 0) {
      this.stop();
      return;
    }
    this.#follow();
    const signature = this.#signature();
    if (signature === this.#seen) return;
    this.#seen = signature;
    this.publish(BELL, { ring: ++this.#rings });
  }

  /** Tracks the times of all existing sessions. */
  #follow(): void {
    const open = new Set([...this.sessions].flatMap(({ session }) => (session === undefined ? [] : [session])));
    for (const [session, times] of this.#times) {
      if (open.has(session)) continue;
      times.stop();
      this.#times.delete(session);
    }
    for (const session of open) if (!this.#times.has(session)) this.#times.set(session, new StateTimes(session));
  }

  /** Changes whenever there is something new to see: every change of an object comes with an event. */
  #signature(): string {
    return [...this.sessions].map(signatureOf).join('\n');
  }
}

function signatureOf({ id, view, users, session, link }: SessionHost): string {
  const { side, online, mode } = session?.status ?? {};
  return JSON.stringify([id, view, users, session?.sequence, side, online, mode, link]);
}
