/**
 * The expected screen pops, counted in the simulated contact center itself, independently of the product: a customer's
 * call rings at an agent's phone; it is the same visit as long as that phone has any connection of the same journey.
 */
import type { ContactCenter } from '../../src/simulator/model/contact-center.js';
import type { AgentStateEvent } from '../../src/simulator/model/state/events/agent-events.js';
import type { EventView } from '../../src/simulator/model/state/events/call-events.js';
import type { CallEvent, TelephonyEvent } from '../../src/simulator/model/state/events.js';

/** CallTypes of customers' calls, as listed in the docs and the help of the screen pop. */
const INBOUND = new Set([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 41]);
const INITIATE = 1;
const ALERTING = 2;
const LOGGED_OUT = 1;
/** SecondaryCallID of a single-step transfer. */
const NONE = 0xffffffff;
/** A consulted agent's leg may end just before the joined call replaces it. */
const HANDOVER_MS = 2_000;
const JOINED_MS = 10_000;
/** An agent who logs in this long after a call was answered takes it over; the call was not routed to that agent. */
const LATE_AGENT_MS = 10_000;

/** The delay of agent events at some sites. */
const LATE_MS = 500;

interface Unattended {
  readonly event: CallEvent;
  readonly view: EventView;
  /** When it was answered; undefined while it rings. */
  readonly answeredAt: number | undefined;
  /** The contact that it was about when it was joined with another call; its agents may have left since. */
  readonly contact?: string | undefined;
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
  /**
   * Calls at the phone of an agent whose recent log-in or log-out was not reported yet: they may or may not have
   * popped.
   */
  readonly unsure = new Map<string, number>();
  /**
   * The same, by the key of a consult call: if a gap hides that an agent logged in at a ringing phone, or made a
   * consult call, and that the customer then hung up, nothing shows which happened first, and the phone rings for the
   * colleague.
   */
  readonly unseen = new Map<string, number>();
  /** The journey of each call, by the name it has until a session knows its key. */
  readonly #routed = new Map<string, string>();
  /** When an agent last logged in. */
  readonly #came = new Map<string, number>();
  /** The agent who last logged out at a phone. */
  readonly #left = new Map<string, { agentId: string; time: number }>();
  readonly #visitOf = new Map<string, string>();
  /** Connections that began at this end. */
  readonly #dialled = new Set<string>();
  /** Calls that ring, or were answered, at a phone without an agent. */
  readonly #unattended = new Map<string, Unattended>();
  /** The contacts of connections at phones without an agent. */
  readonly #contactAt = new Map<string, string>();
  /**
   * The original call of each consult call: the contact center drops it when the call is transferred, but the customer
   * is the same.
   */
  readonly #abouts = new Map<number, number>();
  /** Connections whose party has transferred the call. */
  readonly #handedOn = new Set<string>();
  /** When the consult call was joined with its original call, for its connections that do not continue in that call. */
  readonly #joined = new Map<string, number>();

  constructor(private readonly center: ContactCenter) {
    center.listen((event) => this.#hear(event));
  }

  /** The journey of a call that was found in a gap: its key may be known only later. */
  routed(journey: string): string {
    return this.#routed.get(journey.split('.').slice(0, 3).join('.')) ?? journey;
  }

  #hear(event: TelephonyEvent): void {
    if (event.kind === 'agentState') this.#agent(event);
    if (!('views' in event)) return;
    for (const view of event.views) if (view.kind === 'agentPhone') this.#see(event, view);
  }

  #see(event: CallEvent, view: EventView): void {
    const { day, callId } = event.call.routerCallKey;
    this.#routed.set(`call.${event.peripheralId}.${event.callId}`, `icm.${day}.${callId}`);
    const key = `${view.callId}.${view.deviceId}`;
    if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId) {
      this.#move(`${event.connection.callId}.${view.deviceId}`, key, { event, view });
    }
    // The party who joins two calls, or was in the remaining one, leaves by hanging up: a later connection is another
    // visit.
    if (event.kind === 'callTransferred' || event.kind === 'callConferenced') {
      const joins = event.primary.deviceId === view.deviceId;
      if (!joins && view.callId === event.secondary.callId) this.#joined.set(key, event.time);
    }
    // A call that is transferred alone leaves behind the consult call about it.
    if (event.kind === 'callTransferred' && event.secondary.callId !== NONE) this.#handedOn.add(key);
    if (event.kind === 'callEnd') {
      if (!this.#handedOn.delete(key)) this.#leavesOriginal(event, view);
      this.#leave(key, event.time);
      return;
    }
    if (view.state === INITIATE) this.#dialled.add(key);
    if (view.agentId !== undefined) {
      const name = this.#nameOf(event, view.agentId);
      const visit = this.#visit(key, name, event.time);
      // The call may end before the agent's event arrives.
      const came = this.#came.get(`${event.peripheralId}.${view.agentId}`);
      if (came !== undefined && event.time - came <= LATE_MS && this.#comes(event, view, key)) this.#isUnsure(name);
      if (this.#comes(event, view, key)) this.#ring(visit, name, event, view);
    } else if (this.#comes(event, view, key)) {
      const left = this.#left.get(`${event.peripheralId}.${view.deviceId}`);
      if (left !== undefined && event.time - left.time <= LATE_MS) this.#isUnsure(this.#nameOf(event, left.agentId));
      const answeredAt = event.kind === 'callEstablished' ? event.time : undefined;
      if (!this.#contactAt.has(key)) this.#contactAt.set(key, this.#askedAbout(event) ?? this.#journeyOf(event));
      this.#unattended.set(key, { event, view, answeredAt });
    }
  }

  /** An agent who logs in at a ringing phone sees the customer. */
  #agent({ agent, time, previous }: AgentStateEvent): void {
    if (agent.state === LOGGED_OUT) {
      const phone = `${agent.peripheralId}.${agent.instrument}`;
      if (previous !== LOGGED_OUT) this.#left.set(phone, { agentId: agent.agentId, time });
      return;
    }
    if (previous === LOGGED_OUT) this.#came.set(`${agent.peripheralId}.${agent.agentId}`, time);
    for (const [key, { event, view, answeredAt, contact }] of this.#unattended) {
      if (view.deviceId !== agent.instrument || event.peripheralId !== agent.peripheralId) continue;
      this.#unattended.delete(key);
      if (answeredAt !== undefined && time - answeredAt > LATE_AGENT_MS) continue;
      const name = contact === undefined ? this.#nameOf(event, agent.agentId) : `${contact}/${agent.agentId}`;
      // It may have ended before the agent's event arrives.
      this.#isUnsure(name);
      const { routerCallKey: own } = event.call;
      if (answeredAt === undefined) count(this.unseen, `icm.${own.day}.${own.callId}/${agent.agentId}`);
      this.#ring(this.#visit(key, name, time), name, event, view);
    }
  }

  #isUnsure(name: string): void {
    count(this.unsure, name);
  }

  #comes(event: CallEvent, view: EventView, key: string): boolean {
    if (event.kind === 'callDelivered') return view.state === ALERTING;
    return event.kind === 'callEstablished' && event.answering.id === view.deviceId && !this.#dialled.has(key);
  }

  #ring(visit: Visit, name: string, event: CallEvent, view: EventView): void {
    if (visit.rang || !INBOUND.has(view.callType)) return;
    visit.rang = true;
    count(this.rung, name);
    const left = `${this.#journeyOf(event)}/${name.split('/')[1]}`;
    if (left !== name) count(this.unseen, left);
  }

  /**
   * A consultation, including one about another consultation, belongs to the contact it is about, whatever key the
   * switch assigns.
   */
  #nameOf(event: CallEvent, agentId: string): string {
    return `${this.#askedAbout(event) ?? this.#journeyOf(event)}/${agentId}`;
  }

  /**
   * The contact of the consulting agent, as long as the agent has it: its customer may have hung up since. A phone
   * without an agent has the contact that an agent would have there.
   */
  #askedAbout({ peripheralId, callId, call }: Pick<CallEvent, 'peripheralId' | 'callId' | 'call'>): string | undefined {
    const asker = `${this.#aboutOf(peripheralId, callId)}.${call.calling.id}`;
    return this.#visitOf.get(asker)?.split('/')[0] ?? this.#contactAt.get(asker);
  }

  /** The journey of the call that it is ultimately about, among those that still exist. */
  #journeyOf({ peripheralId, callId, call }: Pick<CallEvent, 'peripheralId' | 'callId' | 'call'>): string {
    let facts = call;
    const seen = new Set([callId]);
    for (let about = this.#aboutOf(peripheralId, callId); about !== undefined && !seen.has(about); ) {
      seen.add(about);
      const original = this.center.call(peripheralId, about);
      if (original === undefined) break;
      facts = original.facts;
      about = this.#aboutOf(peripheralId, about);
    }
    const key = facts.routerCallKey;
    return `icm.${key.day}.${key.callId}`;
  }

  #aboutOf(peripheralId: number, callId: number): number | undefined {
    const about = this.center.call(peripheralId, callId)?.consultOf ?? this.#abouts.get(callId);
    if (about !== undefined) this.#abouts.set(callId, about);
    return about;
  }

  /**
   * An agent who consults and then leaves the original call, which may continue as a conference, is only with the
   * colleague.
   */
  #leavesOriginal({ peripheralId }: CallEvent, { callId, deviceId }: EventView): void {
    for (const [consult, about] of this.#abouts) {
      if (about !== callId || this.center.call(peripheralId, consult)?.facts.calling.id !== deviceId) continue;
      this.#abouts.delete(consult);
      // Only an agent keeps the contact.
      for (const key of this.#contactAt.keys()) if (key.startsWith(`${consult}.`)) this.#contactAt.delete(key);
    }
  }

  /** A connection belongs to the journey with which it was first seen. */
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

  /** @param now the call it belongs to from now on: an agent who logs in there sees the customer of that call */
  #move(from: string, to: string, now: Pick<Unattended, 'event' | 'view'>): void {
    const unattended = this.#unattended.get(from);
    if (unattended !== undefined) {
      const contact = this.#askedAbout(unattended.event) ?? unattended.contact;
      this.#unattended.set(to, { ...unattended, ...now, contact });
    }
    this.#unattended.delete(from);
    const contact = this.#contactAt.get(from);
    if (contact !== undefined) this.#contactAt.set(to, contact);
    this.#contactAt.delete(from);
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
    this.#contactAt.delete(key);
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
