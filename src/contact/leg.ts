/** How long one connection rang, talked and was on hold: the sums of what it was seen to do. */
import type { Connection } from '../screenpop/index.js';

export type Phase = 'ring' | 'talk' | 'hold';

/** CallStatus: alerting, connect, hold. In any other nothing is counted. */
const PHASES: Readonly<Record<number, Phase>> = { 2: 'ring', 3: 'talk', 4: 'hold' };

export class Leg {
  readonly ms: Record<Phase, number> = { ring: 0, talk: 0, hold: 0 };
  holds = 0;
  /** Phases that the session did not see all of. */
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

  /** @param seen whether the change was seen to happen; a snapshot only shows its result */
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

  /** The session was away while this went on. */
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

  /** Who talks may have held the call and taken it back meanwhile, and the other way round. */
  #missed(phase: Phase): void {
    if (phase === 'ring') this.unseen.add('ring');
    else {
      // What is found talking rang before.
      if (this.connection.found || this.#phase === 'ring') this.unseen.add('ring');
      this.unseen.add('talk').add('hold');
    }
  }
}
