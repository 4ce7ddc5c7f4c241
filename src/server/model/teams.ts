import { getOrMake } from './maps.js';

/** What AGENT_TEAM_CONFIG_EVENT says of a member. */
export interface TeamMember {
  agentId: string;
  /** 1 primary supervisor, 2 temporary, 4 supervisor. */
  flags: number;
}

export class AgentTeam {
  /** `team.<PeripheralID>.<TeamID>` */
  readonly id: string;
  name: string | undefined;
  readonly members = new Map<string, TeamMember>();

  constructor(
    readonly peripheralId: number,
    readonly teamId: number,
  ) {
    this.id = `team.${peripheralId}.${teamId}`;
  }

  supervisedBy(agentId: string): boolean {
    const member = this.members.get(agentId);
    return member !== undefined && (member.flags & 5) !== 0;
  }
}

export class Teams {
  readonly #byId = new Map<string, AgentTeam>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<AgentTeam> {
    return this.#byId.values();
  }

  at(peripheralId: number, teamId: number): AgentTeam {
    return getOrMake(this.#byId, `team.${peripheralId}.${teamId}`, () => new AgentTeam(peripheralId, teamId));
  }

  find(peripheralId: number, teamId: number): AgentTeam | undefined {
    return this.#byId.get(`team.${peripheralId}.${teamId}`);
  }

  *supervisedBy(peripheralId: number, agentId: string): Iterable<AgentTeam> {
    for (const team of this.#byId.values()) {
      if (team.peripheralId === peripheralId && team.supervisedBy(agentId)) yield team;
    }
  }

  /** Whether the supervisor leads a team that the agent is in. */
  led(peripheralId: number, supervisorId: string, agentId: string): boolean {
    for (const team of this.supervisedBy(peripheralId, supervisorId)) if (team.members.has(agentId)) return true;
    return false;
  }

  /** The teams an agent belongs to. */
  *of(peripheralId: number, agentId: string): Iterable<AgentTeam> {
    for (const team of this.#byId.values()) {
      if (team.peripheralId === peripheralId && team.members.has(agentId)) yield team;
    }
  }
}
