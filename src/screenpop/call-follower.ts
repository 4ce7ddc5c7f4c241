/**
 * Follows calls through what happens to them: which connection an event is about, whose it is, which journey it belongs
 * to, and which call a consult call is about. It decides nothing about what pops.
 */
import type { Args } from '../ctios/transport.js';
import { agentOf, type FindAgent } from './agents.js';
import { numberOf, readCall, textOf } from './arguments.js';
import { Consults } from './consults.js';
import type { ContactEvent } from './types.js';
import type { Connection } from './visit.js';
import type { VisitBook } from './visits.js';

/** What an event was about. */
export interface Followed {
  readonly connection: Connection;
  readonly ended: boolean;
  /** Consult calls whose original has become known with it. */
  readonly linked: readonly Connection[];
}

/**
 * What a session's calls start with. Whatever else names a call that is not known may come after its end: the answer to
 * a request, voice streams, what a supervisor overhears.
 */
const BEGINNINGS = new Set(['OnCallBegin', 'OnSnapshotCallConf']);
/** Seen only at the end of a call that dials. */
const ORIGINATES = new Set(['OnCallServiceInitiatedEvent', 'OnCallServiceInitiated', 'OnCallOriginated']);

export class CallFollower {
  readonly #consults: Consults;

  constructor(
    private readonly book: VisitBook,
    private readonly findAgent: FindAgent | undefined,
  ) {
    this.#consults = new Consults(book.connections);
  }

  /** @param id UniqueObjectID of a call */
  follow(event: ContactEvent, id: string): Followed | undefined {
    const { connections } = this.book;
    const ended = event.event === 'OnCallEnd';
    const before = textOf(event.args.OldUniqueObjectID);
    const renamed = before !== undefined && before !== id && this.#rename(before, id);
    const known = connections.get(id);
    if (known === undefined && !BEGINNINGS.has(event.event)) return undefined;
    const connection = known ?? connections.begin(id, isSnapshot(event), event.time);
    this.#learn(connection, event, renamed === true);
    const linked = [...this.#joined(connection, event), ...this.#consults.resolve()];
    for (const each of linked) this.#adoptJourney(each);
    if (ended) this.#consults.end(connection);
    return { connection, ended, linked };
  }

  /** The journey that the connection's contact is named by. */
  journeyOf(connection: Connection): string {
    const { original } = connection;
    if (original !== undefined && !original.hungUp) return this.journeyOf(original);
    const call = connection.call?.properties() ?? {};
    return this.book.connections.journeyOf(connection, textOf(call.ANI) || textOf(call.CallingDeviceID));
  }

  /** The same, as far as it can be told already: a call's number may become known after its beginning. */
  knownJourney(connection: Connection): string | undefined {
    const { original } = connection;
    if (original === undefined || original.hungUp) return this.book.connections.knownJourney(connection);
    return this.journeyOf(original);
  }

  clear(): void {
    this.#consults.clear();
  }

  /** The connection goes on under another id; if that id is known already, the two are one from now on. */
  #rename(from: string, to: string): boolean {
    const { connections } = this.book;
    const connection = connections.get(from);
    if (connection === undefined) return false;
    const other = connections.rename(connection, to);
    if (other === undefined) return true;
    const { visit } = connection;
    if (visit !== undefined && other.visit === undefined) this.book.join(visit, other);
    visit?.connections.delete(connection);
    if (visit?.source === connection) visit.source = other;
    other.side ??= connection.side;
    this.#consults.merge(connection, other);
    return true;
  }

  /** Takes from an event what identifies the connection: its agent, its type, its end of the call, its journey. */
  #learn(connection: Connection, event: ContactEvent, renamed: boolean): void {
    const { args } = event;
    if (event.call !== undefined) connection.call = event.call;
    const call: Args = { ...readCall(event), ...args };
    const instrument = textOf(call.DeviceID);
    if (instrument !== undefined) this.book.connections.alias(connection, instrument);
    const peripheral = numberOf(connection.parts.peripheral);
    connection.agent ??= agentOf(event, { instruments: connection.devices, peripheral }, this.findAgent);
    connection.type ??= numberOf(call.CallType);
    connection.status = numberOf(call.CallStatus) ?? connection.status;
    if (ORIGINATES.has(event.event)) connection.side = 'origin';
    this.#consults.begin(connection, call);
    // The first id that a connection is seen with is its journey for good; only joining calls gives it another.
    const journey = textOf(args.ICMEnterpriseUniqueID) ?? textOf(call.ICMEnterpriseUniqueID);
    if (journey !== undefined && (!connection.journeyKnown || renamed)) this.#identify(connection, journey);
    if (renamed) this.#adoptJourney(connection);
  }

  #identify(connection: Connection, journey: string): void {
    connection.journeyKnown = true;
    connection.journey = journey;
    if (connection.visit !== undefined) this.book.name(connection.visit, journey);
  }

  #joined({ parts }: Connection, { event, args }: ContactEvent): Connection[] {
    if (event !== 'OnCallTransferred' && event !== 'OnCallConferenced') return [];
    return this.#consults.joined(parts.peripheral, args);
  }

  /** The contact belongs to the customer's journey from now on, and can be found under it. Its key stays. */
  #adoptJourney(connection: Connection): void {
    const { visit } = connection;
    if (visit === undefined || visit.source !== connection) return;
    visit.journey = this.journeyOf(connection);
    this.book.name(visit, visit.journey);
  }
}

export function isSnapshot(event: ContactEvent): boolean {
  return event.recovered === true || event.event === 'OnSnapshotCallConf';
}
