/**
 * Keeps the process alive while a session waits to reach its server again. An open socket does that by itself, and the
 * clock's timers, by design, do not: a program would end, without a word, in the pause between two attempts.
 */
import type { ConnectionState } from './connection-states.js';

const ASLEEP: ReadonlySet<ConnectionState> = new Set(['disconnected', 'rejected']);
/** The longest that a timer takes: it is there to be there. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export class ProcessKeepAlive {
  #handle: NodeJS.Timeout | undefined;

  follow(state: ConnectionState): void {
    if (ASLEEP.has(state)) {
      clearInterval(this.#handle);
      this.#handle = undefined;
    } else this.#handle ??= setInterval(() => {}, MAX_TIMER_MS);
  }
}
