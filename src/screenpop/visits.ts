/**
 * Who is with whom: connections (a call at one device), the journey each belongs to, and the visits that agents pay to
 * journeys. Bookkeeping only; what pops and when is decided in `screen-pop.ts`.
 */
import { ConnectionBook } from './connections.js';
import { type AgentIdentity, agentKey, visitKey } from './identity.js';
import { Remembered } from './remembered.js';
import type { Connection, Visit } from './visit.js';

export class VisitBook {
  readonly connections = new ConnectionBook((oldest) => this.#forget(oldest));
  readonly #open = new Map<string, Visit>();
  readonly #byAgent = new Map<string, Set<Visit>>();
  /** How often each agent was visited by each journey, as this process saw it. */
  readonly #visits = new Remembered();
  readonly #keys = new Remembered();

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

  /** @param first the agent's first connection; absent where the visit begins before the call reaches the phone */
  open(journey: string, agent: Visit['agent'], first: Connection | undefined): Visit {
    const key = visitKey(journey, agent, first?.id);
    // A switch may bring a call back to a phone under the very same ids: that is another visit all the same.
    const again = this.#keys.count(key);
    const visit: Visit = {
      key: again === 1 ? key : `${key}/${again}`,
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

  /** The visit can be found under this journey, too. */
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

  /** The connection is over. */
  end(connection: Connection): void {
    this.connections.end(connection);
    connection.visit?.connections.delete(connection);
  }

  close(visit: Visit): void {
    visit.timer?.cancel();
    for (const name of visit.names) if (this.#open.get(name) === visit) this.#open.delete(name);
    const visits = this.#byAgent.get(agentKey(visit.agent));
    if (visits?.delete(visit) && visits.size === 0) this.#byAgent.delete(agentKey(visit.agent));
  }

  clear(): void {
    this.connections.clear();
    this.#open.clear();
    this.#byAgent.clear();
    this.#visits.clear();
    this.#keys.clear();
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
