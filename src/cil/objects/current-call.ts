/**
 * The call that the session's agent works on. The only call at the device is current automatically; if there are
 * several the application chooses; when the current one ends and several remain, it chooses again. Agent mode only: a
 * monitor-mode session has no device. Source: CTI OS Developer Guide, "Current Call".
 */
import type { Call } from './call.js';

export class CurrentCall {
  #calls = new Set<Call>();
  #current: Call | undefined;

  /** @param changed called after each change; undefined: there is no current call */
  constructor(private readonly changed: (call: Call | undefined) => void) {}

  get call(): Call | undefined {
    return this.#current;
  }

  /** The number of calls on the session's device. */
  get count(): number {
    return this.#calls.size;
  }

  has(call: Call): boolean {
    return this.#calls.has(call);
  }

  /** A call exists at the session's own device; repeating this has no effect. */
  present(call: Call): void {
    if (this.#calls.has(call)) return;
    this.#calls.add(call);
    if (this.#calls.size === 1) this.#become(call);
  }

  gone(call: Call): void {
    if (!this.#calls.delete(call)) return;
    if (this.#current === call) this.#become(this.#calls.size === 1 ? [...this.#calls][0] : undefined);
    else if (this.#current === undefined && this.#calls.size === 1) this.#become([...this.#calls][0]);
  }

  /** The application's choice. False if it is current already. */
  choose(call: Call): boolean {
    if (this.#current === call) return false;
    this.#calls.add(call);
    this.#become(call);
    return true;
  }

  /** Without an event, because the session has ended. */
  clear(): void {
    this.#calls.clear();
    this.#current = undefined;
  }

  #become(call: Call | undefined): void {
    this.#current = call;
    this.changed(call);
  }
}
