/** The wait objects of a session: when its connection is closed for good, all waits end. */
import { type EventMask, type WaitHost, WaitObject } from './wait-object.js';

export class WaitObjects {
  readonly #waits = new Set<WaitObject>();

  constructor(private readonly host: WaitHost) {}

  /** @throws CtiosError E_CTIOS_INVALID_EVENTID */
  create(mask: EventMask): WaitObject {
    const wait = new WaitObject(this.host, mask);
    this.#waits.add(wait);
    return wait;
  }

  /** Ends its waits with WAIT_FAILED. */
  destroy(wait: WaitObject): void {
    this.#waits.delete(wait);
    wait.fail();
  }

  failAll(): void {
    for (const wait of this.#waits) wait.fail();
  }
}
