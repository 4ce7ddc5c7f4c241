import type { Clock } from '../../../common/clock.js';
import { LatestSet } from '../../../common/latest-set.js';
import { networkOf } from '../../../common/network/network.js';
import { CtiosError } from '../../../ctios/ctios-error.js';
import { sameText } from './constant-time-equal.js';
import { LockOut } from './lockout.js';

/**
 * Wrong passwords over all addresses before monitor mode is closed to addresses that have not provided the correct one
 * before: the password is the same for all, so an attacker with many addresses must not get three attempts from each.
 */
const FAILURES_OF_ALL = 30;
/** Maximum number of remembered addresses that have provided the correct password. */
const MAX_KNOWN = 10_000;
/** The counter over all addresses has one entry. */
const ALL = '';

/** The password of monitor mode, if the server has one. Guessing is limited per address, and over all addresses. */
export class MonitorPassword {
  readonly #lockOut: LockOut;
  readonly #ofAll: LockOut;
  /** Networks that have provided the correct password. */
  readonly #known = new LatestSet(MAX_KNOWN);

  constructor(
    clock: Clock,
    private readonly settings: { monitorModePassword?: string; lockOut: { failures: number; ms: number } },
  ) {
    this.#lockOut = new LockOut(clock, settings.lockOut);
    this.#ofAll = new LockOut(clock, { failures: FAILURES_OF_ALL, ms: settings.lockOut.ms });
  }

  /** @throws CtiosError CTIOS_LOCKED_OUT while the address is locked out, CTIOS_WRONG_PASSWORD */
  authenticate(peer: string, given: unknown): void {
    const { monitorModePassword } = this.settings;
    if (monitorModePassword === undefined) return;
    const network = networkOf(peer);
    const known = this.#known.has(network);
    const remaining = Math.max(this.#lockOut.remaining(network), known ? 0 : this.#ofAll.remaining(ALL));
    if (remaining > 0) {
      throw new CtiosError(
        'CTIOS_LOCKED_OUT',
        `Too many wrong passwords for monitor mode. Try again in ${Math.ceil(remaining / 60_000)} min.`,
      );
    }
    if (typeof given === 'string' && sameText(given, monitorModePassword)) {
      this.#lockOut.succeeded(network);
      this.#known.add(network);
      return;
    }
    this.#lockOut.failed(network);
    if (!known) this.#ofAll.failed(ALL);
    throw new CtiosError('CTIOS_WRONG_PASSWORD', 'Monitor mode needs the password of the server.');
  }
}
