/** Segments that ended while the session was away: they are written when it is told how long that was. */
import type { Clock, Timer } from '../common/clock.js';

/** A switch that was away and is back is compared as a lost link is, and not every comparison reports a gap. */
const REPORT_MS = 2_000;

type Write = (wrapupMs: undefined) => void;

export class LostSegments {
  readonly #waiting = new Set<Write>();
  #timer: Timer | undefined;

  constructor(private readonly clock: Clock) {}

  add(write: Write): void {
    this.#waiting.add(write);
    this.#timer ??= this.clock.after(REPORT_MS, () => this.flush());
  }

  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const write of [...this.#waiting]) {
      this.#waiting.delete(write);
      write(undefined);
    }
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#waiting.clear();
  }
}
