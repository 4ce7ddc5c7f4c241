/** The pace of a replay: as recorded, faster, or message by message. */
import type { Clock } from '../../common/clock.js';

/** A factor, or `stepped`: the next message is sent on request. */
export type ReplaySpeed = number | 'stepped';

export const FASTEST = 1_000;

/** The position of a session in its recording, in milliseconds of the recording. */
export class ReplayPace {
  readonly #clock: Clock;
  #speed: ReplaySpeed;
  #position: number;
  #since: number;

  constructor(clock: Clock, speed: ReplaySpeed, position: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#position = position;
    this.#since = clock.monotonic();
  }

  get position(): number {
    if (this.#speed === 'stepped') return this.#position;
    return this.#position + (this.#clock.monotonic() - this.#since) * this.#speed;
  }

  get stepped(): boolean {
    return this.#speed === 'stepped';
  }

  set speed(speed: ReplaySpeed) {
    this.moveTo(this.position);
    this.#speed = speed;
  }

  moveTo(position: number): void {
    this.#position = position;
    this.#since = this.#clock.monotonic();
  }

  /** Milliseconds of the clock until a position of the recording; undefined if only a step leads there. */
  until(position: number): number | undefined {
    if (this.#speed === 'stepped') return undefined;
    return Math.max(0, (position - this.#position) / this.#speed - (this.#clock.monotonic() - this.#since));
  }
}
