/** How long one connection rang, talked and was on hold, as far as observed. */
import type { Connection } from '../screenpop/index.js';

export type Phase = 'ring' | 'talk' | 'hold';

/** CallStatus: alerting, connect, hold. Other states are not counted. */
const PHASES: Readonly<Record<number, Phase>> = { 2: 'ring', 3: 'talk', 4: 'hold' };

export class Leg {
  readonly ms: Record<Phase, number> = { ring: 0, talk: 0, hold: 0 };
  holds = 0;
  /** Phases that the session did not fully observe. */
  readonly unseen = new Set<Phase>();
  /** Milliseconds since the epoch. */
  endedAt?: number;
  /** Its end was learned from a snapshot. */
  lostEnd = false;
  #phase: Phase | undefined;
  #since: number;

  constructor(
    readonly connection: Connection,
    readonly began: number,
  ) {
    this.#since = began;
  }

  get phase(): Phase | undefined {
    return this.#phase;
  }

  get open(): boolean {
    return this.endedAt === undefined;
  }

  /** @param seen whether the change was observed; a snapshot only shows its result */
  enter(status: number | undefined, time: number, seen: boolean): void {
    const phase = status === undefined ? undefined : PHASES[status];
    if (!seen) {
      if (this.#phase !== undefined && phase !== this.#phase) this.unseen.add(this.#phase);
      if (phase !== undefined && phase !== this.#phase) this.#missed(phase);
    }
    if (phase === this.#phase) return;
    this.#count(time);
    this.#phase = phase;
    if (phase === 'hold') this.holds++;
  }

  /** The session was disconnected during this leg. */
  missed(): void {
    if (this.#phase === 'talk' || this.#phase === 'hold') this.#missed(this.#phase);
  }

  end(time: number, seen: boolean): void {
    if (!seen && this.#phase !== undefined) this.#missed(this.#phase);
    this.lostEnd = !seen;
    this.#count(time);
    this.#phase = undefined;
    this.endedAt = time;
  }

  #count(time: number): void {
    if (this.#phase !== undefined) this.ms[this.#phase] += Math.max(0, time - this.#since);
    this.#since = time;
  }

  /** A party in conversation may have held and retrieved the call meanwhile, or vice versa. */
  #missed(phase: Phase): void {
    if (phase === 'ring') this.unseen.add('ring');
    else {
      // A call found in conversation was ringing before.
      if (this.connection.found || this.#phase === 'ring') this.unseen.add('ring');
      this.unseen.add('talk').add('hold');
    }
  }
}
