/**
 * How long to wait before connecting to a peer again. The jitter keeps two servers that lost each other from retrying
 * in lockstep.
 */
import { jittered, type Random } from '../../../common/random.js';

/** After the first failure, a random part of the first delay, so that a restarted peer is found within seconds. */
const PAUSES_S = [1, 2, 5, 10, 15, 30];
/** After a refusal that a retry cannot change: the configuration of this server or of the peer must be changed. */
const REFUSED_S = 60;

/** Codes of such refusals. */
const FINAL: ReadonlySet<string> = new Set(['CTIOS_VERSION_MISMATCH', 'CTIOS_PEER_IS_SELF', 'CTIOS_PEER_NOT_PROVEN']);

export class BackOff {
  #failures = 0;

  constructor(private readonly random: Random) {}

  /** @returns milliseconds to wait after an attempt that ended with this code */
  next(code: string): number {
    if (FINAL.has(code)) return jittered(REFUSED_S * 1_000, this.random);
    const seconds = PAUSES_S[Math.min(this.#failures, PAUSES_S.length - 1)]!;
    return this.#failures++ === 0
      ? Math.round(seconds * 1_000 * this.random.next())
      : jittered(seconds * 1_000, this.random);
  }

  reset(): void {
    this.#failures = 0;
  }
}
