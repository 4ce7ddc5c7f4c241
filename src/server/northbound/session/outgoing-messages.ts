import type { Clock, Timer } from '../../../common/clock.js';
import type { ServerMessage } from '../../../ctios/transport.js';
import type { ClientLink } from './session-host.js';

/** Messages of a list that are sent before the client must have received them. */
const PORTION = 500;
/** How long a client may take to read a portion, in milliseconds. */
const PORTION_MS = 10_000;
/** Maximum number of messages queued behind a list. */
const MAX_WAITING = 100_000;

/**
 * Sends messages to one client, in order. A long list, such as a snapshot, is sent in portions, each when the client's
 * connection has accepted the previous one: other clients are served in between, and the socket buffer stays small.
 * Messages sent in the meantime are queued behind the list.
 */
export class OutgoingMessages {
  /** The list being sent in portions; absent: messages are sent immediately. */
  #list: readonly ServerMessage[] | undefined;
  #next = 0;
  #behind: ServerMessage[] = [];
  /** Since when the first of those waits, and the first of the list if they have become the list; on the monotonic clock. */
  #behindSince = 0;
  #listSince: number | undefined;
  #listEnded: () => void = () => {};
  #deadline: Timer | undefined;
  #stopped = false;

  /** @param tooSlow called when the client does not read */
  constructor(
    private readonly clock: Clock,
    private readonly link: Pick<ClientLink, 'send' | 'flushed'>,
    private readonly tooSlow: () => void,
  ) {}

  /** How long the oldest message has waited behind a list, in milliseconds. */
  get waitMs(): number {
    const since = this.#listSince ?? (this.#behind.length > 0 ? this.#behindSince : undefined);
    return since === undefined ? 0 : this.clock.monotonic() - since;
  }

  send(message: ServerMessage): void {
    if (this.#list === undefined) {
      this.link.send(message);
      return;
    }
    if (this.#behind.length === 0) this.#behindSince = this.clock.monotonic();
    if (this.#behind.length < MAX_WAITING) this.#behind.push(message);
    else this.#fail();
  }

  /** @param ended called once the whole list was sent; what it sends directly follows the list */
  sendAll(list: readonly ServerMessage[], ended: () => void): void {
    this.#list = list;
    this.#next = 0;
    this.#listEnded = ended;
    this.#sendPortion();
  }

  /** Discards everything that is queued. */
  stop(): void {
    this.#stopped = true;
    this.#deadline?.cancel();
    this.#behind = [];
    this.#list = undefined;
    this.#listSince = undefined;
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
    this.#listSince = undefined;
    ended();
    if (this.#behind.length === 0) return;
    this.#list = this.#behind;
    this.#listSince = this.#behindSince;
    this.#behind = [];
    this.#next = 0;
  }

  #fail(): void {
    this.stop();
    this.tooSlow();
  }
}
