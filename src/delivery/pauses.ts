/** Receivers that have asked to wait: until then, no other delivery is sent to the same address. */
import type { Clock } from '../common/clock.js';

export class Pauses {
  /** By address, on the monotonic clock. */
  readonly #until = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** Sends nothing to this address for the given time. */
  begin(url: string, ms: number): void {
    const now = this.clock.monotonic();
    for (const [address, until] of this.#until) if (until <= now) this.#until.delete(address);
    const address = addressOf(url);
    this.#until.set(address, Math.max(now + ms, this.#until.get(address) ?? 0));
  }

  /** Whether the address is paused. */
  has(url: string): boolean {
    return this.#until.size > 0 && (this.#until.get(addressOf(url)) ?? 0) > this.clock.monotonic();
  }

  /** Milliseconds until the next pause ends; undefined if there is none. */
  get next(): number | undefined {
    const now = this.clock.monotonic();
    const left = [...this.#until.values()].map((until) => until - now).filter((ms) => ms > 0);
    return left.length === 0 ? undefined : Math.min(...left);
  }
}

/** A receiver limits requests to a service, whatever their parameters. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
