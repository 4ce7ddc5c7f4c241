import type { Clock, Timer } from '../../../common/clock.js';
import type { LinkStatus } from '../../../ctios/transport.js';
import type { ObjectServer } from '../../object-server.js';

/** How often the link is checked while there are clients, in milliseconds. */
const LOOK_MS = 500;
/** Round-trip times always differ a little; a change of nothing else is not urgent. */
const ROUND_TRIP_MS = 30_000;

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

  /** Checks immediately: something that the link may have caused is about to be reported. */
  look(): void {
    const link = this.server.link?.();
    if (link === undefined || this.#watch === undefined) return;
    const overdue = this.clock.monotonic() - this.#toldAt >= ROUND_TRIP_MS;
    if (!overdue && essence(link) === essence(JSON.parse(this.#told) as LinkStatus)) return;
    if (JSON.stringify(link) === this.#told) return;
    this.#note(link);
    this.tell(link);
  }

  #note(link: LinkStatus): void {
    this.#told = JSON.stringify(link);
    this.#toldAt = this.clock.monotonic();
  }
}

/** Everything except the duration of the last heartbeat; that there was one does count. */
function essence({ roundTripMs, ...rest }: LinkStatus): string {
  return JSON.stringify({ ...rest, answered: roundTripMs !== undefined });
}
