/**
 * The once-only rule: one pop per journey, agent and visit, its updates, and one end for each pop. It receives all call
 * and agent events of a session in order, and is independent of Node-RED. Its state belongs to the session, not to the
 * node that shows it: a redeploy passes the same object to the new node, so nothing pops twice.
 */
import type { Clock } from '../common/clock.js';
import { SteadyTime } from '../common/steady-time.js';
import { isVoice } from '../ctios/media.js';
import type { Args } from '../ctios/transport.js';
import { agentOfEvent, type FindAgent, isColleague, type TeamsOf } from './agents.js';
import { callTypeOf, journeyIn, numberArgumentOf, textOf } from './arguments.js';
import { endedBody, popBody, updateBody } from './bodies.js';
import { type Claim, Outputs, type PopOutput } from './outputs.js';
import { steadily } from './steadily.js';
import {
  type ContactEvent,
  DATA_EVENTS,
  type EndReason,
  foundCall,
  type Pop,
  type PopAgent,
  type ScreenPopSettings,
  type Trigger,
} from './types.js';
import { contactData } from './visits/contact-data.js';
import { namesCustomer } from './visits/outbound.js';
import type { Connection, Visit } from './visits/visit.js';
import { VisitFollower } from './visits/visit-follower.js';
import type { VisitLedger } from './visits/visit-ledger.js';

export interface ScreenPopDeps {
  readonly clock: Clock;
  /** A pre-call event, and a call found in a snapshot, may name only the instrument. */
  readonly findAgent?: FindAgent;
  readonly teamsOf?: TeamsOf;
  /** Required if several processes see the same calls. */
  readonly claim?: Claim;
  /** The journal of visits, which keeps keys correct across a restart. */
  readonly ledger?: VisitLedger;
  /** Events come from a stream, and those before a restart perhaps again. */
  readonly rereads?: boolean;
}

/** A pre-call without a call times out after this (the server's AgentPreCallEventTimeout). */
const PRECALL_MS = 30_000;

export class ScreenPop {
  readonly #visits: VisitFollower;
  readonly #outputs: Outputs;
  readonly #steady: SteadyTime;
  #popped = 0;

  /** @param settings can be replaced at any time; contacts that have popped stay popped */
  constructor(
    public settings: ScreenPopSettings,
    private readonly deps: ScreenPopDeps,
  ) {
    this.#outputs = new Outputs(deps.claim);
    this.#steady = new SteadyTime(deps.clock);
    this.#visits = new VisitFollower({
      clock: deps.clock,
      findAgent: deps.findAgent,
      ledger: deps.ledger,
      rereads: deps.rereads,
      teamsOf: deps.teamsOf,
      settings: () => this.settings,
      listener: {
        rang: (visit, connection, event) => {
          if (this.#trigger !== 'established') this.#popOnce(visit, 'delivered', event, connection);
        },
        answered: (visit, connection, event, here) => {
          // A call that rang before the session started does not pop when it is answered, unless the answer is the
          // trigger.
          const late = this.#trigger !== 'established' && connection.found;
          if (here && !late) this.#popOnce(visit, 'established', event, connection);
        },
        // Does not pop, except for a ringing call if the user wants that.
        foundRinging: (visit, connection, event) => {
          if (this.settings.popRinging && this.#trigger !== 'established')
            this.#popOnce(visit, 'delivered', event, connection);
        },
        closed: (...args) => this.#closed(...args),
      },
    });
  }

  /** The number of contacts currently on a screen, and the total number of pops. */
  get counts(): { open: number; popped: number } {
    return { open: this.#visits.book.openPops, popped: this.#popped };
  }

  /**
   * Delivers outputs from now on, starting with those held while there was no listener. Only the latest listener
   * receives outputs.
   * @returns a function that stops the delivery; outputs are then held for the next listener
   */
  attach(listener: (output: PopOutput) => void): () => void {
    return this.#outputs.attach(listener);
  }

  /** Adds calls that already exist; they pop only as calls in a snapshot do. */
  adopt(calls: Iterable<{ properties(): Args }>, time = this.deps.clock.now()): void {
    for (const call of calls) this.handle(foundCall(call, time));
  }

  /**
   * Handles the next event of the session. Events about neither a call nor an agent's state only cost a lookup of their
   * name.
   */
  handle(told: ContactEvent): void {
    const event = steadily(told, this.#steady);
    if (event.event === 'OnAgentPrecallEvent') this.#precall(event);
    else if (event.event === 'OnAgentPrecallAbortEvent') this.#precallAborted(event);
    else {
      const followed = this.#visits.handle(event);
      if (followed === undefined) return;
      const { connection, ended, linked } = followed;
      for (const consult of linked) this.#refresh(consult, event, true);
      if (!ended && (DATA_EVENTS.has(event.event) || lacksCaller(connection))) this.#dataChanged(connection, event);
    }
  }

  /** Discards the state and stops the timers. */
  dispose(): void {
    this.#visits.dispose();
    this.#outputs.clear();
  }

  #precall(event: ContactEvent): void {
    // A chat or an e-mail does not reach the phone.
    if (!isVoice(event.args.MRDID)) return;
    const { book } = this.#visits;
    const journey = journeyIn(event.args);
    const agent = this.#precallAgent(event);
    if (journey === undefined || agent === undefined || book.find(journey, agent) !== undefined) return;
    if (this.#trigger !== 'precall' || !this.#visits.isWanted(agent, callTypeOf(event.args))) return;
    const visit = book.open(journey, agent, undefined, event);
    this.#pop(visit, 'precall', event);
    visit.timer = this.deps.clock.after(PRECALL_MS, () => {
      if (visit.connections.size === 0) this.#visits.close(visit, 'abandoned');
    });
  }

  #precallAborted(event: ContactEvent): void {
    const journey = journeyIn(event.args);
    const agent = this.#precallAgent(event);
    const visit = journey !== undefined && agent !== undefined ? this.#visits.book.find(journey, agent) : undefined;
    if (visit !== undefined && visit.connections.size === 0) this.#visits.close(visit, 'abandoned', event);
  }

  #precallAgent(event: ContactEvent): PopAgent | undefined {
    const instrument = textOf(event.args.AgentInstrument);
    const at = {
      instruments: instrument === undefined ? [] : [instrument],
      peripheral: numberArgumentOf(event.args.PeripheralID),
    };
    const agent = agentOfEvent(event, at, this.deps.findAgent);
    const named = textOf(event.args.AgentID);
    // The agent at the phone may be the previous one, whose log-out has not been reported yet.
    return named === undefined || agent?.id === named ? agent : undefined;
  }

  #closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined, connection: Connection | undefined): void {
    if (visit.poppedAt === undefined) return;
    const body = endedBody(visit, reason, event?.time ?? this.#steady.now(), this.#steady, connection);
    this.#outputs.send(visit, { body, ...objectsOf(event) });
  }

  #popOnce(visit: Visit, trigger: Trigger, event: ContactEvent, connection: Connection): void {
    if (visit.poppedAt !== undefined) return;
    // A reservation that does not identify a customer has nothing to show; the customer's call has.
    if (visit.reserved && !namesCustomer(contactData(connection, event))) return;
    this.#pop(visit, trigger, event);
  }

  #pop(visit: Visit, trigger: Trigger, event: ContactEvent): void {
    visit.poppedAt = event.time;
    this.#popped++;
    const call = contactData(visit.source, event);
    visit.told = this.#body(visit, trigger, event.time, call);
    this.#outputs.send(visit, { body: visit.told, ...objectsOf(event) });
  }

  #body(visit: Visit, trigger: Trigger, time: number, call: Args): Pop {
    const { peripheral } = visit.agent;
    return popBody(visit, trigger, this.#steady.stamp(time), visit.source, call, this.settings, (number) =>
      isColleague(number, peripheral, this.deps.findAgent),
    );
  }

  /** The data of the connection's own contact, and of the consult calls about it. */
  #dataChanged(connection: Connection, event: ContactEvent): void {
    this.#refresh(connection, event, false);
    for (const consult of connection.consults) this.#refresh(consult, event, true);
  }

  #refresh(connection: Connection, event: ContactEvent, followed: boolean): void {
    const { visit } = connection;
    if (visit?.told === undefined || visit.source !== connection) return;
    const call = contactData(connection, event);
    const now = this.#body(visit, visit.told.trigger, event.time, call);
    const update = updateBody(visit.told, now, call, followed, this.settings);
    if (update === undefined) return;
    visit.told = { ...update, event: 'pop' };
    this.#outputs.send(visit, { body: update, ...objectsOf(event) });
  }

  get #trigger(): Trigger {
    return this.settings.trigger ?? 'delivered';
  }
}

/** Any event may contain the calling device. */
function lacksCaller({ visit }: Connection): boolean {
  const kind = visit?.told?.caller.kind;
  return kind === 'absent' || kind === 'unknown';
}

function objectsOf(event: ContactEvent | undefined): Omit<PopOutput, 'body'> {
  return {
    ...(event?.call && { call: event.call.properties() }),
    ...(event?.agent && { agent: event.agent.properties() }),
    ...(event?.replayed && { replayed: true }),
  };
}
