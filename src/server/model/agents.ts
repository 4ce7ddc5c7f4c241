import { ServerAgent } from './entities.js';
import { getOrMake } from './maps.js';

export class Agents {
  readonly #byId = new Map<string, ServerAgent>();
  /** By peripheral and AgentID, so that no key has to be built per event. */
  readonly #byPeripheral = new Map<number, Map<string, ServerAgent>>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<ServerAgent> {
    return this.#byId.values();
  }

  peripherals(): Iterable<number> {
    return this.#byPeripheral.keys();
  }

  byId(id: string): ServerAgent | undefined {
    return this.#byId.get(id);
  }

  find(peripheralId: number, agentId: string | undefined): ServerAgent | undefined {
    return agentId === undefined ? undefined : this.#byPeripheral.get(peripheralId)?.get(agentId);
  }

  /** Login names are case-insensitive. */
  byLoginName(name: string): ServerAgent | undefined {
    const wanted = name.toLowerCase();
    for (const agent of this.#byId.values()) if (agent.loginName?.toLowerCase() === wanted) return agent;
    return undefined;
  }

  /** By the enterprise-wide number (SkillTargetID). */
  byIcmAgentId(icmAgentId: number): ServerAgent | undefined {
    for (const agent of this.#byId.values()) if (agent.icmAgentId === icmAgentId) return agent;
    return undefined;
  }

  at(peripheralId: number, agentId: string): ServerAgent {
    const known = this.#byPeripheral.get(peripheralId)?.get(agentId);
    if (known !== undefined) return known;
    const byAgentId = getOrMake(this.#byPeripheral, peripheralId, () => new Map<string, ServerAgent>());
    return getOrMake(byAgentId, agentId, () => {
      const agent = new ServerAgent(peripheralId, agentId);
      this.#byId.set(agent.id, agent);
      return agent;
    });
  }

  delete(agent: ServerAgent): void {
    this.#byId.delete(agent.id);
    this.#byPeripheral.get(agent.peripheralId)?.delete(agent.agentId);
  }
}
