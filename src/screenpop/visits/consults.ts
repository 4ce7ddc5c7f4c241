/**
 * Finds the call that a consult call is about: the customer's call that the consulting agent put on hold. A switch
 * gives the consult call a key of its own and the colleague's extension as its ANI, but the contact is still the
 * customer's.
 */
import type { Args } from '../../ctios/transport.js';
import { numberArgumentOf, textOf } from '../arguments.js';
import type { ConnectionBook } from './connections.js';
import { sharesData } from './shared-data.js';
import type { Connection } from './visit.js';

const STATUS = { connect: 3, hold: 4 } as const;
/** CallType: consult, consult offered, consult conference, supervisor assist. */
const CONSULTS: ReadonlySet<number> = new Set([12, 13, 14, 19, 20]);

/** The number of calls in progress in a large contact center; a consult call does not outlast thousands of others. */
const MAX_BEGUN = 10_000;

const callKey = ({ parts }: Connection): string => `${parts.peripheral} ${parts.callId}`;

export function isConsult({ type }: Connection): boolean {
  return type !== undefined && CONSULTS.has(type);
}

interface Begun {
  readonly at: number;
  original?: Connection;
}

export class Consults {
  /** Consult calls whose original call is not known yet. It may be reported later. */
  readonly #open = new Set<Connection>();
  /** The latest consult calls; the caller, or even all parties, may have left since. */
  readonly #begun = new Map<string, Begun>();

  constructor(private readonly book: ConnectionBook) {}

  /** @param call its properties, which contain the colleague's number */
  begin(connection: Connection, call: Args): void {
    if (connection.original !== undefined) return;
    if (!isConsult(connection)) {
      // A transferred consult call is still about the customer, whatever its type is now.
      const original = this.#originalOfCall(connection);
      if (original !== undefined) this.#follow(connection, original);
      return;
    }
    this.#rememberBegin(connection);
    connection.colleague ??= textOf(call.ANI);
    if (connection.found) connection.dials ??= textOf(call.DialedNumber);
    this.#open.add(connection);
  }

  /**
   * After a customer has hung up, or was transferred without it, a consult call is no longer about that call: a phone
   * that starts to ring afterwards shows the colleague. If the calls were joined, the consult call continues the contact. Agents who had it keep the
   * contact, whether their screens pop or not.
   * @param contactOf the journey under which its contact is known
   */
  end(connection: Connection, contactOf: (connection: Connection) => string): void {
    this.#open.delete(connection);
    const { lastWord, alone } = connection;
    if (lastWord === 'conferenced' || (lastWord === 'transferred' && !alone)) return;
    for (const consult of connection.consults) if (isHad(consult)) consult.contact = contactOf(connection);
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

  /** @returns the consult calls whose original call has just become known */
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

  /**
   * The first connection was merged into the second, which takes over its original call and the consult calls about it.
   */
  merge(gone: Connection, stays: Connection): void {
    this.#open.delete(gone);
    for (const consult of [...gone.consults]) this.#follow(consult, stays);
    if (gone.original === undefined) return;
    gone.original.consults.delete(gone);
    if (stays.original === undefined) this.#follow(stays, gone.original);
  }

  /** @returns false if the original is itself about the consult call: one of two calls is the customer's */
  #follow(consult: Connection, original: Connection): boolean {
    if (isAbout(original, consult)) return false;
    this.#open.delete(consult);
    consult.original?.consults.delete(consult);
    consult.original = original;
    original.consults.add(consult);
    const begun = this.#begun.get(callKey(consult));
    if (begun !== undefined) begun.original = original;
    return true;
  }

  /**
   * Another party of the same call has found it, now or before: a call may wait in a queue, where no session sees it.
   */
  #originalOfCall(connection: Connection): Connection | undefined {
    for (const { original } of this.book.ofCall(connection.parts))
      if (original !== undefined && !original.hungUp) return original;
    if (this.#begun.size === 0) return undefined;
    const had = this.#begun.get(callKey(connection))?.original;
    return had !== undefined && this.book.get(had.id) === had ? had : undefined;
  }

  #originalOf(consult: Connection): Connection | undefined {
    const known = this.#originalOfCall(consult);
    if (known !== undefined) return known;
    const legs = [...this.book.ofCall(consult.parts)].filter((each) => each !== consult);
    if (consult.found) return hasConsulted(consult, legs) ? this.#onlyHeldAt(consult) : undefined;
    const devices = consult.side === 'origin' ? consult.devices : colleaguesOf(consult, legs);
    const original = this.#otherCallAt(consult, devices);
    // Its beginning was not observed, nor who was on hold then.
    const sawBeginning = !legs.some(({ found }) => found);
    return original !== undefined && (sawBeginning || sharesData(consult, original)) ? original : undefined;
  }

  #rememberBegin(consult: Connection): void {
    const key = callKey(consult);
    if (this.#begun.has(key)) return;
    this.#begun.set(key, { at: consult.begun });
    if (this.#begun.size <= MAX_BEGUN) return;
    for (const oldest of this.#begun.keys()) {
      this.#begun.delete(oldest);
      break;
    }
  }

  /**
   * A supervisor assist call may itself be on hold; if two calls cannot be distinguished, neither is about the other.
   */
  #isOriginal(call: Connection, consult: Connection): boolean {
    if (isAbout(call, consult)) return false;
    return !this.#open.has(call) || (call.status === STATUS.hold && consult.status !== STATUS.hold);
  }

  /**
   * A snapshot does not show in which order the calls began: the original call is the only one that is on hold there,
   * if their data agree. The customer may have hung up before the snapshot, and the call on hold be another customer's.
   */
  #onlyHeldAt(consult: Connection): Connection | undefined {
    if (consult.status === STATUS.hold) return undefined;
    const held = [...this.#othersAt(consult, consult.devices)].filter(({ status }) => status === STATUS.hold);
    return held.length === 1 && sharesData(consult, held[0]!) ? held[0] : undefined;
  }

  /** The call on hold at one of these devices, otherwise the only other call there. */
  #otherCallAt(consult: Connection, devices: Iterable<string>): Connection | undefined {
    const others = this.#othersAt(consult, devices);
    const held = [...others].filter(({ status }) => status === STATUS.hold);
    if (held.length > 0) return latest(held);
    const talking = [...others].filter(({ status }) => status === STATUS.connect);
    return talking.length === 1 ? talking[0] : undefined;
  }

  #othersAt(consult: Connection, devices: Iterable<string>): Set<Connection> {
    const others = new Set<Connection>();
    // The consult call cannot be about a later call.
    const begun = Math.min(
      this.#begun.get(callKey(consult))?.at ?? consult.begun,
      ...Array.from(this.book.ofCall(consult.parts), (each) => each.begun),
    );
    for (const device of devices)
      for (const each of this.book.at(consult.parts.peripheral, device))
        if (each.begun <= begun && this.#isOriginal(each, consult)) others.add(each);
    return others;
  }
}

/** Whether a consult call in a snapshot was made here: its numbers are those of its parties at the beginning. */
function hasConsulted({ call, devices, colleague, dials }: Connection, legs: readonly Connection[]): boolean {
  const calling = textOf(call?.properties().CallingDeviceID);
  if ([colleague, calling].some((number) => number !== undefined && devices.has(number))) return true;
  return dials !== undefined && legs.some((each) => each.devices.has(dials));
}

/** Whether an agent has it: the one who dialed it, or one whose phone has rung. */
function isHad({ agent, side, reached }: Connection): boolean {
  return agent !== undefined && (side === 'origin' || reached !== undefined);
}

/**
 * Devices of the consulting colleague. The ANI counts only if nothing else is known: it may be that of the original
 * call, and therefore the number of an agent who has another customer by now.
 */
function colleaguesOf(consult: Connection, legs: readonly Connection[]): Iterable<string> {
  const origin = legs.find(({ side }) => side === 'origin');
  if (origin !== undefined) return origin.devices;
  const unknown = legs.filter(({ side }) => side === undefined).flatMap(({ devices }) => [...devices]);
  const calling = textOf(consult.call?.properties().CallingDeviceID);
  if (calling !== undefined && calling !== '') return [...unknown, calling];
  // The caller may be reported only when it rings.
  return consult.status === undefined || consult.colleague === undefined ? unknown : [...unknown, consult.colleague];
}

/** CallStatus of the connection, if the event has it. */
export function callStatusOf(args: Args, call: Args): number | undefined {
  return numberArgumentOf(args.CallStatus) ?? numberArgumentOf(call.CallStatus);
}

/** Whether the connection belongs to this consult call, or to one that is about it. */
function isAbout(connection: Connection, { parts }: Connection): boolean {
  for (let each: Connection | undefined = connection; each !== undefined; each = each.original)
    if (each.parts.callId === parts.callId && each.parts.peripheral === parts.peripheral) return true;
  return false;
}

/** @returns undefined if a snapshot has shown several at once: their order is not known */
function latest(connections: readonly Connection[]): Connection | undefined {
  const last = connections.reduce((one, other) => (other.begun >= one.begun ? other : one));
  const unordered = connections.some((each) => each !== last && each.found && last.found && each.begun === last.begun);
  return unordered ? undefined : last;
}
