/**
 * Who is with whom: connections (a call at one device), the journey each belongs to, and the visits that agents pay to
 * journeys. Bookkeeping only; what pops and when is decided in `screen-pop.ts`.
 */
import type { Timer } from '../common/clock.js';
import type { PopAgent } from './types.js';

/** One Call object: a call as one device sees it. */
export interface VisitConnection {
  /** UniqueObjectID; changes when calls are joined. */
  id: string;
  /** ICMEnterpriseUniqueID, or the first UniqueObjectID as long as that is not known. */
  journey: string;
  journeyKnown: boolean;
  /** First seen in a snapshot: what happened to it before is unknown. */
  readonly found: boolean;
  agent?: PopAgent;
  /** CallType at the beginning; joining calls changes it later. */
  type?: number;
  /** Which end of the call this device is. */
  side?: 'origin' | 'target';
  /** What was last said about leaving: tells a transfer from a hang-up when the call ends. */
  lastWord?: 'transferred' | 'conferenced' | 'diverted' | undefined;
  visit?: Visit;
}

/** The time during which one agent has connections of one journey. */
export interface Visit {
  readonly key: string;
  readonly journey: string;
  readonly agent: PopAgent;
  readonly number: number;
  readonly connections: Set<VisitConnection>;
  /** The names it can be found by: more than one where the journey's id became known later. */
  readonly names: Set<string>;
  /** Milliseconds since the epoch; absent as long as nothing popped. */
  poppedAt?: number;
  answeredAt?: number;
  /** Pending end: of a pre-call without a call, or of a hand-over. */
  timer?: Timer;
}

/** A session sees an end for each beginning; these limits hold should it not. */
const MAX_CONNECTIONS = 50_000;
const MAX_REMEMBERED = 20_000;

export class VisitBook {
  readonly #connections = new Map<string, VisitConnection>();
  readonly #open = new Map<string, Visit>();
  /** How often each agent was visited by each journey: the number in the key of the next visit. */
  readonly #visits = new Map<string, number>();

  get openPops(): number {
    let count = 0;
    for (const visit of this.openVisits()) if (visit.poppedAt !== undefined) count++;
    return count;
  }

  openVisits(): Set<Visit> {
    return new Set(this.#open.values());
  }

  connection(id: string): VisitConnection | undefined {
    return this.#connections.get(id);
  }

  begin(id: string, found: boolean): VisitConnection {
    const connection: VisitConnection = { id, journey: id, journeyKnown: false, found };
    this.#connections.set(id, connection);
    if (this.#connections.size > MAX_CONNECTIONS) this.#forgetOldest();
    return connection;
  }

  /** The connection goes on under another id; if that id is known already, the two are one from now on. */
  rename(from: string, to: string): void {
    const connection = this.#connections.get(from);
    if (connection === undefined) return;
    this.#connections.delete(from);
    const other = this.#connections.get(to);
    if (other !== undefined) {
      if (other.visit === undefined && connection.visit !== undefined) this.join(connection.visit, other);
      connection.visit?.connections.delete(connection);
      other.side ??= connection.side;
      return;
    }
    connection.id = to;
    this.#connections.set(to, connection);
  }

  /** The first ICMEnterpriseUniqueID that a connection is seen with is its journey for good. */
  identify(connection: VisitConnection, journey: string): void {
    if (connection.journeyKnown) return;
    connection.journeyKnown = true;
    connection.journey = journey;
    const { visit } = connection;
    if (visit !== undefined) this.#name(visit, nameOf(journey, visit.agent));
  }

  find(journey: string, agent: PopAgent): Visit | undefined {
    return this.#open.get(nameOf(journey, agent));
  }

  open(journey: string, agent: PopAgent): Visit {
    const name = nameOf(journey, agent);
    const number = (this.#visits.get(name) ?? 0) + 1;
    this.#visits.delete(name);
    this.#visits.set(name, number);
    if (this.#visits.size > MAX_REMEMBERED) this.#visits.delete(this.#visits.keys().next().value!);
    const visit: Visit = { key: `${name}/${number}`, journey, agent, number, connections: new Set(), names: new Set() };
    this.#name(visit, name);
    return visit;
  }

  join(visit: Visit, connection: VisitConnection): void {
    connection.visit = visit;
    visit.connections.add(connection);
    visit.timer?.cancel();
    delete visit.timer;
  }

  end(connection: VisitConnection): void {
    this.#connections.delete(connection.id);
    connection.visit?.connections.delete(connection);
  }

  close(visit: Visit): void {
    for (const name of visit.names) if (this.#open.get(name) === visit) this.#open.delete(name);
  }

  clear(): void {
    this.#connections.clear();
    this.#open.clear();
    this.#visits.clear();
  }

  #name(visit: Visit, name: string): void {
    visit.names.add(name);
    this.#open.set(name, visit);
  }

  #forgetOldest(): void {
    const oldest = this.#connections.values().next().value!;
    this.end(oldest);
    if (oldest.visit !== undefined && oldest.visit.connections.size === 0) this.close(oldest.visit);
  }
}

function nameOf(journey: string, agent: PopAgent): string {
  return `${journey}/${agent.id}`;
}
