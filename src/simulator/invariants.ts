/**
 * What must always hold of a contact center's story, checked as it is told: each connection's life has one beginning,
 * one end and a legal path between them, and an agent is in one state.
 */
import type { CallEvent, ConnectionRef, TelephonyEvent, TelephonyEventOf } from './model/state/types.js';
import type { Center } from './server/center.js';
import { isRenaming } from './server/messages/call-messages.js';

/** LocalConnectionStates that may follow each other at one connection. */
const nextStates: Readonly<Record<number, readonly number[]>> = {
  0: [0, 1, 2, 3, 5, 6],
  1: [0, 1, 2, 3, 5, 6],
  2: [0, 2, 3, 5, 6],
  3: [0, 3, 4, 5, 6],
  4: [0, 3, 4, 6],
  5: [0, 2, 3, 5, 6],
  6: [0, 6],
};
/** More are not kept: one is enough to look for the fault. */
const MAX_KEPT = 100;

export class Invariants {
  /** The state of each connection that has begun and not ended. */
  readonly #live = new Map<string, number>();
  readonly #broken: string[] = [];

  constructor(private readonly center: Center) {
    center.listen((event) => this.#hear(event));
  }

  /** Everything that was broken so far, and whatever does not fit now. */
  check(): readonly string[] {
    const now: string[] = [];
    const present = new Set<string>();
    for (const call of this.center.calls()) {
      for (const each of call.connections) present.add(`${call.peripheralId}.${call.callId}.${each.deviceId}`);
    }
    for (const key of this.#live.keys()) {
      if (!present.has(key)) now.push(`connection ${key} has begun and is gone without an end`);
    }
    for (const key of present) {
      if (!this.#live.has(key)) now.push(`connection ${key} is there and has never begun`);
    }
    return [...this.#broken, ...now];
  }

  #hear(event: TelephonyEvent): void {
    if ('views' in event) this.#hearCall(event);
    else if (event.kind === 'agentState' && event.agent.state === event.previous && event.agent.state === 0) {
      this.#note(`agent ${event.agent.agentId} stays in the state of logging in`);
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
      } else if (before === undefined) this.#note(`connection ${key} has a ${event.kind} outside its life`);
      else if (event.kind === 'callEnd') this.#live.delete(key);
      else this.#move(key, before, view.state, event.kind);
    }
  }

  #move(key: string, before: number, after: number, kind: string): void {
    if (!nextStates[before]?.includes(after)) this.#note(`connection ${key} goes from ${before} to ${after} (${kind})`);
    this.#live.set(key, after);
  }

  #rename({ connection, newConnection }: TelephonyEventOf<'callDataUpdate'>): void {
    const before = keyOf(connection);
    const state = this.#live.get(before);
    if (state === undefined) {
      this.#note(`connection ${before} gets another id outside its life`);
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
