/**
 * The once-only rule: one pop per journey, agent and visit, and one end for each pop. It is told every call event of a
 * session, in order, and knows nothing of Node-RED. Its memory belongs to the session, not to the node that shows it:
 * a redeploy hands the same object to the new node, so nothing pops twice.
 */
import type { Clock } from '../common/clock.js';
import type { Args } from '../ctios/transport.js';
import { agentFrom, numberOf, peripheralOf, readCall, textOf } from './arguments.js';
import { endedBody, popBody } from './bodies.js';
import {
  type ContactEvent,
  type Ended,
  type EndReason,
  INBOUND_CALL_TYPES,
  type Pop,
  type PopAgent,
  type ScreenPopSettings,
  type Trigger,
} from './types.js';
import { type Visit, VisitBook, type VisitConnection } from './visits.js';

/** A body and what it was made from. */
export interface PopOutput {
  readonly body: Pop | Ended;
  /** The call's merged properties at that moment, where there was a call. */
  readonly call?: Args;
  /** The agent's. */
  readonly agent?: Args;
}

export interface ScreenPopDeps {
  readonly clock: Clock;
  /** Finds who is logged in at an instrument: a pre-call event, and a call found in a snapshot, may name only that. */
  readonly findAgent?: (instrument: string) => { properties(): Args } | undefined;
}

/** A pre-call without a call is given up after this (the server's AgentPreCallEventTimeout). */
const PRECALL_MS = 30_000;
/** A consulted agent's leg may end just before the joined call takes its place. */
const HANDOVER_MS = 2_000;
/** Outputs kept while no node listens (it is being redeployed). */
const MAX_HELD = 1_000;

const ALERTING = 2;
const CONSULT = 12;
const NULL_CALL_TYPE = 65535;
const CAUSE = { redirected: 28, transfer: 32, partyUpdate: 50 } as const;

export class ScreenPop {
  readonly #book = new VisitBook();
  readonly #held: PopOutput[] = [];
  #listener: ((output: PopOutput) => void) | undefined;
  #popped = 0;

  /** @param settings may be replaced at any time; what has popped stays popped */
  constructor(
    public settings: ScreenPopSettings,
    private readonly deps: ScreenPopDeps,
  ) {}

  /** Contacts that are on a screen now, and pops since the beginning. */
  get counts(): { open: number; popped: number } {
    return { open: this.#book.openPops, popped: this.#popped };
  }

  /**
   * Delivers outputs from now on, those held while nobody listened first. One listener at a time: the latest.
   * @returns stops the delivery; outputs are then held for the next listener
   */
  attach(listener: (output: PopOutput) => void): () => void {
    this.#listener = listener;
    for (let next = this.#held.shift(); next !== undefined && this.#listener === listener; next = this.#held.shift())
      listener(next);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  /** Tells it of calls that were there before it: they are known from now on, and pop only as snapshots may. */
  adopt(calls: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const call of calls) {
      const args = call.properties();
      this.handle({ event: 'OnSnapshotCallConf', args, call, time, recovered: true });
    }
  }

  /** The next event of the session. Events that are not about a call cost one look at their name. */
  handle(event: ContactEvent): void {
    if (event.event === 'OnAgentPrecallEvent') this.#precall(event);
    else if (event.event === 'OnAgentPrecallAbortEvent') this.#precallAborted(event);
    else {
      const id = textOf(event.args.UniqueObjectID) ?? '';
      if (id.startsWith('call.')) this.#callEvent(event, id);
    }
  }

  /** Forgets everything and stops its timers. */
  dispose(): void {
    for (const visit of this.#book.openVisits()) visit.timer?.cancel();
    this.#book.clear();
    this.#held.length = 0;
    this.#listener = undefined;
  }

  #precall(event: ContactEvent): void {
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const instrument = textOf(event.args.AgentInstrument);
    const agent = this.#agentOf(event, instrument);
    if (journey === undefined || agent === undefined || this.#book.find(journey, agent) !== undefined) return;
    if (this.#trigger !== 'precall' || !this.#wanted(agent, numberOf(event.args.CallType))) return;
    const visit = this.#book.open(journey, agent);
    this.#pop(visit, 'precall', event, undefined);
    visit.timer = this.deps.clock.after(PRECALL_MS, () => {
      if (visit.connections.size === 0) this.#close(visit, 'abandoned');
    });
  }

  #precallAborted(event: ContactEvent): void {
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const agent = this.#agentOf(event, textOf(event.args.AgentInstrument));
    const visit = journey !== undefined && agent !== undefined ? this.#book.find(journey, agent) : undefined;
    if (visit !== undefined && visit.connections.size === 0) this.#close(visit, 'abandoned', event);
  }

  #callEvent(event: ContactEvent, id: string): void {
    const ending = event.event === 'OnCallEnd';
    const before = textOf(event.args.OldUniqueObjectID);
    if (before !== undefined && before !== id) this.#book.rename(before, id);
    const known = this.#book.connection(id);
    if (known === undefined && ending) return;
    const connection = known ?? this.#book.begin(id, isSnapshot(event));
    this.#learn(connection, event);
    if (ending) this.#end(connection, event);
    else if (isSnapshot(event)) this.#found(connection, event);
    else this.#happened(connection, event);
  }

  /** Takes from an event what identifies the connection: its journey, its agent, its type, which end of the call it is. */
  #learn(connection: VisitConnection, event: ContactEvent): void {
    const { args } = event;
    const journey =
      textOf(args.ICMEnterpriseUniqueID) ??
      (connection.journeyKnown ? undefined : textOf(readCall(event).ICMEnterpriseUniqueID));
    if (journey !== undefined) this.#book.identify(connection, journey);
    connection.agent ??= this.#agentOf(event, connection.id.split('.').slice(3).join('.'));
    connection.type ??= numberOf(args.CallType) ?? numberOf(readCall(event).CallType);
    if (ORIGINATES.has(event.event)) connection.side = 'origin';
    if (connection.agent !== undefined && connection.visit === undefined) {
      const visit = this.#book.find(connection.journey, connection.agent);
      if (visit !== undefined) this.#book.join(visit, connection);
    }
  }

  #happened(connection: VisitConnection, event: ContactEvent): void {
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
        break;
      case 'OnCallConferenced':
        connection.lastWord = 'conferenced';
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
        if (event.args.OldUniqueObjectID !== undefined) connection.lastWord = undefined;
        break;
    }
  }

  #delivered(connection: VisitConnection, event: ContactEvent): void {
    const status = numberOf(event.args.CallStatus) ?? numberOf(readCall(event).CallStatus);
    if (status !== undefined && status !== ALERTING) {
      connection.side = 'origin';
      return;
    }
    connection.side = 'target';
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined && this.#trigger !== 'established') this.#popOnce(visit, 'delivered', event, connection);
  }

  #established(connection: VisitConnection, event: ContactEvent): void {
    const visit = this.#visitOf(connection, event);
    if (visit === undefined) return;
    const consultOfUnknownSide = connection.side === undefined && connection.found && connection.type === CONSULT;
    if (connection.side !== 'origin') visit.answeredAt ??= event.time;
    // A call that rang before we looked is not news when it is answered, unless the answer is what pops.
    const late = this.#trigger !== 'established' && connection.found;
    if (connection.side !== 'origin' && !late && !consultOfUnknownSide)
      this.#popOnce(visit, 'established', event, connection);
  }

  /** A snapshot shows the connection: never a pop, except for a ringing one where the user wants that. */
  #found(connection: VisitConnection, event: ContactEvent): void {
    const call = { ...readCall(event), ...event.args };
    if (numberOf(call.CallStatus) !== ALERTING) return;
    connection.side = 'target';
    const visit = this.#visitOf(connection, event);
    if (visit !== undefined && this.settings.popRinging && this.#trigger !== 'established')
      this.#popOnce(visit, 'delivered', event, connection);
  }

  /** The visit the connection belongs to; opens one where a wanted call has come to an agent. */
  #visitOf(connection: VisitConnection, event: ContactEvent): Visit | undefined {
    if (connection.visit !== undefined) return connection.visit;
    const { agent } = connection;
    if (agent === undefined || connection.side === 'origin') return undefined;
    if (!this.#wanted(agent, numberOf(readCall(event).CallType) ?? connection.type)) return undefined;
    const visit = this.#book.open(connection.journey, agent);
    this.#book.join(visit, connection);
    return visit;
  }

  #wanted(agent: PopAgent, type: number | undefined): boolean {
    const { agents, callTypes } = this.settings;
    if (agents !== undefined && agents.length > 0 && !agents.includes(agent.id)) return false;
    if (type === undefined || type === NULL_CALL_TYPE) return true;
    return (callTypes === undefined || callTypes.length === 0 ? INBOUND_CALL_TYPES : callTypes).includes(type);
  }

  #end(connection: VisitConnection, event: ContactEvent): void {
    const { visit } = connection;
    this.#book.end(connection);
    if (visit === undefined || visit.connections.size > 0) return;
    const reason = reasonOf(visit, connection);
    const joined = connection.lastWord === 'transferred' || connection.lastWord === 'conferenced';
    if (joined && connection.type === CONSULT && connection.side === 'target')
      visit.timer = this.deps.clock.after(HANDOVER_MS, () => {
        if (visit.connections.size === 0) this.#close(visit, 'ended');
      });
    else this.#close(visit, reason, event, connection);
  }

  #close(visit: Visit, reason: EndReason, event?: ContactEvent, connection?: VisitConnection): void {
    visit.timer?.cancel();
    this.#book.close(visit);
    if (visit.poppedAt === undefined) return;
    this.#emit(endedBody(visit, reason, event?.time ?? this.deps.clock.now(), connection), event);
  }

  #popOnce(visit: Visit, trigger: Trigger, event: ContactEvent, connection: VisitConnection): void {
    if (visit.poppedAt === undefined) this.#pop(visit, trigger, event, connection);
  }

  #pop(visit: Visit, trigger: Trigger, event: ContactEvent, connection: VisitConnection | undefined): void {
    visit.poppedAt = event.time;
    this.#popped++;
    this.#emit(popBody(visit, trigger, event, connection, this.settings), event);
  }

  #emit(body: Pop | Ended, event?: ContactEvent): void {
    const output: PopOutput = {
      body,
      ...(event?.call && { call: event.call.properties() }),
      ...(event?.agent && { agent: event.agent.properties() }),
    };
    if (this.#listener !== undefined) this.#listener(output);
    else {
      this.#held.push(output);
      if (this.#held.length > MAX_HELD) this.#held.shift();
    }
  }

  get #trigger(): Trigger {
    return this.settings.trigger ?? 'delivered';
  }

  #agentOf(event: ContactEvent, instrument: string | undefined): PopAgent | undefined {
    if (event.agent !== undefined) return agentFrom(event.agent.properties());
    const [kind, peripheral, ...id] = (textOf(event.args.FilterTarget) ?? '').split('.');
    if (kind === 'agent' && id.length > 0) return { id: id.join('.'), ...peripheralOf(peripheral) };
    const found = instrument ? this.deps.findAgent?.(instrument) : undefined;
    return found && agentFrom(found.properties());
  }
}

/** Seen only at the end of a call that dials. */
const ORIGINATES = new Set(['OnCallServiceInitiatedEvent', 'OnCallServiceInitiated', 'OnCallOriginated']);

function isSnapshot(event: ContactEvent): boolean {
  return event.recovered === true || event.event === 'OnSnapshotCallConf';
}

function reasonOf(visit: Visit, connection: VisitConnection): EndReason {
  if (visit.answeredAt === undefined && connection.side === 'target' && !connection.found)
    return connection.lastWord === 'diverted' ? 'redirected' : 'abandoned';
  return connection.lastWord === 'transferred' ? 'transferred' : 'ended';
}
