/**
 * Which screens ought to pop, counted in the simulated center itself and knowing nothing of the product: a customer's
 * call rings at an agent's phone; it is the same visit as long as that phone has any connection of the same journey.
 */
import type { ContactCenter } from '../../src/simulator/model/contact-center.js';
import type { CallEvent, EventView, TelephonyEvent } from '../../src/simulator/model/state/events.js';

/** CallTypes that bring a customer, as docs and help of the screen pop list them. */
const INBOUND = new Set([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 41]);
const INITIATE = 1;
const ALERTING = 2;
/** A consulted agent's leg may end just before the joined call takes its place. */
const HANDOVER_MS = 2_000;

interface Visit {
  readonly connections: Set<string>;
  rang: boolean;
  leftAt: number;
}

export class Visits {
  /** Visits whose phone rang, by `<journey>/<agent>`. */
  readonly rung = new Map<string, number>();
  readonly #open = new Map<string, Visit>();
  readonly #visitOf = new Map<string, string>();
  /** Connections that began at this end. */
  readonly #dialled = new Set<string>();
  /** Connections of calls that were joined. */
  readonly #joined = new Set<string>();

  constructor(private readonly center: ContactCenter) {
    center.listen((event) => this.#hear(event));
  }

  #hear(event: TelephonyEvent): void {
    if (!('views' in event)) return;
    for (const view of event.views) if (view.kind === 'agentPhone') this.#see(event, view);
  }

  #see(event: CallEvent, view: EventView): void {
    const key = `${view.callId}.${view.deviceId}`;
    if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId) {
      this.#move(`${event.connection.callId}.${view.deviceId}`, key);
    }
    // Who transfers a call is rid of it: should it be routed straight back, that is another visit.
    const leaves = event.kind === 'callTransferred' && event.transferring.id === view.deviceId;
    if (!leaves && (event.kind === 'callTransferred' || event.kind === 'callConferenced')) this.#joined.add(key);
    if (event.kind === 'callEnd') this.#leave(key, event.time);
    else if (view.agentId !== undefined) {
      // A consultation belongs to the contact it is about, whatever key the switch gives it.
      const about = this.center.call(event.peripheralId, event.callId)?.consultOf;
      const original = about === undefined ? undefined : this.center.call(event.peripheralId, about);
      const { day, callId } = (original?.facts ?? event.call).routerCallKey;
      const name = `icm.${day}.${callId}/${view.agentId}`;
      const visit = this.#visit(key, name, event.time);
      if (view.state === INITIATE) this.#dialled.add(key);
      const rings = event.kind === 'callDelivered' && view.state === ALERTING;
      // Who sits down at a phone that rings sees the customer when the call is answered.
      const answers =
        event.kind === 'callEstablished' && event.answering.id === view.deviceId && !this.#dialled.has(key);
      if (!(rings || answers) || visit.rang || !INBOUND.has(view.callType)) return;
      visit.rang = true;
      this.rung.set(name, (this.rung.get(name) ?? 0) + 1);
    }
  }

  /** A connection belongs to the journey that it was first seen with. */
  #visit(key: string, name: string, time: number): Visit {
    const known = this.#visitOf.get(key) ?? name;
    this.#visitOf.set(key, known);
    let visit = this.#open.get(known);
    if (visit === undefined || (visit.connections.size === 0 && time - visit.leftAt > HANDOVER_MS)) {
      visit = { connections: new Set(), rang: false, leftAt: 0 };
      this.#open.set(known, visit);
    }
    visit.connections.add(key);
    return visit;
  }

  #move(from: string, to: string): void {
    const name = this.#visitOf.get(from);
    if (name === undefined) return;
    this.#visitOf.delete(from);
    this.#visitOf.set(to, name);
    const visit = this.#open.get(name);
    if (visit?.connections.delete(from)) visit.connections.add(to);
  }

  #leave(key: string, time: number): void {
    const name = this.#visitOf.get(key);
    this.#visitOf.delete(key);
    const visit = name === undefined ? undefined : this.#open.get(name);
    visit?.connections.delete(key);
    if (visit?.connections.size === 0) visit.leftAt = this.#joined.has(key) ? time : -HANDOVER_MS;
    this.#joined.delete(key);
    this.#dialled.delete(key);
  }
}
