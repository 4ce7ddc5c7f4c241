/**
 * Whether the states of a session's objects are known: they are not while the link is down, nor until the session has
 * reported what changed meanwhile.
 */
import type { CilEvent, SessionApi, SessionStatus, StateSince } from '../cil/index.js';
import type { Clock, Timer } from '../common/clock.js';
import type { Args } from '../ctios/index.js';
import { toText } from '../ctios/values.js';

/** Reasons of an OnConnectionGap that does not concern the session's own link. */
const OTHER_GAPS: ReadonlySet<unknown> = new Set(['deploy', 'overflow']);
/** A recovery ends with an OnConnectionGap. Without one the objects count as known after this time, in milliseconds. */
const MAX_RECOVERY_MS = 60_000;

export interface KnownStateOwner {
  /** The link is down. */
  lost(): void;
  /** The objects are up to date again. @param from when they ceased to be, in milliseconds since the epoch */
  recovered(from: number): void;
}

export class KnownState {
  readonly #stop: () => void;
  #known: boolean;
  #recovery: Timer | undefined;
  /** When the objects ceased to be known: the session has reported it, although it may not accept requests yet. */
  #gapFrom: number | undefined;

  constructor(
    private readonly session: Pick<SessionApi, 'status' | 'onStatus'>,
    private readonly clock: Clock,
    private readonly owner: KnownStateOwner,
  ) {
    this.#known = session.status.online;
    // Before the first connection nothing was known, so no gap will be reported.
    if (!this.#known) this.#gapFrom = clock.now();
    this.#stop = session.onStatus((status) => this.#onStatus(status));
  }

  get known(): boolean {
    return this.#known;
  }

  dispose(): void {
    this.#stop();
    this.#recovery?.cancel();
  }

  /** Receives at least the session's own events, one of which reports a gap. */
  hear({ event, args }: CilEvent): void {
    if (event === 'OnConnectionGap') this.#onGap(args);
  }

  #onStatus({ online }: SessionStatus): void {
    if (!online) {
      this.#recovery?.cancel();
      this.#recovery = undefined;
      if (!this.#known) return;
      this.#gapFrom = undefined;
      this.#known = false;
      this.owner.lost();
    } else if (!this.#known) {
      if (this.#gapFrom !== undefined) this.#recovered(this.#gapFrom);
      else this.#recovery ??= this.clock.after(MAX_RECOVERY_MS, () => this.#recovered(this.clock.now()));
    }
  }

  #onGap({ From, Reason }: Args): void {
    if (OTHER_GAPS.has(Reason)) return;
    const from = Date.parse(toText(From) ?? '');
    this.#gapFrom = Number.isNaN(from) ? this.clock.now() : from;
    if (this.session.status.online) this.#recovered(this.#gapFrom);
  }

  #recovered(from: number): void {
    this.#recovery?.cancel();
    this.#recovery = undefined;
    this.#known = true;
    this.owner.recovered(from);
  }
}

/** The actual start of the state may be earlier. */
export function isUncertain({ since, certainSince, atLeast }: StateSince): boolean {
  return atLeast === true || certainSince !== since;
}
