/** How long to wait before a peer is called again. The jitter keeps two servers that lost each other from calling in step. */
import type { Random } from '../../common/random.js';

/** After the first failure a random part of the first; a peer that is restarted is to be found again in seconds. */
const PAUSES_S = [1, 2, 5, 10, 15, 30];
const JITTER = 0.2;
/** After a refusal that another attempt alone cannot change: a person has to, here or there. */
const REFUSED_S = 60;

/** Codes of such refusals. */
const FINAL: ReadonlySet<string> = new Set(['CTIOS_VERSION_MISMATCH', 'CTIOS_PEER_IS_SELF', 'CTIOS_PEER_NOT_PROVEN']);

export class BackOff {
  #failures = 0;

  constructor(private readonly random: Random) {}

  /** @returns milliseconds to wait after an attempt that ended with this code */
  next(code: string): number {
    if (FINAL.has(code)) return this.#vary(REFUSED_S);
    const seconds = PAUSES_S[Math.min(this.#failures, PAUSES_S.length - 1)]!;
    return this.#failures++ === 0 ? Math.round(seconds * 1_000 * this.random.next()) : this.#vary(seconds);
  }

  reset(): void {
    this.#failures = 0;
  }

  #vary(seconds: number): number {
    return Math.round(seconds * 1_000 * (1 + JITTER * (2 * this.random.next() - 1)));
  }
}
