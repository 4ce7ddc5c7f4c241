import type { Clock, Timer } from '../../../common/clock.js';
import type { ServerMessage } from '../../../ctios/transport.js';
import type { ClientLink } from './session-host.js';

/** Messages of a list that go out before the client has to have taken them. */
const PORTION = 500;
/** How long a client may take to read a portion, in milliseconds. */
const PORTION_MS = 10_000;
/** Messages that wait behind a list. */
const MAX_WAITING = 100_000;

/**
 * What is sent to one client, in order. A long list, such as a snapshot, goes out in portions, each when the client's
 * connection has taken the one before: other clients are served in between, and what the list occupies in the socket
 * stays small. What is sent in the meantime waits behind the list.
 */
export class OutgoingMessages {
  /** The list that goes out in portions; absent: what is sent goes out at once. */
  #list: readonly ServerMessage[] | undefined;
  #next = 0;
  #behind: ServerMessage[] = [];
  #listEnded: () => void = () => {};
  #deadline: Timer | undefined;
  #stopped = false;

  /** @param tooSlow called when the client does not take what it is sent */
  constructor(
    private readonly clock: Clock,
    private readonly link: Pick<ClientLink, 'send' | 'flushed'>,
    private readonly tooSlow: () => void,
  ) {}

  send(message: ServerMessage): void {
    if (this.#list === undefined) {
      this.link.send(message);
      return;
    }
    if (this.#behind.length < MAX_WAITING) this.#behind.push(message);
    else this.#fail();
  }

  /** @param ended called once the list has been handed over; what it sends comes directly behind the list */
  sendAll(list: readonly ServerMessage[], ended: () => void): void {
    this.#list = list;
    this.#next = 0;
    this.#listEnded = ended;
    this.#sendPortion();
  }

  /** Sends nothing any more that waits in portions. */
  stop(): void {
    this.#stopped = true;
    this.#deadline?.cancel();
    this.#behind = [];
    this.#list = undefined;
  }

  #sendPortion(): void {
    while (!this.#stopped && this.#list !== undefined) {
      const list = this.#list;
      if (this.#next >= list.length) {
        this.#endList();
        continue;
      }
      const end = Math.min(this.#next + PORTION, list.length);
      for (; this.#next < end && !this.#stopped; this.#next++) this.link.send(list[this.#next]!);
      if (this.link.flushed === undefined || this.#stopped) continue;
      this.#deadline = this.clock.after(PORTION_MS, () => this.#fail());
      this.link.flushed(() => {
        this.#deadline?.cancel();
        this.#sendPortion();
      });
      return;
    }
  }

  #endList(): void {
    const ended = this.#listEnded;
    this.#listEnded = () => {};
    this.#list = undefined;
    ended();
    if (this.#behind.length === 0) return;
    this.#list = this.#behind;
    this.#behind = [];
    this.#next = 0;
  }

  #fail(): void {
    this.stop();
    this.tooSlow();
  }
}
