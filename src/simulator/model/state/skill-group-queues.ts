import { State } from './codes.js';
import type { Route, SimulatedAgent, SimulatedSkillGroup } from './entities.js';
import { IndexedHeap } from './indexed-heap.js';
import type { SimulatedWorld } from './world.js';

/** An idle agent in one skill group. */
interface Idle {
  readonly agent: SimulatedAgent;
  readonly priority: number;
}

/** The agents and calls of a skill group. */
export interface SkillGroupQueue {
  readonly idle: IndexedHeap<Idle>;
  readonly waiting: IndexedHeap<Route>;
}

/** Idle agents and waiting calls per skill group, each in order. */
export class SkillGroupQueues {
  #queues = new Map<SimulatedSkillGroup, SkillGroupQueue>();
  #idle = new Map<SimulatedAgent, [SkillGroupQueue, Idle][]>();

  constructor(private readonly world: SimulatedWorld) {}

  of(group: SimulatedSkillGroup): SkillGroupQueue {
    let queue = this.#queues.get(group);
    if (queue === undefined) {
      queue = { idle: new IndexedHeap(idleBefore), waiting: new IndexedHeap(servedBefore) };
      this.#queues.set(group, queue);
    }
    return queue;
  }

  /** Whether calls may be sent to this agent now. */
  isRoutable(agent: SimulatedAgent): boolean {
    const { device } = agent;
    return (
      agent.state === State.available &&
      agent.offer === undefined &&
      device?.inService === true &&
      device.connections.length === 0 &&
      this.world.peripherals.get(agent.config.peripheralId)?.online === true
    );
  }

  /** Whether an agent is among the idle ones. */
  isListed(agent: SimulatedAgent): boolean {
    return this.#idle.has(agent);
  }

  list(agent: SimulatedAgent): void {
    const entries: [SkillGroupQueue, Idle][] = [];
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      if (group === undefined) continue;
      const entry: Idle = { agent, priority: skill.priority };
      const queue = this.of(group);
      queue.idle.push(entry);
      entries.push([queue, entry]);
    }
    this.#idle.set(agent, entries);
  }

  unlist(agent: SimulatedAgent): void {
    for (const [queue, entry] of this.#idle.get(agent) ?? []) queue.idle.remove(entry);
    this.#idle.delete(agent);
  }

  /** Calls that wait for a skill group. */
  waiting(group: SimulatedSkillGroup): Iterable<Route> {
    return this.of(group).waiting.values();
  }

  waitingCount(group: SimulatedSkillGroup): number {
    return this.of(group).waiting.size;
  }

  idleAgents(group: SimulatedSkillGroup): SimulatedAgent[] {
    return [...this.of(group).idle.values()].map((each) => each.agent);
  }

  /** The waiting call for this agent: highest priority, then longest waiting. */
  nextFor(agent: SimulatedAgent): Route | undefined {
    let best: Route | undefined;
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      const next = group && this.of(group).waiting.peek();
      if (next !== undefined && (best === undefined || servedBefore(next, best))) best = next;
    }
    return best;
  }

  #group(agent: SimulatedAgent, number: number): SimulatedSkillGroup | undefined {
    return this.world.peripherals.get(agent.config.peripheralId)?.groups.get(number);
  }
}

function idleBefore(a: Idle, b: Idle): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.agent.availableOrder < b.agent.availableOrder;
}

function servedBefore(a: Route, b: Route): boolean {
  if (a.queuePriority !== b.queuePriority) return a.queuePriority < b.queuePriority;
  return a.order < b.order;
}
