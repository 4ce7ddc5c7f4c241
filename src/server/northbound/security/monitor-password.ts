import type { Clock } from '../../../common/clock.js';
import { CtiosError } from '../../../ctios/ctios-error.js';
import { networkOf } from './client-network.js';
import { sameText } from './constant-time-equal.js';
import { LockOut } from './lockout.js';

/** What monitor mode asks for, where the server asks for anything. One password for all: guessing is counted by address. */
export class MonitorPassword {
  readonly #lockOut: LockOut;

  constructor(
    clock: Clock,
    private readonly settings: { monitorModePassword?: string; lockOut: { failures: number; ms: number } },
  ) {
    this.#lockOut = new LockOut(clock, settings.lockOut);
  }

  /** @throws CtiosError CTIOS_LOCKED_OUT while the address is locked out, CTIOS_WRONG_PASSWORD */
  authenticate(peer: string, given: unknown): void {
    const { monitorModePassword } = this.settings;
    if (monitorModePassword === undefined) return;
    const network = networkOf(peer);
    const remaining = this.#lockOut.remaining(network);
    if (remaining > 0) {
      throw new CtiosError(
        'CTIOS_LOCKED_OUT',
        `Monitor mode was asked for with wrong passwords too often; it is closed to this client for another ${Math.ceil(remaining / 60_000)} min.`,
      );
    }
    if (typeof given === 'string' && sameText(given, monitorModePassword)) {
      this.#lockOut.succeeded(network);
      return;
    }
    this.#lockOut.failed(network);
    throw new CtiosError('CTIOS_WRONG_PASSWORD', 'Monitor mode needs the password of the server.');
  }
}
