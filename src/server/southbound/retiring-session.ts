/** The session with the old side after a hand-over: pending requests may still be answered until it disconnects. */
import type { Clock, Timer } from '../../common/clock.js';
import type { SideSession, SideSessions } from './side-sessions.js';

/** The guide gives the old side 5 s to dismiss its clients. */
const HAND_OVER_MS = 5_000;

export class RetiringSession {
  #placed: SideSession | undefined;
  #limit: Timer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly sessions: SideSessions,
  ) {}

  get inProgress(): boolean {
    return this.#placed !== undefined;
  }

  is(placed: SideSession): boolean {
    return placed === this.#placed;
  }

  /** From now on no new requests are sent to the old side. */
  begin(placed: SideSession): void {
    this.#placed = placed;
    placed.session.send({ type: 'STOPPING_REQUESTS_TO_THIS_SIDE_IND' });
    this.#limit = this.clock.after(HAND_OVER_MS, () => placed.session.close());
  }

  ended(): void {
    this.#placed = undefined;
    this.#limit?.cancel();
  }

  /** @returns resolves when it is closed */
  close(): Promise<void> {
    this.#limit?.cancel();
    const placed = this.#placed;
    this.#placed = undefined;
    return placed === undefined ? Promise.resolve() : this.sessions.close(placed);
  }
}
