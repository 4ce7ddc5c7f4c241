/** The session that stands by on the other side, from protocol 24 on: opened beside the active one, kept, or replaced. */
import type { Timer } from '../../common/clock.js';
import { ServiceMask } from '../../ged188/index.js';
import { opposite, type Side } from './reconnect-order.js';
import type { ResolvedLinkSettings } from './settings.js';
import type { SideSession, SideSessions } from './side-sessions.js';

/** How long to wait before trying again to open a standby session on a side where that failed or was lost. */
const RETRY_MS = 30_000;

export class StandbySession {
  #placed: SideSession | undefined;
  #retry: Timer | undefined;

  constructor(
    private readonly settings: ResolvedLinkSettings,
    private readonly sessions: SideSessions,
  ) {}

  /** Whether it is open, so that it may take over. */
  get ready(): boolean {
    return this.#placed?.session.state === 'open';
  }

  get side(): Side | undefined {
    return this.#placed?.side;
  }

  is(placed: SideSession): boolean {
    return placed === this.#placed;
  }

  /** Keeps a session that was opened to be active, but whose server is on standby. */
  keep(placed: SideSession): void {
    this.#placed = placed;
  }

  /** Opens one on the side opposite to the active session, if there is none and the CTI Server grants the service. */
  openBeside({ side, openConf }: SideSession): void {
    if (openConf === undefined || this.#placed !== undefined || this.settings.sides.B === undefined) return;
    if (!(openConf.ServicesGranted & ServiceMask.CTI_SERVICE_ACTIVE_STANDBY)) return;
    this.#placed = this.sessions.open(opposite(side));
  }

  /** It has become active and is no longer a standby session. */
  take(): SideSession {
    const placed = this.#placed!;
    this.#placed = undefined;
    return placed;
  }

  lost(): void {
    this.#placed = undefined;
  }

  /** @returns resolves when it is closed */
  drop(): Promise<void> {
    const placed = this.#placed;
    this.#placed = undefined;
    return placed === undefined ? Promise.resolve() : this.sessions.close(placed);
  }

  retryLater(open: () => void): void {
    this.#retry = this.settings.clock.after(RETRY_MS, open);
  }

  stopRetrying(): void {
    this.#retry?.cancel();
  }
}
