/**
 * The expected result, recorded in the simulated contact center itself, independently of the product: how long each
 * agent's phone rang, talked and held, how long agents wrapped up, and how long callers queued.
 */
import { EventCause } from '../../src/ged188/index.js';
import type { ContactCenter } from '../../src/simulator/model/contact-center.js';
import type { AgentStateEvent } from '../../src/simulator/model/state/events/agent-events.js';
import type { EventView } from '../../src/simulator/model/state/events/call-events.js';
import type { CallEvent, TelephonyEvent } from '../../src/simulator/model/state/events.js';

const RINGS = 2;
const TALKS = 3;
const HOLDS = 4;

/** AgentState: work, not ready or ready afterwards. */
const WRAPS_UP: ReadonlySet<number> = new Set([5, 6]);

interface Line {
  readonly agent: string;
  state: number;
  since: number;
}

export interface Account {
  ring: number;
  talk: number;
  hold: number;
}

export class Books {
  /** By agent: the duration of each wrap-up, in milliseconds, in order. */
  readonly wrapUps = new Map<string, number[]>();
  /** By agent: the durations of all connections, in milliseconds. */
  readonly agents = new Map<string, Account>();
  /** The total time of calls in queues, in milliseconds. */
  queued = 0;
  /** Transfers and conferences, by agent. */
  readonly transfers = new Map<string, number>();
  readonly conferences = new Map<string, number>();
  /** The number of calls that left the phone of an agent who did not answer. */
  diverted = 0;
  /** Router call keys of external calls, and whether an agent answered. */
  readonly journeys = new Map<string, boolean>();
  /** The journeys of calls: that of a consultation is the customer's, whatever key the switch assigns. */
  readonly #names = new Map<number, string>();
  /**
   * Calls made by agents about others: a call that waits in a queue does not turn a call between colleagues into a
   * customer's.
   */
  readonly #consults = new Set<number>();
  readonly #wrappingUp = new Map<string, number>();
  readonly #lines = new Map<string, Line>();
  readonly #queues = new Map<number, number>();

  constructor(private readonly center: ContactCenter) {
    center.listen((event) => this.#hear(event));
  }

  #hear(event: TelephonyEvent): void {
    if (event.kind === 'agentState') this.#wrapUp(event);
    if (!('views' in event)) return;
    this.#journey(event);
    this.#queue(event);
    if (event.kind === 'callConnectionCleared' && event.cause === EventCause.CEC_REDIRECTED)
      if (this.center.device(5000, event.releasing.id)?.kind === 'agentPhone') this.diverted++;
    if (event.kind === 'callTransferred') this.#made(this.transfers, event.transferring.id);
    if (event.kind === 'callConferenced') this.#made(this.conferences, event.controller.id);
    if (event.kind === 'callDataUpdate' && event.newConnection.callId !== event.connection.callId)
      this.#move(event, `${event.connection.callId}.`, `${event.newConnection.callId}.`);
    for (const view of event.views) if (view.kind === 'agentPhone') this.#see(event, view);
  }

  #see(event: CallEvent, view: EventView): void {
    const key = `${view.callId}.${view.deviceId}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      if (view.agentId === undefined || event.kind === 'callEnd') return;
      line = { agent: view.agentId, state: 0, since: Math.round(event.time) };
      this.#lines.set(key, line);
    }
    const state = event.kind === 'callEnd' ? 0 : view.state;
    const account = this.account(line.agent);
    const time = Math.round(event.time);
    const spent = time - line.since;
    if (line.state === RINGS) account.ring += spent;
    if (line.state === TALKS) account.talk += spent;
    if (line.state === HOLDS) account.hold += spent;
    line.state = state;
    line.since = time;
    if (event.kind === 'callEnd') this.#lines.delete(key);
  }

  #wrapUp({ agent: { agentId, state }, time }: AgentStateEvent): void {
    const since = this.#wrappingUp.get(agentId);
    if (WRAPS_UP.has(state)) {
      if (since === undefined) this.#wrappingUp.set(agentId, Math.round(time));
      return;
    }
    if (since === undefined) return;
    this.#wrappingUp.delete(agentId);
    this.wrapUps.set(agentId, [...(this.wrapUps.get(agentId) ?? []), Math.round(time) - since]);
  }

  account(agent: string): Account {
    let account = this.agents.get(agent);
    if (account === undefined) {
      account = { ring: 0, talk: 0, hold: 0 };
      this.agents.set(agent, account);
    }
    return account;
  }

  #move(event: CallEvent, from: string, to: string): void {
    for (const { deviceId } of event.views) {
      const line = this.#lines.get(from + deviceId);
      if (line === undefined) continue;
      this.#lines.delete(from + deviceId);
      this.#lines.set(to + deviceId, line);
    }
  }

  #queue(event: CallEvent): void {
    if (event.kind === 'callQueued') this.#queues.set(event.callId, event.time);
    const since = this.#queues.get(event.callId);
    if (event.kind !== 'callDequeued' || since === undefined) return;
    this.#queues.delete(event.callId);
    this.queued += event.time - since;
  }

  #journey(event: CallEvent): void {
    const name = this.#nameOf(event);
    const outside = !this.#consults.has(event.callId) && event.views.some((view) => view.kind === 'routePoint');
    if (!outside && !this.journeys.has(name)) return;
    const answered =
      event.kind === 'callEstablished' &&
      event.views.some((view) => view.kind === 'agentPhone' && view.deviceId === event.answering.id);
    this.journeys.set(name, answered || this.journeys.get(name) === true);
  }

  #nameOf({ peripheralId, callId, call }: CallEvent): string {
    const known = this.#names.get(callId);
    if (known !== undefined) return known;
    const about = this.center.call(peripheralId, callId)?.consultOf;
    if (about !== undefined) this.#consults.add(callId);
    const { routerCallKey: key } = call;
    const name = (about === undefined ? undefined : this.#names.get(about)) ?? `icm.${key.day}.${key.callId}`;
    this.#names.set(callId, name);
    return name;
  }

  #made(by: Map<string, number>, device: string): void {
    const agent = this.center.device(5000, device)?.agentId;
    if (agent !== undefined) by.set(agent, (by.get(agent) ?? 0) + 1);
  }
}
