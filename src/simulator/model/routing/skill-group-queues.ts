import type { Agent, Route, SkillGroup } from '../state/entities.js';
import type { World } from '../state/world.js';
import { IndexedHeap } from './indexed-heap.js';

/** An idle agent in one skill group. */
interface Idle {
  readonly agent: Agent;
  readonly priority: number;
}

/** What a skill group has to give and to serve. */
export interface SkillDesk {
  readonly idle: IndexedHeap<Idle>;
  readonly waiting: IndexedHeap<Route>;
}

/** Who waits: per skill group the idle agents in the order of their turns, and the calls in the order of theirs. */
export class SkillDesks {
  #desks = new Map<SkillGroup, SkillDesk>();
  #idle = new Map<Agent, [SkillDesk, Idle][]>();

  constructor(private readonly world: World) {}

  of(group: SkillGroup): SkillDesk {
    let desk = this.#desks.get(group);
    if (desk === undefined) {
      desk = { idle: new IndexedHeap(idleBefore), waiting: new IndexedHeap(servedBefore) };
      this.#desks.set(group, desk);
    }
    return desk;
  }

  isListed(agent: Agent): boolean {
    return this.#idle.has(agent);
  }

  list(agent: Agent): void {
    const entries: [SkillDesk, Idle][] = [];
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      if (group === undefined) continue;
      const entry: Idle = { agent, priority: skill.priority };
      const desk = this.of(group);
      desk.idle.push(entry);
      entries.push([desk, entry]);
    }
    this.#idle.set(agent, entries);
  }

  unlist(agent: Agent): void {
    for (const [desk, entry] of this.#idle.get(agent) ?? []) desk.idle.remove(entry);
    this.#idle.delete(agent);
  }

  /** The waiting call that is this agent's to take: highest priority, then longest waiting. */
  nextFor(agent: Agent): Route | undefined {
    let best: Route | undefined;
    for (const skill of agent.skills) {
      const group = this.#group(agent, skill.skillGroupNumber);
      const next = group && this.of(group).waiting.peek();
      if (next !== undefined && (best === undefined || servedBefore(next, best))) best = next;
    }
    return best;
  }

  #group(agent: Agent, number: number): SkillGroup | undefined {
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
