import type { Clock, Timer } from '../../../common/clock.js';
import type { LinkStatus } from '../../../ctios/transport.js';
import type { ObjectServer } from '../../object-server.js';

/** How often the link is checked while there are clients, in milliseconds. */
const LOOK_MS = 500;
/** Round-trip times always vary slightly; a small change is not urgent if nothing else has changed. */
const ROUND_TRIP_MS = 30_000;
/** A change of the round trip that is smaller than this, or than by half, is small. In milliseconds. */
const SMALL_MS = 20;

/** Reports the state of the server's link to the CTI Server to clients, when it changes. */
export class LinkReports {
  #watch: Timer | undefined;
  #told = '';
  #toldAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly server: ObjectServer,
    private readonly tell: (link: LinkStatus) => void,
  ) {}

  /** There are clients to report to. */
  start(): void {
    if (this.server.link === undefined || this.#watch !== undefined) return;
    this.#note(this.server.link());
    this.#watch = this.clock.every(LOOK_MS, () => this.look());
  }

  stop(): void {
    this.#watch?.cancel();
    this.#watch = undefined;
  }

  /** Checks immediately, because an event that the link may have caused is about to be reported. */
  look(): void {
    const link = this.server.link?.();
    if (link === undefined || this.#watch === undefined) return;
    if (JSON.stringify(link) === this.#told) return;
    const overdue = this.clock.monotonic() - this.#toldAt >= ROUND_TRIP_MS;
    if (!overdue && isSmall(JSON.parse(this.#told) as LinkStatus, link)) return;
    this.#note(link);
    this.tell(link);
  }

  #note(link: LinkStatus): void {
    this.#told = JSON.stringify(link);
    this.#toldAt = this.clock.monotonic();
  }
}

/** Whether only the round trip has changed, and only slightly. */
function isSmall({ roundTripMs: before, ...rest }: LinkStatus, { roundTripMs: now, ...others }: LinkStatus): boolean {
  if (JSON.stringify(rest) !== JSON.stringify(others)) return false;
  if (before === undefined || now === undefined) return before === now;
  const [less, more] = [Math.min(before, now), Math.max(before, now)];
  return more - less < SMALL_MS || more < 2 * less;
}
