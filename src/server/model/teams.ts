import { getOrMake } from './maps.js';

/** What AGENT_TEAM_CONFIG_EVENT contains about a member. */
export interface TeamMember {
  agentId: string;
  /** 1 primary supervisor, 2 temporary, 4 supervisor. */
  flags: number;
}

export class AgentTeam {
  /** `team.<PeripheralID>.<TeamID>` */
  readonly id: string;
  name: string | undefined;
  readonly #members = new Map<string, TeamMember>();

  /** @param byMember the teams of each agent, kept up to date so that no search through all teams is needed */
  constructor(
    readonly peripheralId: number,
    readonly teamId: number,
    private readonly byMember: Map<string, Set<AgentTeam>>,
  ) {
    this.id = `team.${peripheralId}.${teamId}`;
  }

  get members(): ReadonlyMap<string, TeamMember> {
    return this.#members;
  }

  put(member: TeamMember): void {
    this.#members.set(member.agentId, member);
    getOrMake(this.byMember, memberKey(this.peripheralId, member.agentId), () => new Set<AgentTeam>()).add(this);
  }

  remove(agentId: string): void {
    this.#members.delete(agentId);
    const key = memberKey(this.peripheralId, agentId);
    const teams = this.byMember.get(key);
    teams?.delete(this);
    if (teams?.size === 0) this.byMember.delete(key);
  }

  supervisedBy(agentId: string): boolean {
    const member = this.members.get(agentId);
    return member !== undefined && (member.flags & 5) !== 0;
  }
}

export class Teams {
  readonly #byId = new Map<string, AgentTeam>();
  readonly #byMember = new Map<string, Set<AgentTeam>>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<AgentTeam> {
    return this.#byId.values();
  }

  at(peripheralId: number, teamId: number): AgentTeam {
    return getOrMake(
      this.#byId,
      `team.${peripheralId}.${teamId}`,
      () => new AgentTeam(peripheralId, teamId, this.#byMember),
    );
  }

  find(peripheralId: number, teamId: number): AgentTeam | undefined {
    return this.#byId.get(`team.${peripheralId}.${teamId}`);
  }

  *supervisedBy(peripheralId: number, agentId: string): Iterable<AgentTeam> {
    for (const team of this.of(peripheralId, agentId)) if (team.supervisedBy(agentId)) yield team;
  }

  /** Whether the supervisor leads a team that contains the agent. */
  led(peripheralId: number, supervisorId: string, agentId: string): boolean {
    for (const team of this.supervisedBy(peripheralId, supervisorId)) if (team.members.has(agentId)) return true;
    return false;
  }

  /** The teams of an agent. */
  of(peripheralId: number, agentId: string): Iterable<AgentTeam> {
    return this.#byMember.get(memberKey(peripheralId, agentId)) ?? [];
  }
}

function memberKey(peripheralId: number, agentId: string): string {
  return `${peripheralId}.${agentId}`;
}
