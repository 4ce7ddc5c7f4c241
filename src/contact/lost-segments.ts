/** Segments that ended while the session was disconnected: they are recorded once the length of the gap is known. */
import type { Clock, Timer } from '../common/clock.js';

/** The comparison after the switch was off-line resembles that after a lost link, but does not always report a gap. */
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
