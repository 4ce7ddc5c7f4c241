/**
 * Connections (a call at one device), the journey of each, and the visits of journeys to agents. Only stores them;
 * `screen-pop.ts` decides what pops and when.
 */

import { type AgentIdentity, agentKey, visitKey } from '../identity.js';
import { ConnectionBook, type FirstEvent } from './connections.js';
import { Remembered } from './remembered.js';
import type { Connection, Visit } from './visit.js';
import type { VisitLedger } from './visit-ledger.js';

export class VisitBook {
  readonly connections = new ConnectionBook((oldest) => this.#forget(oldest));
  readonly #open = new Map<string, Visit>();
  readonly #byAgent = new Map<string, Set<Visit>>();
  /** How often each journey has visited each agent, as observed by this process. */
  readonly #visits = new Remembered();
  /** The numbers of open visits, by the name of their key. */
  readonly #numbers = new Map<string, number>();

  /**
   * @param ledger distinguishes visits with the same name
   * @param rereads whether events come from a stream, and those before a restart perhaps again
   */
  constructor(
    private readonly ledger: VisitLedger,
    private readonly rereads: boolean,
  ) {}

  get openPops(): number {
    let count = 0;
    for (const visit of this.openVisits()) if (visit.poppedAt !== undefined) count++;
    return count;
  }

  openVisits(): Set<Visit> {
    return new Set([...this.#byAgent.values()].flatMap((visits) => [...visits]));
  }

  of(agent: AgentIdentity): Iterable<Visit> {
    return this.#byAgent.get(agentKey(agent)) ?? [];
  }

  find(journey: string, agent: AgentIdentity): Visit | undefined {
    return this.#open.get(nameOf(journey, agent));
  }

  /**
   * @param first the agent's first connection; absent if the visit begins before the call reaches the phone
   * @param event with which it begins
   */
  open(
    journey: string,
    agent: Visit['agent'],
    first: Connection | undefined,
    { time, stamp = time, replayed }: FirstEvent,
  ): Visit {
    const name = visitKey(journey, agent, first?.id);
    const again = this.ledger.begin(name, {
      begun: first?.stamp ?? stamp,
      found: first?.found === true,
      replayed: (first ?? { replayed }).replayed === true,
      rereads: this.rereads,
      after: this.#numbers.get(name) ?? 0,
    });
    this.#numbers.set(name, again);
    const visit: Visit = {
      key: again === 1 ? name : `${name}/${again}`,
      name,
      journey,
      agent,
      number: this.#visits.count(nameOf(journey, agent)),
      connections: new Set(),
      names: new Set(),
    };
    const visits = this.#byAgent.get(agentKey(agent)) ?? new Set();
    this.#byAgent.set(agentKey(agent), visits.add(visit));
    this.name(visit, journey);
    return visit;
  }

  /** Makes the visit available under this journey, too. */
  name(visit: Visit, journey: string): void {
    const name = nameOf(journey, visit.agent);
    if (this.#open.has(name)) return;
    visit.names.add(name);
    this.#open.set(name, visit);
  }

  join(visit: Visit, connection: Connection): void {
    connection.visit = visit;
    visit.connections.add(connection);
    delete visit.passedOn;
    visit.timer?.cancel();
    delete visit.timer;
  }

  /** The connection has ended. */
  end(connection: Connection): void {
    this.connections.end(connection);
    connection.visit?.connections.delete(connection);
  }

  close(visit: Visit): void {
    visit.timer?.cancel();
    this.ledger.end(visit.name, this.#numbers.get(visit.name));
    this.#numbers.delete(visit.name);
    for (const name of visit.names) if (this.#open.get(name) === visit) this.#open.delete(name);
    const visits = this.#byAgent.get(agentKey(visit.agent));
    if (visits?.delete(visit) && visits.size === 0) this.#byAgent.delete(agentKey(visit.agent));
  }

  clear(): void {
    this.connections.clear();
    this.#open.clear();
    this.#byAgent.clear();
    this.#visits.clear();
    this.#numbers.clear();
  }

  #forget(oldest: Connection): void {
    const { visit } = oldest;
    this.end(oldest);
    if (visit !== undefined && visit.connections.size === 0) this.close(visit);
  }
}

function nameOf(journey: string, agent: AgentIdentity): string {
  return `${journey}/${agentKey(agent)}`;
}
