/** The open sessions of agents: which one belongs to an agent or a call, and the objects of all of them. */
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { SkillGroup } from '../objects/skill-group.js';
import type { NamedAgent } from './agent-names.js';
import type { AgentSession } from './agent-session.js';

export class OpenAgentSessions {
  readonly #sessions = new Map<string, AgentSession>();

  /** @param defaultPeripheral the peripheral of agents named without one */
  constructor(private readonly defaultPeripheral: number | undefined) {}

  /** By the UniqueObjectIDs of their agents. */
  get byId(): ReadonlyMap<string, AgentSession> {
    return this.#sessions;
  }

  add(session: AgentSession): void {
    this.#sessions.set(session.id, session);
  }

  remove(session: AgentSession): void {
    if (this.#sessions.get(session.id) === session) this.#sessions.delete(session.id);
  }

  /**
   * The open session of an agent; undefined if there is none, or if the agent is named without a peripheral and there
   * are several.
   */
  of({ agentId, peripheralId = this.defaultPeripheral }: NamedAgent): AgentSession | undefined {
    if (/^agent\./i.test(agentId)) return this.#sessions.get(agentId);
    if (peripheralId !== undefined && peripheralId !== '')
      return this.#sessions.get(`agent.${peripheralId}.${agentId}`);
    const found = [...this.#sessions.values()].filter(({ whose }) => whose.agentId === agentId);
    return found.length === 1 ? found[0] : undefined;
  }

  /** The session of the agent who has the call; undefined if no agent, or more than one, has it. */
  ofCall(id: string): AgentSession | undefined {
    const found = [...this.#sessions.values()].filter(({ calls }) => calls.get(id)?.monitored === false);
    return found.length === 1 ? found[0] : undefined;
  }

  get calls(): ReadonlyMap<string, Call> {
    const all = new Map<string, Call>();
    for (const { calls } of this.#sessions.values())
      for (const [id, call] of calls) if (!call.monitored || !all.has(id)) all.set(id, call);
    return all;
  }

  get agents(): ReadonlyMap<string, Agent> {
    const all = new Map<string, Agent>();
    for (const session of this.#sessions.values())
      for (const [id, agent] of session.agents) if (id === session.id || !all.has(id)) all.set(id, agent);
    return all;
  }

  get skillGroups(): ReadonlyMap<string, SkillGroup> {
    const all = new Map<string, SkillGroup>();
    for (const session of this.#sessions.values()) for (const [id, group] of session.skillGroups) all.set(id, group);
    return all;
  }
}
