/**
 * Follows calls through events: the connection an event concerns, its agent, the journey it belongs to, and the call a
 * consult call is about. It does not decide what pops.
 */
import type { Args } from '../../ctios/transport.js';
import { agentOfEvent, type FindAgent } from '../agents.js';
import { callTypeOf, journeyIn, numberArgumentOf, readCall, textOf } from '../arguments.js';
import type { ContactEvent } from '../types.js';
import { Consults } from './consults.js';
import type { Connection } from './visit.js';
import type { VisitBook } from './visits.js';

/** The result of an event. */
export interface Followed {
  readonly connection: Connection;
  readonly ended: boolean;
  /** Consult calls whose original call has become known with this event. */
  readonly linked: readonly Connection[];
}

/**
 * The events with which a session's calls start. Other events that name an unknown call may arrive after its end: the
 * response to a request, media streams, a silently monitored call.
 */
const BEGINNINGS = new Set(['OnCallBegin', 'OnSnapshotCallConf']);
/** Occurs only at the calling end. */
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
    const connection = known ?? connections.begin(id, isSnapshot(event), event);
    this.#learn(connection, event, renamed === true);
    const linked = [...this.#joined(connection, event), ...this.#consults.resolve()];
    for (const each of linked) this.#adoptJourney(each);
    if (ended) this.#consults.end(connection, (each) => this.#contactOf(each));
    return { connection, ended, linked };
  }

  /** The journey that identifies the connection's contact. */
  journeyOf(connection: Connection): string {
    const { original } = connection;
    if (original !== undefined && !original.hungUp) return this.#contactOf(original);
    const call = connection.call?.properties() ?? {};
    return this.book.connections.journeyOf(connection, textOf(call.ANI) || textOf(call.CallingDeviceID));
  }

  /** The same, if known: a call's number may become known after it begins. */
  knownJourney(connection: Connection): string | undefined {
    const { original } = connection;
    if (original === undefined || original.hungUp) return this.book.connections.knownJourney(connection);
    return this.#contactOf(original);
  }

  /**
   * The journey of the contact that a consult call's original call belongs to: the call that the original was itself
   * about may have ended, but its agent's visit is still the same. The same applies to an agent without a visit: the
   * journey of a call must not depend on whose screens pop.
   */
  #contactOf(original: Connection): string {
    return original.visit?.journey ?? original.contact ?? this.journeyOf(original);
  }

  clear(): void {
    this.#consults.clear();
  }

  /** The connection continues under another id; if that id is already known, the two are merged. */
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

  /**
   * Reads the data that identify the connection from an event: its agent, its type, its side of the call, its journey.
   */
  #learn(connection: Connection, event: ContactEvent, renamed: boolean): void {
    const { args } = event;
    if (event.call !== undefined) connection.call = event.call;
    const call: Args = { ...readCall(event), ...args };
    const instrument = textOf(call.DeviceID);
    if (instrument !== undefined) this.book.connections.alias(connection, instrument);
    const peripheral = numberArgumentOf(connection.parts.peripheral);
    connection.agent ??= agentOfEvent(event, { instruments: connection.devices, peripheral }, this.findAgent);
    connection.type ??= callTypeOf(call);
    connection.status = numberArgumentOf(call.CallStatus) ?? connection.status;
    if (ORIGINATES.has(event.event)) connection.side = 'origin';
    this.#consults.begin(connection, call);
    // The first id seen determines the journey; only joining calls changes it.
    const journey = journeyIn(args) ?? journeyIn(call);
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

  /** Assigns the contact to the customer's journey, under which it can be found. Its key does not change. */
  #adoptJourney(connection: Connection): void {
    delete connection.contact;
    const { visit } = connection;
    if (visit === undefined || visit.source !== connection) return;
    visit.journey = this.journeyOf(connection);
    this.book.name(visit, visit.journey);
  }
}

export function isSnapshot(event: ContactEvent): boolean {
  return event.recovered === true || event.event === 'OnSnapshotCallConf';
}
