/**
 * What really happened, written down in the simulated center itself and knowing nothing of the product: how long each
 * agent's phone rang, talked and held, how long agents wrapped up, and how long callers queued.
 */
import type { ContactCenter } from '../../src/simulator/model/contact-center.js';
import type { CallEvent, EventView, TelephonyEvent } from '../../src/simulator/model/state/events.js';

const RINGS = 2;
const TALKS = 3;
const HOLDS = 4;

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
  /** By agent: milliseconds of all its connections. */
  readonly agents = new Map<string, Account>();
  /** Milliseconds that calls spent in queues. */
  queued = 0;
  /** Transfers and conferences, by the agent who made them. */
  readonly transfers = new Map<string, number>();
  readonly conferences = new Map<string, number>();
  /** Router call keys of calls from outside, and whether an agent's phone was answered. */
  readonly journeys = new Map<string, boolean>();
  readonly #lines = new Map<string, Line>();
  readonly #queues = new Map<number, number>();

  constructor(private readonly center: ContactCenter) {
    center.listen((event) => this.#hear(event));
  }

  #hear(event: TelephonyEvent): void {
    if (!('views' in event)) return;
    this.#journey(event);
    this.#queue(event);
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
    const { day, callId } = event.call.routerCallKey;
    const name = `icm.${day}.${callId}`;
    const outside = event.views.some((view) => view.kind === 'routePoint');
    if (!outside && !this.journeys.has(name)) return;
    const answered =
      event.kind === 'callEstablished' &&
      event.views.some((view) => view.kind === 'agentPhone' && view.deviceId === event.answering.id);
    this.journeys.set(name, answered || this.journeys.get(name) === true);
  }

  #made(by: Map<string, number>, device: string): void {
    const agent = this.center.device(5000, device)?.agentId;
    if (agent !== undefined) by.set(agent, (by.get(agent) ?? 0) + 1);
  }
}
