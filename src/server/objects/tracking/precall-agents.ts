import type { MessageOf } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { World } from '../../model/world.js';

/** Maximum number of announced calls that may still be withdrawn. */
const MAX_ANNOUNCED = 1_000;

type Announced = MessageOf<'AGENT_PRE_CALL_EVENT'>;
type TakenBack = MessageOf<'AGENT_PRE_CALL_ABORT_EVENT'>;

/**
 * Which agent a pre-call is for. The messages name a phone but no peripheral, and two peripherals may have phones and
 * agents of the same name: then the enterprise-wide number of the agent or the skill group decides. If neither does, it
 * is assigned to no agent: otherwise the wrong agent's screen would show the caller. At a shared desk, the event that
 * the previous agent has logged out may be late: the agent named by the message counts, not the one known to be there.
 */
export class PrecallAgents {
  readonly #announced = new Map<string, ServerAgent>();

  constructor(private readonly world: World) {}

  announced(m: Announced): ServerAgent | undefined {
    const fitting = this.#candidates(m.AgentInstrument, m.AgentID).filter((each) => this.#fits(each, m));
    const there = fitting.filter(({ device }) => device?.names.has(m.AgentInstrument ?? ''));
    const agent = this.#only(there.length > 0 ? there : fitting);
    if (agent === undefined) return undefined;
    this.#announced.set(nameOf(m), agent);
    if (this.#announced.size > MAX_ANNOUNCED) this.#announced.delete(this.#announced.keys().next().value!);
    return agent;
  }

  takenBack(m: TakenBack): ServerAgent | undefined {
    const agent = this.#announced.get(nameOf(m));
    this.#announced.delete(nameOf(m));
    return agent ?? this.#only(this.#candidates(m.AgentInstrument, undefined));
  }

  /** At most one per peripheral: the agent with the name, or the agent at the phone if the message has no name. */
  #candidates(instrument: string | undefined, agentId: string | undefined): ServerAgent[] {
    const { world } = this;
    return [...world.peripherals()].flatMap(
      (each) => (agentId ? world.agents.find(each, agentId) : world.devices.find(each, instrument)?.agent) ?? [],
    );
  }

  /** Whether nothing in the message contradicts the agent. */
  #fits(agent: ServerAgent, { AgentSkillTargetID: target, SkillGroupID: skillGroup }: Announced): boolean {
    if (known(target) && agent.icmAgentId !== undefined) return target === agent.icmAgentId;
    if (!known(skillGroup)) return true;
    const peripherals = new Set<number>();
    for (const group of this.world.skillGroups)
      if (group.skillGroupId === skillGroup) peripherals.add(group.peripheralId);
    return peripherals.size === 0 || peripherals.has(agent.peripheralId);
  }

  #only(agents: readonly ServerAgent[]): ServerAgent | undefined {
    return agents.length === 1 ? agents[0] : undefined;
  }
}

/** Absent identifiers are 0 or all ones. */
function known(id: number | undefined): id is number {
  return id !== undefined && id > 0 && id < 0xffffffff;
}

function nameOf(m: Announced | TakenBack): string {
  return [m.RouterCallKeyDay, m.RouterCallKeyCallID, m.RouterCallKeySequenceNumber, m.AgentInstrument].join('.');
}
