/**
 * Checks invariants of a contact center's events as they are published: each connection has one beginning, one end
 * and only legal transitions in between.
 */
import type { CallEvent, ConnectionRef, TelephonyEvent, TelephonyEventOf } from './model/state/types.js';
import type { Center } from './server/center.js';
import { isRenaming } from './server/messages/call-messages.js';

/** Legal transitions of LocalConnectionState. */
const nextStates: Readonly<Record<number, readonly number[]>> = {
  0: [0, 1, 2, 3, 5, 6],
  1: [0, 1, 2, 3, 5, 6],
  2: [0, 2, 3, 5, 6],
  3: [0, 3, 4, 5, 6],
  4: [0, 3, 4, 6],
  5: [0, 2, 3, 5, 6],
  6: [0, 6],
};
/** Maximum number of violations to keep; one is enough to find the cause. */
const MAX_KEPT = 100;

export class Invariants {
  /** The state of each connection in progress. */
  readonly #live = new Map<string, number>();
  readonly #broken: string[] = [];

  constructor(private readonly center: Center) {
    center.listen((event) => this.#hear(event));
  }

  /** All violations so far, including those of the current state. */
  check(): readonly string[] {
    const now: string[] = [];
    const present = new Set<string>();
    for (const call of this.center.calls()) {
      for (const each of call.connections) present.add(`${call.peripheralId}.${call.callId}.${each.deviceId}`);
    }
    for (const key of this.#live.keys()) {
      if (!present.has(key)) now.push(`connection ${key} disappeared without an end`);
    }
    for (const key of present) {
      if (!this.#live.has(key)) now.push(`connection ${key} exists but never began`);
    }
    return [...this.#broken, ...now];
  }

  #hear(event: TelephonyEvent): void {
    if ('views' in event) this.#hearCall(event);
    else if (event.kind === 'agentState' && event.agent.state === event.previous && event.agent.state === 0) {
      this.#note(`agent ${event.agent.agentId} remains in the login state`);
    }
  }

  #hearCall(event: CallEvent): void {
    if (event.kind === 'callDataUpdate' && isRenaming(event)) {
      this.#rename(event);
      return;
    }
    for (const view of event.views) {
      const key = `${event.peripheralId}.${view.callId}.${view.deviceId}`;
      const before = this.#live.get(key);
      if (event.kind === 'callBegin') {
        if (before !== undefined) this.#note(`connection ${key} begins a second time`);
        this.#live.set(key, view.state);
      } else if (before === undefined)
        this.#note(`connection ${key} has the event ${event.kind} before its beginning or after its end`);
      else if (event.kind === 'callEnd') this.#live.delete(key);
      else this.#move(key, before, view.state, event.kind);
    }
  }

  #move(key: string, before: number, after: number, kind: string): void {
    if (!nextStates[before]?.includes(after))
      this.#note(`connection ${key} makes an illegal transition from ${before} to ${after} (${kind})`);
    this.#live.set(key, after);
  }

  #rename({ connection, newConnection }: TelephonyEventOf<'callDataUpdate'>): void {
    const before = keyOf(connection);
    const state = this.#live.get(before);
    if (state === undefined) {
      this.#note(`connection ${before} is renamed before its beginning or after its end`);
      return;
    }
    this.#live.delete(before);
    this.#live.set(keyOf(newConnection), state);
  }

  #note(what: string): void {
    if (this.#broken.length < MAX_KEPT) this.#broken.push(what);
  }
}

function keyOf({ peripheralId, callId, deviceId }: ConnectionRef): string {
  return `${peripheralId}.${callId}.${deviceId}`;
}
