/**
 * Finds the call that a consult call is about: the customer's call that the consulting agent put on hold. A switch gives
 * the consult call a key of its own and the colleague's extension as its ANI; the contact is the customer's all the same.
 */
import type { Args } from '../ctios/transport.js';
import { numberOf, textOf } from './arguments.js';
import type { ConnectionBook } from './connections.js';
import type { Connection } from './visit.js';

const STATUS = { connect: 3, hold: 4 } as const;
/** CallType: consult, consult offered, consult conference, a call for a supervisor's help. */
const CONSULTS: ReadonlySet<number> = new Set([12, 13, 14, 19, 20]);

/** As many as a large contact center has under way; a consult call does not wait longer than thousands of others. */
const MAX_BEGUN = 10_000;

const callKey = ({ parts }: Connection): string => `${parts.peripheral} ${parts.callId}`;

export function isConsult({ type }: Connection): boolean {
  return type !== undefined && CONSULTS.has(type);
}

export class Consults {
  /** Consult calls whose original is not known yet: it may be told of later. */
  readonly #open = new Set<Connection>();
  /** When each of the latest consult calls began, though the caller, or all who had a part in it then, may have left. */
  readonly #begun = new Map<string, number>();

  constructor(private readonly book: ConnectionBook) {}

  /** @param call its properties, for the number of the colleague */
  begin(connection: Connection, call: Args): void {
    if (connection.original !== undefined || connection.found) return;
    if (!isConsult(connection)) {
      // A consult call that is passed on is still about the customer, whatever the switch calls it now.
      const original = this.#originalOfCall(connection);
      if (original !== undefined) this.#follow(connection, original);
      return;
    }
    this.#rememberBegin(connection);
    connection.colleague ??= textOf(call.ANI);
    this.#open.add(connection);
  }

  /**
   * A customer who has hung up is no longer what a colleague is asked about: a phone that has not rung by then sees the
   * colleague. Where the call was joined with the consult call, it goes on there.
   */
  end(connection: Connection): void {
    this.#open.delete(connection);
    if (connection.lastWord === 'transferred' || connection.lastWord === 'conferenced') return;
    connection.hungUp = true;
    for (const consult of connection.consults) {
      if (consult.visit !== undefined) continue;
      connection.consults.delete(consult);
      delete consult.original;
    }
  }

  clear(): void {
    this.#open.clear();
    this.#begun.clear();
  }

  /** @returns the consult calls whose original has become known just now */
  resolve(): Connection[] {
    if (this.#open.size === 0) return [];
    const found: Connection[] = [];
    for (const consult of this.#open) {
      const original = this.#originalOf(consult);
      if (original !== undefined && this.#follow(consult, original)) found.push(consult);
    }
    return found;
  }

  /**
   * A transfer or a conference names both calls: the secondary one was about the primary one.
   * @returns as above
   */
  joined(peripheral: string, args: Args): Connection[] {
    const primary = textOf(args.PrimaryCallID);
    const secondary = textOf(args.SecondaryCallID);
    if (primary === undefined || secondary === undefined || primary === secondary) return [];
    const [original] = this.book.ofCall({ peripheral, callId: primary });
    if (original === undefined) return [];
    return [...this.book.ofCall({ peripheral, callId: secondary })].filter(
      (each) => this.#open.has(each) && this.#follow(each, original),
    );
  }

  /** The first connection has become one with the second: what it was about, and what is about it, is the second's. */
  merge(gone: Connection, stays: Connection): void {
    this.#open.delete(gone);
    for (const consult of [...gone.consults]) this.#follow(consult, stays);
    if (gone.original === undefined) return;
    gone.original.consults.delete(gone);
    if (stays.original === undefined) this.#follow(stays, gone.original);
  }

  /** @returns false where the original is itself about the consult call: of two calls, one is the customer's */
  #follow(consult: Connection, original: Connection): boolean {
    if (isAbout(original, consult)) return false;
    this.#open.delete(consult);
    consult.original?.consults.delete(consult);
    consult.original = original;
    original.consults.add(consult);
    return true;
  }

  /** Another party of the same call has found it. */
  #originalOfCall(connection: Connection): Connection | undefined {
    for (const { original } of this.book.ofCall(connection.parts))
      if (original !== undefined && !original.hungUp) return original;
    return undefined;
  }

  #originalOf(consult: Connection): Connection | undefined {
    const known = this.#originalOfCall(consult);
    if (known !== undefined) return known;
    const legs = [...this.book.ofCall(consult.parts)].filter((each) => each !== consult);
    if (consult.side === 'origin') return this.#otherCallAt(consult, consult.devices);
    return this.#otherCallAt(consult, colleaguesOf(consult, legs));
  }

  #rememberBegin(consult: Connection): void {
    const key = callKey(consult);
    if (this.#begun.has(key)) return;
    this.#begun.set(key, consult.begun);
    if (this.#begun.size <= MAX_BEGUN) return;
    for (const oldest of this.#begun.keys()) {
      this.#begun.delete(oldest);
      break;
    }
  }

  /** A call for help may itself be what is on hold; of two that nobody can tell apart, neither is about the other. */
  #isOriginal(call: Connection, consult: Connection): boolean {
    if (isAbout(call, consult)) return false;
    return !this.#open.has(call) || (call.status === STATUS.hold && consult.status !== STATUS.hold);
  }

  /** The call on hold at one of these devices, or else the only other one there. */
  #otherCallAt(consult: Connection, devices: Iterable<string>): Connection | undefined {
    const others = new Set<Connection>();
    // What came later is not what the call was made for.
    const begun = Math.min(
      this.#begun.get(callKey(consult)) ?? consult.begun,
      ...Array.from(this.book.ofCall(consult.parts), (each) => each.begun),
    );
    for (const device of devices)
      for (const each of this.book.at(consult.parts.peripheral, device))
        if (each.begun <= begun && this.#isOriginal(each, consult)) others.add(each);
    const held = [...others].filter(({ status }) => status === STATUS.hold);
    if (held.length > 0) return held.length === 1 ? held[0] : latest(held);
    const talking = [...others].filter(({ status }) => status === STATUS.connect);
    return talking.length === 1 ? talking[0] : undefined;
  }
}

/**
 * Devices of the colleague who consults. The ANI counts only where nothing else tells: it may be that of the call that
 * is consulted about, and so the number of an agent who has another customer by now.
 */
function colleaguesOf(consult: Connection, legs: readonly Connection[]): Iterable<string> {
  const origin = legs.find(({ side }) => side === 'origin');
  if (origin !== undefined) return origin.devices;
  const unknown = legs.filter(({ side }) => side === undefined).flatMap(({ devices }) => [...devices]);
  const calling = textOf(consult.call?.properties().CallingDeviceID);
  if (calling !== undefined && calling !== '') return [...unknown, calling];
  // Who calls may be told only when it rings.
  return consult.status === undefined || consult.colleague === undefined ? unknown : [...unknown, consult.colleague];
}

/** CallStatus of the connection, as far as an event says. */
export function statusOf(args: Args, call: Args): number | undefined {
  return numberOf(args.CallStatus) ?? numberOf(call.CallStatus);
}

/** Whether the connection is of this consult call, or of one that is consulted about it. */
function isAbout(connection: Connection, { parts }: Connection): boolean {
  for (let each: Connection | undefined = connection; each !== undefined; each = each.original)
    if (each.parts.callId === parts.callId && each.parts.peripheral === parts.peripheral) return true;
  return false;
}

function latest(connections: readonly Connection[]): Connection {
  return connections.reduce((one, other) => (other.begun >= one.begun ? other : one));
}
