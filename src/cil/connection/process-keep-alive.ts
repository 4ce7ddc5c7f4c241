/**
 * Keeps the process alive while a session waits to reconnect. An open socket does that already, but the clock's timers
 * by design do not: without this a program would exit silently during the delay between two attempts.
 */
import type { ConnectionState } from './connection-states.js';

const ASLEEP: ReadonlySet<ConnectionState> = new Set(['disconnected', 'rejected']);
/** The longest interval of a timer: it only has to exist. */
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
