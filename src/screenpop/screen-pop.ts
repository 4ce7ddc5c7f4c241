/**
 * The once-only rule: one pop per journey, agent and visit, its updates, and one end for each pop. It is told every call
 * and agent event of a session, in order, and knows nothing of Node-RED. Its memory belongs to the session, not to the
 * node that shows it: a redeploy hands the same object to the new node, so nothing pops twice.
 */
import type { Clock } from '../common/clock.js';
import type { Args } from '../ctios/transport.js';
import { agentOf, type FindAgent } from './agents.js';
import { numberOf, textOf } from './arguments.js';
import { endedBody, popBody, updateBody } from './bodies.js';
import { contactData } from './contact-data.js';
import { namesCustomer } from './outbound.js';
import { type Claim, Outputs, type PopOutput } from './outputs.js';
import type { ContactEvent, EndReason, PopAgent, ScreenPopSettings, Trigger } from './types.js';
import type { Connection, Visit } from './visit.js';
import { VisitFollower } from './visit-follower.js';

export interface ScreenPopDeps {
  readonly clock: Clock;
  /** A pre-call event, and a call found in a snapshot, may name only the instrument. */
  readonly findAgent?: FindAgent;
  /** Where several processes see the same calls. */
  readonly claim?: Claim;
}

/** A pre-call without a call is given up after this (the server's AgentPreCallEventTimeout). */
const PRECALL_MS = 30_000;

export class ScreenPop {
  readonly #visits: VisitFollower;
  readonly #outputs: Outputs;
  #popped = 0;

  /** @param settings may be replaced at any time; what has popped stays popped */
  constructor(
    public settings: ScreenPopSettings,
    private readonly deps: ScreenPopDeps,
  ) {
    this.#outputs = new Outputs(deps.claim);
    this.#visits = new VisitFollower({
      clock: deps.clock,
      findAgent: deps.findAgent,
      settings: () => this.settings,
      listener: {
        rang: (visit, connection, event) => {
          if (this.#trigger !== 'established') this.#popOnce(visit, 'delivered', event, connection);
        },
        answered: (visit, connection, event, here) => {
          // A call that rang before we looked is not news when it is answered, unless the answer is what pops.
          const late = this.#trigger !== 'established' && connection.found;
          if (here && !late) this.#popOnce(visit, 'established', event, connection);
        },
        // Never a pop, except for a ringing one where the user wants that.
        foundRinging: (visit, connection, event) => {
          if (this.settings.popRinging && this.#trigger !== 'established')
            this.#popOnce(visit, 'delivered', event, connection);
        },
        closed: (...args) => this.#closed(...args),
      },
    });
  }

  /** Contacts that are on a screen now, and pops since the beginning. */
  get counts(): { open: number; popped: number } {
    return { open: this.#visits.book.openPops, popped: this.#popped };
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
    else {
      const followed = this.#visits.handle(event);
      if (followed === undefined) return;
      const { connection, ended, linked } = followed;
      for (const consult of linked) this.#refresh(consult, event, true);
      if (!ended && (DATA_EVENTS.has(event.event) || lacksCaller(connection))) this.#dataChanged(connection, event);
    }
  }

  /** Forgets everything and stops its timers. */
  dispose(): void {
    this.#visits.dispose();
    this.#outputs.clear();
  }

  #precall(event: ContactEvent): void {
    const { book } = this.#visits;
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const agent = this.#precallAgent(event);
    if (journey === undefined || agent === undefined || book.find(journey, agent) !== undefined) return;
    if (this.#trigger !== 'precall' || !this.#visits.isWanted(agent, numberOf(event.args.CallType))) return;
    const visit = book.open(journey, agent, undefined);
    this.#pop(visit, 'precall', event);
    visit.timer = this.deps.clock.after(PRECALL_MS, () => {
      if (visit.connections.size === 0) this.#visits.close(visit, 'abandoned');
    });
  }

  #precallAborted(event: ContactEvent): void {
    const journey = textOf(event.args.ICMEnterpriseUniqueID);
    const agent = this.#precallAgent(event);
    const visit = journey !== undefined && agent !== undefined ? this.#visits.book.find(journey, agent) : undefined;
    if (visit !== undefined && visit.connections.size === 0) this.#visits.close(visit, 'abandoned', event);
  }

  #precallAgent(event: ContactEvent): PopAgent | undefined {
    const instrument = textOf(event.args.AgentInstrument);
    const at = {
      instruments: instrument === undefined ? [] : [instrument],
      peripheral: numberOf(event.args.PeripheralID),
    };
    return agentOf(event, at, this.deps.findAgent);
  }

  #closed(visit: Visit, reason: EndReason, event: ContactEvent | undefined, connection: Connection | undefined): void {
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

function objectsOf(event: ContactEvent | undefined): Omit<PopOutput, 'body'> {
  return {
    ...(event?.call && { call: event.call.properties() }),
    ...(event?.agent && { agent: event.agent.properties() }),
    ...(event?.replayed && { replayed: true }),
  };
}
