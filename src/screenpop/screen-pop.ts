/**
 * The once-only rule: one pop per journey, agent and visit, its updates, and one end for each pop. It is told every call
 * and agent event of a session, in order, and knows nothing of Node-RED. Its memory belongs to the session, not to the
 * node that shows it: a redeploy hands the same object to the new node, so nothing pops twice.
 */
import type { Clock } from '../common/clock.js';
import type { Args } from '../ctios/transport.js';
import { agentOf, type FindAgent, seatedAgent } from './agents.js';
import { numberOf, readCall, textOf } from './arguments.js';
import { endedBody, popBody, updateBody } from './bodies.js';
import { CallFollower, isSnapshot } from './call-follower.js';
import { isConsult } from './consults.js';
import { contactData } from './contact-data.js';
import { agentKey } from './identity.js';
import { callsCustomer, isForSameCustomer, isRefused, isReservation, namesCustomer } from './outbound.js';
import { type Claim, Outputs, type PopOutput } from './outputs.js';
import {
  type ContactEvent,
  DEFAULT_CALL_TYPES,
  type EndReason,
  type PopAgent,
  type ScreenPopSettings,
  type Trigger,
} from './types.js';
import type { Connection, Visit } from './visit.js';
import { VisitBook } from './visits.js';

export interface ScreenPopDeps {
  readonly clock: Clock;
  /** A pre-call event, and a call found in a snapshot, may name only the instrument. */
  readonly findAgent?: FindAgent;
  /** Where several processes see the same calls. */
  readonly claim?: Claim;
}

/** A pre-call without a call is given up after this (the server's AgentPreCallEventTimeout). */
const PRECALL_MS = 30_000;
/** A consulted agent's leg may end just before the joined call takes its place. */
const HANDOVER_MS = 2_000;
const JOINED_MS = 10_000;
/** Between a reservation and the call to its customer. */
const RESERVATION_MS = 30_000;
/** An agent who becomes known so long after the answer has only just logged in: the call was not routed to them. */
const LATE_AGENT_MS = 10_000;

const ALERTING = 2;
const NULL_CALL_TYPE = 65535;
const CAUSE = { redirected: 28, transfer: 32, partyUpdate: 50 } as const;

export class ScreenPop {
  readonly #book = new VisitBook();
  readonly #calls: CallFollower;
  readonly #outputs: Outputs;
  #popped = 0;

  /** @param settings may be replaced at any time; what has popped stays popped */
  constructor(
    public settings: ScreenPopSettings,
    private readonly deps: ScreenPopDeps,
  ) {
    this.#calls = new CallFollower(this.#book, deps.findAgent);
    this.#outputs = new Outputs(deps.claim);
  }

  /** Contacts that are on a screen now, and pops since the beginning. */
  get counts(): { open: number; popped: number } {
    return { open: this.#book.openPops, popped: this.#popped };
  }

  /**
   * Delivers outputs from now on, those held while nobody listened first. One listener at a time: the latest.
   * @returns stops the delivery; outputs are then held for the next listener
   */
  attach(listener: (output: PopOutput) => void): () => void {
    return this.#outputs.attach(listener);
  }

  /** Tells it of calls that were there before it: they are known from now on, and pop only as snapshots may. */
  adopt(calls: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const call of calls) {
      const args = call.properties();
      this.handle({ event: 'OnSnapshotCallConf', args, call, time, recovered: true });
    }
  }

  /** The next event of the session. Events about neither a call nor an agent's state cost one look at their name. */
  handle(event: ContactEvent): void {
    if (event.event === 'OnAgentPrecallEvent') this.#precall(event);
    else if (event.event === 'OnAgentPrecallAbortEvent') this.#precallAborted(event);
    else if (AGENT_EVENTS.has(event.event)) this.#agentKnown(event);
    else {
      const id = textOf(event.args.UniqueObjectID) ?? '';
      if (id.startsWith('call.')) this.#callEvent(event, id);
    }
  }

  /** Forgets everything and stops its timers. */
  dispose(): void {
    for (const visit of this.#book.openVisits()) visit.timer?.cancel();
    this.#book.clear();
    this.#calls.clear();
    this.#outputs.clear();
  }

  #precall(event: ContactEvent): void {
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const agent = this.#precallAgent(event);
    if (journey === undefined || agent === undefined || this.#book.find(journey, agent) !== undefined) return;
    if (this.#trigger !== 'precall' || !this.#wanted(agent, numberOf(event.args.CallType))) return;
    const visit = this.#book.open(journey, agent, undefined);
    this.#pop(visit, 'precall', event);
    visit.timer = this.deps.clock.after(PRECALL_MS, () => {
      if (visit.connections.size === 0) this.#close(visit, 'abandoned');
    });
  }

  #precallAborted(event: ContactEvent): void {
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const agent = this.#precallAgent(event);
    const visit = journey !== undefined && agent !== undefined ? this.#book.find(journey, agent) : undefined;
    if (visit !== undefined && visit.connections.size === 0) this.#close(visit, 'abandoned', event);
  }

  #precallAgent(event: ContactEvent): PopAgent | undefined {
    const instrument = textOf(event.args.AgentInstrument);
    const at = {
      instruments: instrument === undefined ? [] : [instrument],
      peripheral: numberOf(event.args.PeripheralID),
    };
    return agentOf(event, at, this.deps.findAgent);
  }

  #callEvent(event: ContactEvent, id: string): void {
    const followed = this.#calls.follow(event, id);
    if (followed === undefined) return;
    const { connection, ended, linked } = followed;
    this.#joinVisit(connection);
    for (const consult of linked) this.#joinVisit(consult);
    if (ended) this.#end(connection, event);
    else if (isSnapshot(event)) this.#found(connection, event);
    else this.#happened(connection, event);
    for (const consult of linked) this.#refresh(consult, event, true);
    if (!ended && (DATA_EVENTS.has(event.event) || lacksCaller(connection))) this.#dataChanged(connection, event);
  }

  /** Agents and calls become known in either order: what rings at the agent's phone pops as soon as it is known whose. */
  #agentKnown(event: ContactEvent): void {
    const properties = event.agent?.properties() ?? event.args;
    const agent = seatedAgent(properties);
    if (agent?.peripheral === undefined) return;
    for (const device of [properties.AgentInstrument, properties.AgentExtension])
      for (const connection of this.#book.connections.at(agent.peripheral, textOf(device) ?? ''))
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
      (journey === undefined ? undefined : this.#book.find(journey, agent)) ?? this.#reservationOf(connection, agent);
    if (visit === undefined) return;
    this.#book.join(visit, connection);
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
    for (const visit of this.#book.of(agent))
      if (visit.reserved && isForSameCustomer(contactData(visit.source, undefined), call)) return visit;
    return undefined;
  }

  #happened(connection: Connection, event: ContactEvent): void {
    const cause = numberOf(event.args.EventCause);
    switch (event.event) {
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
    connection.side = status === undefined || status === ALERTING ? 'target' : 'origin';
    if (connection.side === 'target' || callsCustomer(call)) this.#rings(connection, event);
  }

  #rings(connection: Connection, event: ContactEvent): void {
    connection.reached ??= { trigger: 'delivered', time: event.time };
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined && this.#trigger !== 'established') this.#popOnce(visit, 'delivered', event, connection);
  }

  #established(connection: Connection, event: ContactEvent): void {
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
    // A call that rang before we looked is not news when it is answered, unless the answer is what pops.
    const late = this.#trigger !== 'established' && connection.found;
    if (here && !late && !consultOfUnknownSide) this.#popOnce(visit, 'established', event, connection);
  }

  /** A snapshot shows the connection: never a pop, except for a ringing one where the user wants that. */
  #found(connection: Connection, event: ContactEvent): void {
    const call = { ...readCall(event), ...event.args };
    if (numberOf(call.CallStatus) !== ALERTING) return;
    connection.side = 'target';
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined && this.settings.popRinging && this.#trigger !== 'established')
      this.#popOnce(visit, 'delivered', event, connection);
  }

  /** The visit the connection belongs to; opens one where a wanted call has come to an agent. */
  #visitOf(connection: Connection, event: ContactEvent): Visit | undefined {
    if (connection.visit !== undefined) return connection.visit;
    const { agent } = connection;
    const call = contactData(connection, event);
    if (agent === undefined || (connection.side === 'origin' && !callsCustomer(call))) return undefined;
    if (!this.#wanted(agent, numberOf(readCall(event).CallType) ?? connection.type)) return undefined;
    const visit = this.#book.open(this.#calls.journeyOf(connection), agent, connection);
    visit.source = connection;
    if (isReservation(call)) visit.reserved = true;
    this.#book.join(visit, connection);
    return visit;
  }

  #wanted(agent: PopAgent, type: number | undefined): boolean {
    const { agents, callTypes } = this.settings;
    if (agents !== undefined && agents.length > 0 && !agents.includes(agent.id) && !agents.includes(agentKey(agent)))
      return false;
    if (type === undefined || type === NULL_CALL_TYPE) return true;
    return (callTypes === undefined || callTypes.length === 0 ? DEFAULT_CALL_TYPES : callTypes).includes(type);
  }

  #end(connection: Connection, event: ContactEvent): void {
    const { visit } = connection;
    this.#book.end(connection);
    if (visit === undefined) return;
    if (visit.connections.size > 0) {
      if (visit.source === connection) visit.source = heir(visit) ?? connection;
      return;
    }
    const wait = this.#waitAfter(visit, connection, event);
    if (wait === 0) this.#close(visit, reasonOf(visit, connection), event, connection);
    else
      visit.timer = this.deps.clock.after(wait, () => {
        if (visit.connections.size === 0) this.#close(visit, 'ended', event, connection);
      });
  }

  /** How long another connection may take to continue the visit, in milliseconds. */
  #waitAfter(visit: Visit, connection: Connection, event: ContactEvent): number {
    // What clears the leg of a consult call may name no cause: what counts is that the calls were joined just before.
    const { joinedAt, continued } = connection;
    const joined = !continued && joinedAt !== undefined && event.time - joinedAt < JOINED_MS;
    if (joined && isConsult(connection) && connection.side === 'target') return HANDOVER_MS;
    return visit.reserved && !isRefused(contactData(connection, event)) ? RESERVATION_MS : 0;
  }

  #close(visit: Visit, reason: EndReason, event?: ContactEvent, connection?: Connection): void {
    this.#book.close(visit);
    if (visit.poppedAt === undefined) return;
    const body = endedBody(visit, reason, event?.time ?? this.deps.clock.now(), connection);
    this.#outputs.send(visit, { body, ...objectsOf(event) });
  }

  #popOnce(visit: Visit, trigger: Trigger, event: ContactEvent, connection: Connection): void {
    if (visit.poppedAt !== undefined) return;
    // A reservation that does not say for whom has nothing to show; its customer's call does.
    if (visit.reserved && !namesCustomer(contactData(connection, event))) return;
    this.#pop(visit, trigger, event);
  }

  #pop(visit: Visit, trigger: Trigger, event: ContactEvent): void {
    visit.poppedAt = event.time;
    this.#popped++;
    const call = contactData(visit.source, event);
    visit.told = popBody(visit, trigger, event.time, visit.source, call, this.settings);
    this.#outputs.send(visit, { body: visit.told, ...objectsOf(event) });
  }

  /** Data of the connection's own contact, and of those that are consulted about it. */
  #dataChanged(connection: Connection, event: ContactEvent): void {
    this.#refresh(connection, event, false);
    for (const consult of connection.consults) this.#refresh(consult, event, true);
  }

  #refresh(connection: Connection, event: ContactEvent, followed: boolean): void {
    const { visit } = connection;
    if (visit?.told === undefined || visit.source !== connection) return;
    const call = contactData(connection, event);
    const now = popBody(visit, visit.told.trigger, event.time, connection, call, this.settings);
    const update = updateBody(visit.told, now, call, followed, this.settings);
    if (update === undefined) return;
    visit.told = { ...update, event: 'pop' };
    this.#outputs.send(visit, { body: update, ...objectsOf(event) });
  }

  get #trigger(): Trigger {
    return this.settings.trigger ?? 'delivered';
  }
}

/** They may say who sits at a phone. */
const AGENT_EVENTS = new Set(['OnAgentStateChange', 'OnQueryAgentStateConf', 'OnAgentInfoEvent']);
/** They carry data of the call. */
const DATA_EVENTS = new Set([
  'OnCallBegin',
  'OnCallDataUpdate',
  'OnCallTransferred',
  'OnCallConferenced',
  'OnSnapshotCallConf',
]);

/** Any event may name the device that calls. */
function lacksCaller({ visit }: Connection): boolean {
  const kind = visit?.told?.caller.kind;
  return kind === 'absent' || kind === 'unknown';
}

/** The connection that shows the customer once the one that did is over. */
function heir(visit: Visit): Connection | undefined {
  return [...visit.connections].find((each) => each.side !== 'origin' || callsCustomer(contactData(each, undefined)));
}

function objectsOf(event: ContactEvent | undefined): Omit<PopOutput, 'body'> {
  return {
    ...(event?.call && { call: event.call.properties() }),
    ...(event?.agent && { agent: event.agent.properties() }),
  };
}

function reasonOf(visit: Visit, connection: Connection): EndReason {
  if (visit.answeredAt === undefined && connection.side === 'target' && !connection.found)
    return connection.lastWord === 'diverted' ? 'redirected' : 'abandoned';
  return connection.lastWord === 'transferred' ? 'transferred' : 'ended';
}
