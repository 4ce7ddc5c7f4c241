/**
 * The client ID of the link after another client has taken it: how often to check whether it is free again. If it is
 * lost again soon after it was free, two programs are configured with the same ID, and the checks become rarer.
 */
import { ASK_MS, ClientIdWatch, type IdWatcher } from './client-id-watch.js';
import { opposite, type Side } from './reconnect-order.js';
import type { ResolvedLinkSettings } from './settings.js';

/** A client ID that is lost again so soon was not free, whatever the CTI Server said. */
const LOST_AGAIN_MS = 120_000;
const MAX_ASK_MS = 600_000;

export class LostClientId {
  #watch: ClientIdWatch | undefined;
  #askMs = ASK_MS;
  /** When the ID was last found to be free, on the monotonic clock. */
  #freeAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly settings: ResolvedLinkSettings) {}

  /**
   * Checks periodically whether the ID is free, until `stop`.
   * @param lostOn the side on which another client has taken it
   */
  watch(version: number, lostOn: Side, watcher: IdWatcher): void {
    const { sides, clock } = this.settings;
    const other = opposite(lostOn);
    const soon = clock.monotonic() - this.#freeAt < LOST_AGAIN_MS;
    this.#askMs = soon ? Math.min(2 * this.#askMs, MAX_ASK_MS) : ASK_MS;
    this.#watch = new ClientIdWatch(
      this.settings,
      version,
      sides[other] === undefined ? [lostOn] : [lostOn, other],
      this.#askMs,
      {
        free: () => {
          this.#freeAt = clock.monotonic();
          watcher.free();
        },
        notTold: () => watcher.notTold(),
      },
    );
  }

  /** @returns resolves when no session of it is open any more */
  stop(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    return watch?.stop() ?? Promise.resolve();
  }
}
