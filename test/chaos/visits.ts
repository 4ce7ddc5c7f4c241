/**
 * Which screens ought to pop, counted in the simulated center itself and knowing nothing of the product: a customer's
 * call rings at an agent's phone; it is the same visit as long as that phone has any connection of the same journey.
 */
import type { ContactCenter } from '../../src/simulator/model/contact-center.js';
import type { AgentStateEvent, CallEvent, EventView, TelephonyEvent } from '../../src/simulator/model/state/events.js';

/** CallTypes that bring a customer, as docs and help of the screen pop list them. */
const INBOUND = new Set([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 41]);
const INITIATE = 1;
const ALERTING = 2;
const LOGGED_OUT = 1;
/** A consulted agent's leg may end just before the joined call takes its place. */
const HANDOVER_MS = 2_000;
const JOINED_MS = 10_000;
/** Who logs in so long after a call was answered takes it over; the call was not brought to them. */
const LATE_AGENT_MS = 10_000;

/** So late is told, at some sites, that an agent has logged out. */
const LATE_MS = 500;

interface Unattended {
  readonly event: CallEvent;
  readonly view: EventView;
  /** When it was answered; undefined while it rings. */
  readonly answeredAt: number | undefined;
}

interface Visit {
  readonly connections: Set<string>;
  rang: boolean;
  leftAt: number;
}

export class Visits {
  /** Visits whose phone rang, by `<journey>/<agent>`. */
  readonly rung = new Map<string, number>();
  readonly #open = new Map<string, Visit>();
  /** Calls at the phone of an agent who had just left or just come, of whom that was not told yet: may have popped or not. */
  readonly unsure = new Map<string, number>();
  /** Who logged out last at a phone. */
  readonly #left = new Map<string, { agentId: string; time: number }>();
  readonly #visitOf = new Map<string, string>();
  /** Connections that began at this end. */
  readonly #dialled = new Set<string>();
  /** What rings, or was answered, at a phone where nobody is logged in. */
  readonly #unattended = new Map<string, Unattended>();
  /** When the consult call was joined with the call it was about, for its connections that do not go on as part of that. */
  readonly #joined = new Map<string, number>();

  constructor(private readonly center: ContactCenter) {
    center.listen((event) => this.#hear(event));
  }

  #hear(event: TelephonyEvent): void {
    if (event.kind === 'agentState') this.#agent(event);
    if (!('views' in event)) return;
    for (const view of event.views) if (view.kind === 'agentPhone') this.#see(event, view);
  }

  #see(event: CallEvent, view: EventView): void {
    const key = `${view.callId}.${view.deviceId}`;
    if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId) {
      this.#move(`${event.connection.callId}.${view.deviceId}`, key);
    }
    // Who joins two calls, or was in the one that goes on, leaves it by hanging up: what comes then is another visit.
    if (event.kind === 'callTransferred' || event.kind === 'callConferenced') {
      const joins = event.primary.deviceId === view.deviceId;
      if (!joins && view.callId === event.secondary.callId) this.#joined.set(key, event.time);
    }
    if (event.kind === 'callEnd') {
      this.#leave(key, event.time);
      return;
    }
    if (view.state === INITIATE) this.#dialled.add(key);
    if (view.agentId !== undefined) {
      const name = this.#nameOf(event, view.agentId);
      const visit = this.#visit(key, name, event.time);
      if (this.#comes(event, view, key)) this.#ring(visit, name, view);
    } else if (this.#comes(event, view, key)) {
      const left = this.#left.get(`${event.peripheralId}.${view.deviceId}`);
      if (left !== undefined && event.time - left.time <= LATE_MS) this.#isUnsure(this.#nameOf(event, left.agentId));
      const answeredAt = event.kind === 'callEstablished' ? event.time : undefined;
      this.#unattended.set(key, { event, view, answeredAt });
    }
  }

  /** An agent who sits down at a phone that rings sees the customer. */
  #agent({ agent, time, previous }: AgentStateEvent): void {
    if (agent.state === LOGGED_OUT) {
      const phone = `${agent.peripheralId}.${agent.instrument}`;
      if (previous !== LOGGED_OUT) this.#left.set(phone, { agentId: agent.agentId, time });
      return;
    }
    for (const [key, { event, view, answeredAt }] of this.#unattended) {
      if (view.deviceId !== agent.instrument || event.peripheralId !== agent.peripheralId) continue;
      this.#unattended.delete(key);
      if (answeredAt !== undefined && time - answeredAt > LATE_AGENT_MS) continue;
      const name = this.#nameOf(event, agent.agentId);
      // It may be over before the agent's event has come.
      this.#isUnsure(name);
      this.#ring(this.#visit(key, name, time), name, view);
    }
  }

  #isUnsure(name: string): void {
    this.unsure.set(name, (this.unsure.get(name) ?? 0) + 1);
  }

  #comes(event: CallEvent, view: EventView, key: string): boolean {
    if (event.kind === 'callDelivered') return view.state === ALERTING;
    return event.kind === 'callEstablished' && event.answering.id === view.deviceId && !this.#dialled.has(key);
  }

  #ring(visit: Visit, name: string, view: EventView): void {
    if (visit.rang || !INBOUND.has(view.callType)) return;
    visit.rang = true;
    this.rung.set(name, (this.rung.get(name) ?? 0) + 1);
  }

  /** A consultation, and one about a consultation, belongs to the contact it is about, whatever key the switch gives it. */
  #nameOf({ peripheralId, callId, call }: CallEvent, agentId: string): string {
    let facts = call;
    const seen = new Set([callId]);
    for (let about = this.center.call(peripheralId, callId)?.consultOf; about !== undefined && !seen.has(about); ) {
      seen.add(about);
      const original = this.center.call(peripheralId, about);
      if (original === undefined) break;
      facts = original.facts;
      about = original.consultOf;
    }
    const key = facts.routerCallKey;
    return `icm.${key.day}.${key.callId}/${agentId}`;
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
    const unattended = this.#unattended.get(from);
    if (unattended !== undefined) this.#unattended.set(to, unattended);
    this.#unattended.delete(from);
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
    const joinedAt = this.#joined.get(key) ?? -JOINED_MS;
    if (visit?.connections.size === 0) visit.leftAt = time - joinedAt < JOINED_MS ? time : -HANDOVER_MS;
    this.#joined.delete(key);
    this.#dialled.delete(key);
    this.#unattended.delete(key);
  }
}
