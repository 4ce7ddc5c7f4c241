/**
 * Determines which journeys visit which agents: opens a visit when a selected call reaches an agent, adds the
 * connections that continue it, and closes it when the last of them has ended. Its listener decides what to output: the
 * screen pop and the contact records use the same visits with the same keys.
 */
import { seatedAgent } from '../agents.js';
import { callTypeOf, numberArgumentOf, readCall, textOf } from '../arguments.js';
import { agentKey, connectionIdentity } from '../identity.js';
import { type ContactEvent, DEFAULT_CALL_TYPES, type EndReason, type PopAgent } from '../types.js';
import { CallFollower, type Followed, isSnapshot } from './call-follower.js';
import { isConsult } from './consults.js';
import { contactData } from './contact-data.js';
import { callsCustomer, isForSameCustomer, isRefused, isReservationCall } from './outbound.js';
import type { Connection, Visit } from './visit.js';
import { VisitLedger } from './visit-ledger.js';
import type { VisitFollowerOptions } from './visit-options.js';
import { VisitBook } from './visits.js';

/** A consulted agent's connection may end just before the joined call replaces it. */
const HANDOVER_MS = 2_000;
const JOINED_MS = 10_000;
/** The maximum time between a reservation and the call to its customer. */
const RESERVATION_MS = 30_000;
/**
 * An agent who becomes known this long after the answer has only just logged in: the call was not routed to that agent.
 */
const LATE_AGENT_MS = 10_000;

const INITIATE = 1;
const ALERTING = 2;
const CONNECT = 3;
const HOLD = 4;
const CAUSE = { redirected: 28, transfer: 32, partyUpdate: 50 } as const;

export class VisitFollower {
  readonly book: VisitBook;
  readonly #calls: CallFollower;

  constructor(private readonly options: VisitFollowerOptions) {
    this.book = new VisitBook(options.ledger ?? new VisitLedger(), options.rereads === true);
    this.#calls = new CallFollower(this.book, options.findAgent);
  }

  /** @param event about a call or an agent's state. @returns the call that it concerns, if any */
  handle(event: ContactEvent): Followed | undefined {
    if (AGENT_EVENTS.has(event.event)) {
      this.#agentKnown(event);
      return undefined;
    }
    const id = textOf(event.args.UniqueObjectID) ?? '';
    // A server may send anything: `call.` alone is not the id of a call.
    return connectionIdentity(id) === undefined ? undefined : this.#callEvent(event, id);
  }

  /** The journey, if known. */
  knownJourney(connection: Connection): string | undefined {
    return this.#calls.knownJourney(connection);
  }

  /** The journey, determined on first use. */
  journeyOf(connection: Connection): string {
    return this.#calls.journeyOf(connection);
  }

  isWanted(agent: PopAgent, type: number | undefined): boolean {
    const { agents, teams } = this.options.settings();
    if (agents !== undefined && agents.length > 0 && !agents.includes(agent.id) && !agents.includes(agentKey(agent)))
      return false;
    if (teams !== undefined && teams.length > 0 && !this.#isInTeam(agent, teams)) return false;
    return this.isWantedType(type);
  }

  /** An agent whose teams are not known is in none. */
  #isInTeam(agent: PopAgent, teams: readonly string[]): boolean {
    for (const team of this.options.teamsOf?.(agent) ?? []) if (teams.includes(team)) return true;
    return false;
  }

  isWantedType(type: number | undefined): boolean {
    const { callTypes } = this.options.settings();
    if (type === undefined) return true;
    return (callTypes === undefined || callTypes.length === 0 ? DEFAULT_CALL_TYPES : callTypes).includes(type);
  }

  close(visit: Visit, reason: EndReason, event?: ContactEvent, connection?: Connection): void {
    this.book.close(visit);
    this.options.listener.closed(visit, reason, event, connection);
  }

  /** Discards the state and stops its timers. */
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

  /**
   * Agents and calls become known in either order: a call at an agent's phone belongs to the agent as soon as the agent
   * is known.
   */
  #agentKnown(event: ContactEvent): void {
    const properties = event.agent?.properties() ?? event.args;
    const agent = seatedAgent(properties);
    if (agent?.peripheral === undefined) return;
    for (const device of [properties.AgentInstrument, properties.AgentExtension])
      for (const connection of [...this.book.connections.at(agent.peripheral, textOf(device) ?? '')]) {
        if (connection.agent === undefined) this.#agentCame(connection, agent, event);
        else if (this.#isSucceeded(connection, agent, event)) {
          this.#leave(connection);
          this.#agentCame(connection, agent, event);
        }
      }
  }

  /**
   * Whether the call is for this agent, although another one was known to be there: a log-out at a shared desk may be
   * reported after the call for the next agent.
   */
  #isSucceeded({ agent, reached, side, devices, begun }: Connection, next: PopAgent, { time }: ContactEvent): boolean {
    if (agent === undefined || agentKey(agent) === agentKey(next) || side === 'origin') return false;
    if (reached?.trigger !== 'delivered' && time - (reached?.time ?? begun) > LATE_AGENT_MS) return false;
    const seated = [...devices].map((device) => this.options.findAgent?.(device, next.peripheral)?.properties());
    const there = seated.map((properties) => properties && seatedAgent(properties, next.peripheral));
    return !there.some((each) => each !== undefined && agentKey(each) === agentKey(agent));
  }

  /** The connection never belonged to this agent. */
  #leave(connection: Connection): void {
    const { visit } = connection;
    delete connection.agent;
    if (visit === undefined) return;
    delete connection.visit;
    visit.connections.delete(connection);
    if (visit.connections.size > 0) {
      if (visit.source === connection) visit.source = heir(visit) ?? connection;
      return;
    }
    delete visit.answeredAt;
    this.close(visit, 'redirected');
  }

  #agentCame(connection: Connection, agent: PopAgent, event: ContactEvent): void {
    connection.agent = agent;
    this.#joinVisit(connection);
    const { reached } = connection;
    if (reached === undefined || connection.side === 'origin') return;
    if (reached.trigger === 'established' && event.time - reached.time > LATE_AGENT_MS) return;
    // The agent event has no call, so it is read from the object.
    const about = { ...event, args: {}, ...(connection.call && { call: connection.call }) };
    if (reached.trigger === 'found') this.#ringsSince(connection, about);
    else if (reached.trigger === 'delivered') this.#rings(connection, about);
    else this.#answered(connection, about);
  }

  /** Adds the connection to the visit that it continues, if any. */
  #joinVisit(connection: Connection): void {
    const { agent } = connection;
    if (agent === undefined || connection.visit !== undefined) return;
    const journey = this.#calls.knownJourney(connection);
    const known = journey === undefined ? undefined : this.book.find(journey, agent);
    const visit = known ?? this.#reservationOf(connection, agent);
    if (visit === undefined) return;
    if (known === undefined) {
      connection.journey = visit.journey;
      connection.journeyKnown = true;
      connection.reserved = true;
    }
    this.book.join(visit, connection);
    const call = contactData(connection, undefined);
    // A consulted colleague does not replace the customer on the screen.
    const { source } = visit;
    if (source === undefined || callsCustomer(call) || (connection.side !== 'origin' && isConsult(source)))
      visit.source = connection;
    if (visit.reserved && callsCustomer(call)) delete visit.reserved;
  }

  /** The visit that reserves this agent for the customer of this call. */
  #reservationOf(connection: Connection, agent: PopAgent): Visit | undefined {
    const call = contactData(connection, undefined);
    if (!callsCustomer(call)) return undefined;
    for (const visit of this.book.of(agent))
      if (visit.reserved && isForSameCustomer(contactData(visit.source, undefined), call)) return visit;
    return undefined;
  }

  #happened(connection: Connection, event: ContactEvent): void {
    const cause = numberArgumentOf(event.args.EventCause);
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
        if (event.args.PrimaryCallID !== undefined && event.args.SecondaryCallID === undefined) connection.alone = true;
        else delete connection.alone;
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
        // The call continues under its new id: a party that remains in it did not transfer it.
        if (event.args.OldUniqueObjectID !== undefined) {
          connection.lastWord = undefined;
          connection.continued = true;
        }
        break;
    }
  }

  #delivered(connection: Connection, event: ContactEvent): void {
    const call = { ...readCall(event), ...event.args };
    const status = numberArgumentOf(call.CallStatus);
    // All parties are notified that another phone is ringing; for those in conversation this has no effect.
    const rings = status === undefined || status === ALERTING;
    if (rings) connection.side = 'target';
    else if (status === INITIATE || !connection.found) connection.side ??= 'origin';
    if (rings || callsCustomer(call)) this.#rings(connection, event);
  }

  #rings(connection: Connection, event: ContactEvent): void {
    if (connection.reached === undefined || connection.reached.trigger === 'found')
      connection.reached = { trigger: 'delivered', time: event.time };
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined) this.options.listener.rang(visit, connection, event);
  }

  #established(connection: Connection, event: ContactEvent): void {
    // Parties who answered before are notified again when another party of the call answers.
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
    const status = numberArgumentOf(event.args.CallStatus) ?? numberArgumentOf(readCall(event).CallStatus);
    if (status !== ALERTING) {
      // It was answered unobserved: it does not ring for an agent who logs in there later.
      if (status !== undefined && connection.reached?.trigger !== 'established') delete connection.reached;
      connection.passed = true;
      if (this.options.everyCall && (status === CONNECT || status === HOLD)) this.#visitOf(connection, event);
      return;
    }
    connection.side = 'target';
    connection.reached ??= { trigger: 'found', time: event.time };
    this.#ringsSince(connection, event);
  }

  /** It is ringing, with an unknown start time. */
  #ringsSince(connection: Connection, event: ContactEvent): void {
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined) this.options.listener.foundRinging(visit, connection, event);
  }

  /** The visit of the connection; opens one if a selected call has reached an agent. */
  #visitOf(connection: Connection, event: ContactEvent): Visit | undefined {
    if (connection.visit !== undefined) return connection.visit;
    const { agent } = connection;
    const call = contactData(connection, event);
    if (agent === undefined || !this.#opens(connection, callsCustomer(call))) return undefined;
    if (!this.isWanted(agent, callTypeOf(readCall(event)) ?? connection.type)) return undefined;
    const visit = this.book.open(this.#calls.journeyOf(connection), agent, connection, event);
    visit.source = connection;
    if (isReservationCall(call)) visit.reserved = true;
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

/** Events that may name the agent at a phone. */
const AGENT_EVENTS = new Set(['OnAgentStateChange', 'OnQueryAgentStateConf', 'OnAgentInfoEvent']);

/** Whether an event without a device may concern this connection. */
function answersHere({ devices }: Connection, { args }: ContactEvent): boolean {
  const answering = textOf(args.AnsweringDeviceID);
  return answering === undefined || answering === '' || devices.has(answering);
}

/** How long another connection may take to continue the visit, in milliseconds. */
function waitAfter(visit: Visit, connection: Connection, event: ContactEvent): number {
  // The event that clears a consult call's connection may have no cause: what matters is that the calls were just
  // joined.
  const { joinedAt, continued } = connection;
  const joined = !continued && joinedAt !== undefined && event.time - joinedAt < JOINED_MS;
  if (joined && isConsult(connection) && connection.side === 'target') return HANDOVER_MS;
  return visit.reserved && !isRefused(contactData(connection, event)) ? RESERVATION_MS : 0;
}

/** The connection that shows the customer after the previous one has ended. */
function heir(visit: Visit): Connection | undefined {
  return [...visit.connections].find((each) => each.side !== 'origin' || callsCustomer(contactData(each, undefined)));
}

function reasonOf(visit: Visit, connection: Connection): EndReason {
  if (visit.answeredAt === undefined && connection.side === 'target' && !connection.passed)
    return connection.lastWord === 'diverted' ? 'redirected' : 'abandoned';
  return visit.passedOn ? 'transferred' : 'ended';
}
