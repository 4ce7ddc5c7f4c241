/**
 * Which agents are visited by which journeys: opens a visit when a wanted call comes to an agent, joins to it the
 * connections that continue it, and closes it when the last of them is over. What is told to whom is decided by its
 * listener: the screen pop and the contact records see the same visits, under the same keys.
 */
import { seatedAgent } from './agents.js';
import { numberOf, readCall, textOf } from './arguments.js';
import { CallFollower, type Followed, isSnapshot } from './call-follower.js';
import { isConsult } from './consults.js';
import { contactData } from './contact-data.js';
import { agentKey } from './identity.js';
import { callsCustomer, isForSameCustomer, isRefused, isReservation } from './outbound.js';
import { type ContactEvent, DEFAULT_CALL_TYPES, type EndReason, type PopAgent } from './types.js';
import type { Connection, Visit } from './visit.js';
import type { VisitFollowerOptions } from './visit-options.js';
import { VisitBook } from './visits.js';

/** A consulted agent's leg may end just before the joined call takes its place. */
const HANDOVER_MS = 2_000;
const JOINED_MS = 10_000;
/** Between a reservation and the call to its customer. */
const RESERVATION_MS = 30_000;
/** An agent who becomes known so long after the answer has only just logged in: the call was not routed to them. */
const LATE_AGENT_MS = 10_000;

const INITIATE = 1;
const ALERTING = 2;
const CONNECT = 3;
const HOLD = 4;
const NULL_CALL_TYPE = 65535;
const CAUSE = { redirected: 28, transfer: 32, partyUpdate: 50 } as const;

export class VisitFollower {
  readonly book = new VisitBook();
  readonly #calls: CallFollower;

  constructor(private readonly options: VisitFollowerOptions) {
    this.#calls = new CallFollower(this.book, options.findAgent);
  }

  /** @param event about a call or an agent's state. @returns what it was about, where that is a call */
  handle(event: ContactEvent): Followed | undefined {
    if (AGENT_EVENTS.has(event.event)) {
      this.#agentKnown(event);
      return undefined;
    }
    const id = textOf(event.args.UniqueObjectID) ?? '';
    return id.startsWith('call.') ? this.#callEvent(event, id) : undefined;
  }

  /** The journey as far as it can be told already. */
  knownJourney(connection: Connection): string | undefined {
    return this.#calls.knownJourney(connection);
  }

  /** The journey, settled at the first question. */
  journeyOf(connection: Connection): string {
    return this.#calls.journeyOf(connection);
  }

  isWanted(agent: PopAgent, type: number | undefined): boolean {
    const { agents } = this.options.settings();
    if (agents !== undefined && agents.length > 0 && !agents.includes(agent.id) && !agents.includes(agentKey(agent)))
      return false;
    return this.isWantedType(type);
  }

  isWantedType(type: number | undefined): boolean {
    const { callTypes } = this.options.settings();
    if (type === undefined || type === NULL_CALL_TYPE) return true;
    return (callTypes === undefined || callTypes.length === 0 ? DEFAULT_CALL_TYPES : callTypes).includes(type);
  }

  close(visit: Visit, reason: EndReason, event?: ContactEvent, connection?: Connection): void {
    this.book.close(visit);
    this.options.listener.closed(visit, reason, event, connection);
  }

  /** Forgets everything and stops its timers. */
  dispose(): void {
    for (const visit of this.book.openVisits()) visit.timer?.cancel();
    this.book.clear();
    this.#calls.clear();
  }

  #callEvent(event: ContactEvent, id: string): Followed | undefined {
    const followed = this.#calls.follow(event, id);
    if (followed === undefined) return undefined;
    const { connection, ended, linked } = followed;
    this.#joinVisit(connection);
    for (const consult of linked) this.#joinVisit(consult);
    if (ended) this.#end(connection, event);
    else if (isSnapshot(event)) this.#found(connection, event);
    else this.#happened(connection, event);
    return followed;
  }

  /** Agents and calls become known in either order: what rings at the agent's phone is theirs as soon as it is known whose. */
  #agentKnown(event: ContactEvent): void {
    const properties = event.agent?.properties() ?? event.args;
    const agent = seatedAgent(properties);
    if (agent?.peripheral === undefined) return;
    for (const device of [properties.AgentInstrument, properties.AgentExtension])
      for (const connection of this.book.connections.at(agent.peripheral, textOf(device) ?? ''))
        if (connection.agent === undefined) this.#agentCame(connection, agent, event);
  }

  #agentCame(connection: Connection, agent: PopAgent, event: ContactEvent): void {
    connection.agent = agent;
    this.#joinVisit(connection);
    const { reached } = connection;
    if (reached === undefined || connection.side === 'origin') return;
    if (reached.trigger === 'established' && event.time - reached.time > LATE_AGENT_MS) return;
    // The call is not the agent event's: it is read from the object.
    const about = { ...event, args: {}, ...(connection.call && { call: connection.call }) };
    if (reached.trigger === 'delivered') this.#rings(connection, about);
    else this.#answered(connection, about);
  }

  /** Joins the connection to the visit that it continues, if there is one. */
  #joinVisit(connection: Connection): void {
    const { agent } = connection;
    if (agent === undefined || connection.visit !== undefined) return;
    const journey = this.#calls.knownJourney(connection);
    const visit =
      (journey === undefined ? undefined : this.book.find(journey, agent)) ?? this.#reservationOf(connection, agent);
    if (visit === undefined) return;
    this.book.join(visit, connection);
    const call = contactData(connection, undefined);
    // A colleague who is consulted does not take the customer's place on the screen.
    const { source } = visit;
    if (source === undefined || callsCustomer(call) || (connection.side !== 'origin' && isConsult(source)))
      visit.source = connection;
    if (visit.reserved && callsCustomer(call)) delete visit.reserved;
  }

  /** The visit that keeps this agent for the customer of this call. */
  #reservationOf(connection: Connection, agent: PopAgent): Visit | undefined {
    const call = contactData(connection, undefined);
    if (!callsCustomer(call)) return undefined;
    for (const visit of this.book.of(agent))
      if (visit.reserved && isForSameCustomer(contactData(visit.source, undefined), call)) return visit;
    return undefined;
  }

  #happened(connection: Connection, event: ContactEvent): void {
    const cause = numberOf(event.args.EventCause);
    switch (event.event) {
      case 'OnCallOriginated':
        if (this.options.everyCall) this.#visitOf(connection, event);
        break;
      case 'OnCallDelivered':
        if (cause !== CAUSE.partyUpdate) this.#delivered(connection, event);
        break;
      case 'OnCallEstablished':
        if (cause !== CAUSE.partyUpdate) this.#established(connection, event);
        break;
      case 'OnCallTransferred':
        connection.lastWord = 'transferred';
        connection.joinedAt = event.time;
        break;
      case 'OnCallConferenced':
        connection.lastWord = 'conferenced';
        connection.joinedAt = event.time;
        break;
      case 'OnCallDiverted':
        connection.lastWord = 'diverted';
        break;
      case 'OnCallCleared':
      case 'OnCallConnectionCleared':
        if (cause === CAUSE.redirected) connection.lastWord = 'diverted';
        else if (cause !== CAUSE.transfer && connection.lastWord !== 'diverted') connection.lastWord = undefined;
        break;
      case 'OnCallDataUpdate':
        // The call goes on under its new id: whoever is still here did not pass it on.
        if (event.args.OldUniqueObjectID !== undefined) {
          connection.lastWord = undefined;
          connection.continued = true;
        }
        break;
    }
  }

  #delivered(connection: Connection, event: ContactEvent): void {
    const call = { ...readCall(event), ...event.args };
    const status = numberOf(call.CallStatus);
    // All parties are told that it rings at one more: of those who talk, that says nothing.
    const rings = status === undefined || status === ALERTING;
    if (rings) connection.side = 'target';
    else if (status === INITIATE || !connection.found) connection.side ??= 'origin';
    if (rings || callsCustomer(call)) this.#rings(connection, event);
  }

  #rings(connection: Connection, event: ContactEvent): void {
    connection.reached ??= { trigger: 'delivered', time: event.time };
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined) this.options.listener.rang(visit, connection, event);
  }

  #established(connection: Connection, event: ContactEvent): void {
    // Who has answered before is told as well when one more party of the call answers.
    if (connection.reached?.trigger === 'established' && !answersHere(connection, event)) return;
    connection.reached = { trigger: 'established', time: event.time };
    this.#answered(connection, event);
  }

  #answered(connection: Connection, event: ContactEvent): void {
    const visit = this.#visitOf(connection, event);
    if (visit === undefined) return;
    const toCustomer = callsCustomer(contactData(connection, event));
    const consultOfUnknownSide = connection.side === undefined && connection.found && isConsult(connection);
    const here = connection.side !== 'origin' || toCustomer;
    if (here && !visit.reserved) visit.answeredAt ??= event.time;
    this.options.listener.answered(visit, connection, event, here && !consultOfUnknownSide);
  }

  /** A snapshot shows the connection. */
  #found(connection: Connection, event: ContactEvent): void {
    const status = numberOf(event.args.CallStatus) ?? numberOf(readCall(event).CallStatus);
    if (status !== ALERTING) {
      // It was answered unseen: it does not ring for an agent who sits down there later.
      if (status !== undefined && connection.reached?.trigger === 'delivered') delete connection.reached;
      if (this.options.everyCall && (status === CONNECT || status === HOLD)) this.#visitOf(connection, event);
      return;
    }
    connection.side = 'target';
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined) this.options.listener.foundRinging(visit, connection, event);
  }

  /** The visit the connection belongs to; opens one where a wanted call has come to an agent. */
  #visitOf(connection: Connection, event: ContactEvent): Visit | undefined {
    if (connection.visit !== undefined) return connection.visit;
    const { agent } = connection;
    const call = contactData(connection, event);
    if (agent === undefined || !this.#opens(connection, callsCustomer(call))) return undefined;
    if (!this.isWanted(agent, numberOf(readCall(event).CallType) ?? connection.type)) return undefined;
    const visit = this.book.open(this.#calls.journeyOf(connection), agent, connection);
    visit.source = connection;
    if (isReservation(call)) visit.reserved = true;
    this.book.join(visit, connection);
    this.options.listener.opened?.(visit, connection, event);
    return visit;
  }

  /** Whether a visit can begin with this connection. */
  #opens(connection: Connection, toCustomer: boolean): boolean {
    if (connection.side !== 'origin' || toCustomer) return true;
    return this.options.everyCall === true && !isConsult(connection);
  }

  #end(connection: Connection, event: ContactEvent): void {
    const { visit } = connection;
    this.book.end(connection);
    if (visit === undefined) return;
    if (connection.lastWord === 'transferred') visit.passedOn = true;
    if (visit.connections.size > 0) {
      if (visit.source === connection) visit.source = heir(visit) ?? connection;
      return;
    }
    const wait = waitAfter(visit, connection, event);
    if (wait === 0) this.close(visit, reasonOf(visit, connection), event, connection);
    else
      visit.timer = this.options.clock.after(wait, () => {
        if (visit.connections.size === 0) this.close(visit, 'ended', event, connection);
      });
  }
}

/** They may say who sits at a phone. */
const AGENT_EVENTS = new Set(['OnAgentStateChange', 'OnQueryAgentStateConf', 'OnAgentInfoEvent']);

/** An event that names no device may mean this one. */
function answersHere({ devices }: Connection, { args }: ContactEvent): boolean {
  const answering = textOf(args.AnsweringDeviceID);
  return answering === undefined || answering === '' || devices.has(answering);
}

/** How long another connection may take to continue the visit, in milliseconds. */
function waitAfter(visit: Visit, connection: Connection, event: ContactEvent): number {
  // What clears the leg of a consult call may name no cause: what counts is that the calls were joined just before.
  const { joinedAt, continued } = connection;
  const joined = !continued && joinedAt !== undefined && event.time - joinedAt < JOINED_MS;
  if (joined && isConsult(connection) && connection.side === 'target') return HANDOVER_MS;
  return visit.reserved && !isRefused(contactData(connection, event)) ? RESERVATION_MS : 0;
}

/** The connection that shows the customer once the one that did is over. */
function heir(visit: Visit): Connection | undefined {
  return [...visit.connections].find((each) => each.side !== 'origin' || callsCustomer(contactData(each, undefined)));
}

function reasonOf(visit: Visit, connection: Connection): EndReason {
  if (visit.answeredAt === undefined && connection.side === 'target' && !connection.found)
    return connection.lastWord === 'diverted' ? 'redirected' : 'abandoned';
  return visit.passedOn ? 'transferred' : 'ended';
}
