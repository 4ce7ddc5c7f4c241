/**
 * The connections of a session as legs of journeys: each is timed from its beginning, and assigned once its journey is
 * known.
 */
import type { Args } from '../ctios/transport.js';
import {
  betterCalled,
  type Connection,
  type ContactEvent,
  contactData,
  isConsult,
  readCalled,
  readCaller,
  readFields,
  textOf,
  type VisitFollower,
} from '../screenpop/index.js';
import type { Journey, Journeys } from './journeys.js';
import { Leg } from './leg.js';
import type { ContactSettings } from './types.js';

export class Legs {
  readonly #legs = new WeakMap<Connection, Leg>();
  /** The journey in which a leg is counted; absent until it is known. */
  readonly #placed = new Map<Leg, Journey>();

  constructor(
    private readonly visits: VisitFollower,
    private readonly journeys: Journeys,
    private readonly settings: () => ContactSettings,
  ) {}

  get(connection: Connection): Leg | undefined {
    return this.#legs.get(connection);
  }

  /**
   * Handles an event for the leg that it ends, before records are written.
   * @returns the leg that continues under another id
   */
  before({ event, args, time, recovered }: ContactEvent): Leg | undefined {
    if (event === 'OnCallEnd') {
      const leg = this.#byId(args.UniqueObjectID);
      if (leg?.open) leg.end(time, recovered !== true);
    }
    return this.#byId(args.OldUniqueObjectID);
  }

  /** @param before the leg that previously had another id */
  seen(connection: Connection, event: ContactEvent, before: Leg | undefined): Leg {
    // Two connections have become one; the other one continues.
    if (before !== undefined && before.connection !== connection) this.ended(before, event);
    let leg = this.#legs.get(connection);
    if (leg === undefined) {
      leg = new Leg(connection, event.time);
      this.#legs.set(connection, leg);
    }
    if (leg.open && event.event !== 'OnCallEnd') leg.enter(connection.status, event.time, isSeen(event));
    return leg;
  }

  /** Assigns the leg to its journey as soon as that is known, and reads the event's information about the queue. */
  place(leg: Leg, event: ContactEvent): void {
    const { connection } = leg;
    const ended = event.event === 'OnCallEnd';
    if (!this.#placed.has(leg)) {
      const waits = isConsult(connection) && connection.original === undefined && connection.visit === undefined;
      const name = waits && !ended ? undefined : this.visits.knownJourney(connection);
      if (name !== undefined) this.#placeIn(leg, name);
      else if (ended) this.#placeIn(leg, this.visits.journeyOf(connection));
    } else if (connection.reserved && connection.journey !== undefined) this.moved(connection, connection.journey);
    if (!isSeen(event)) return;
    if (event.event === 'OnCallQueuedEvent') this.#placed.get(leg)?.queued(event.time);
    else if (event.event === 'OnCallDequeuedEvent') this.#placed.get(leg)?.dequeued(event.time);
  }

  /** A consult call was found to be about another contact, or a campaign's call for the customer of a reservation. */
  moved(connection: Connection, name: string): void {
    const leg = this.#legs.get(connection);
    const old = leg && this.#placed.get(leg);
    if (leg === undefined || old?.name === name) return;
    old?.legs.delete(leg);
    this.#placeIn(leg, name);
    if (old !== undefined && old.legs.size === 0 && old.segments.size === 0) this.journeys.drop(old);
  }

  ended(leg: Leg, event: ContactEvent): void {
    const seen = isSeen(event);
    if (leg.open) leg.end(event.time, seen);
    const journey = this.#placed.get(leg);
    this.#placed.delete(leg);
    if (journey === undefined) return;
    journey.legEnded(event.time, seen);
    this.journeys.check(journey);
  }

  describe(journey: Journey, connection: Connection): void {
    if (isConsult(connection)) return;
    const call = contactData(connection, undefined);
    journey.learnCaller(readCaller(call, this.settings()));
    journey.called = betterCalled(journey.called, readCalled(call, connection.type, this.settings()));
    journey.dialed ??= dialedNumber(call);
    journey.fields = { ...journey.fields, ...readFields(call, this.settings().fields) };
  }

  clear(): void {
    this.#placed.clear();
  }

  #placeIn(leg: Leg, name: string): void {
    const journey = this.journeys.of(name);
    const { connection } = leg;
    this.#placed.set(leg, journey);
    journey.add(leg, this.visits.isWantedType(connection.type));
    this.describe(journey, connection);
  }

  #byId(id: unknown): Leg | undefined {
    const connection = this.visits.book.connections.get(textOf(id) ?? '');
    return connection && this.#legs.get(connection);
  }
}

/** The dialed number, as received from the switch. */
export function dialedNumber(call: Args): string | undefined {
  return textOf(call.DialedNumber) ?? textOf(call.DNIS);
}

function isSeen({ event, recovered }: ContactEvent): boolean {
  return recovered !== true && event !== 'OnSnapshotCallConf';
}
