/** Teams: their members and supervisors, and the events that report them. */

import type { Args } from '../../../ctios/index.js';
import { AgentFlags, ConfigOperation, type MessageOf } from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent } from '../../model/entities.js';
import type { AgentTeam, TeamMember } from '../../model/teams.js';
import { putNames, putSkills, whoAndWhere } from '../../translation/agent-events.js';
import { enablementMask } from '../core/button-enablement.js';
import type { Context } from '../core/context.js';

export interface TeamWatcher {
  /** An agent of whom only the name is known. */
  unknownAgent(agent: ServerAgent): void;
  /** Its supervisors were notified. */
  memberJoined(team: AgentTeam, agentId: string): void;
  memberLeft(): void;
}

export class TeamTracker {
  constructor(
    private readonly context: Context,
    private readonly watcher: TeamWatcher,
  ) {}

  configured(m: MessageOf<'AGENT_TEAM_CONFIG_EVENT'>): void {
    const { world } = this.context;
    const team = world.teams.at(m.PeripheralID, m.TeamID);
    if (m.AgentTeamName) team.name = m.AgentTeamName;
    const members = m.TeamMembers ?? [];
    if (m.ConfigOperation === ConfigOperation.RESTORE_PERMANENT_CONFIGURATION) this.#removeOthers(team, members);
    for (const each of members) {
      if (!each.AtcAgentID) continue;
      const member: TeamMember = { agentId: each.AtcAgentID, flags: each.AgentFlags ?? 0 };
      if (m.ConfigOperation === ConfigOperation.REMOVE_AGENT) this.#remove(team, member.agentId);
      else this.#add(team, member, each.AtcAgentState);
    }
  }

  /**
   * A complete list has arrived: agents missing in it have left. A list too long for one message arrives as additions.
   */
  #removeOthers(team: AgentTeam, members: readonly { AtcAgentID?: string }[]): void {
    const staying = new Set(members.map((each) => each.AtcAgentID));
    for (const agentId of [...team.members.keys()]) if (!staying.has(agentId)) this.#remove(team, agentId);
  }

  #add(team: AgentTeam, member: TeamMember, state: number | undefined): void {
    const agent = this.context.world.agents.at(team.peripheralId, member.agentId);
    const before = team.members.get(member.agentId);
    team.put(member);
    this.#setFlags(agent);
    if (!agent.told) {
      if (state !== undefined) agent.state = state;
      this.watcher.unknownAgent(agent);
    }
    if (before === undefined || before.flags !== member.flags) this.#tell(team, member, ConfigOperation.ADD_AGENT);
    if (before === undefined) this.watcher.memberJoined(team, member.agentId);
  }

  #remove(team: AgentTeam, agentId: string): void {
    const member = team.members.get(agentId);
    if (member === undefined) return;
    // Published while still a member, because its supervisors must receive it.
    this.#tell(team, member, ConfigOperation.REMOVE_AGENT);
    team.remove(agentId);
    const agent = this.context.world.agents.find(team.peripheralId, agentId);
    if (agent !== undefined) this.#setFlags(agent);
    this.watcher.memberLeft();
  }

  /** Whether it is a supervisor affects what its desktops offer. */
  #setFlags(agent: ServerAgent): void {
    agent.flags = this.#flagsOf(agent);
    this.context.buttonUpdates.mark(agent);
  }

  /** The roles in all teams, combined. */
  #flagsOf(agent: ServerAgent): number {
    let flags = 0;
    for (const team of this.context.world.teams.of(agent.peripheralId, agent.agentId)) {
      flags |= team.members.get(agent.agentId)!.flags;
    }
    return flags;
  }

  #tell(team: AgentTeam, member: TeamMember, operation: number): void {
    const { publisher, desktops } = this.context;
    const args = this.member(team, member, operation);
    publisher.publish('OnNewAgentTeamMember', args);
    for (const client of desktops.clientsWhere((agent) => team.supervisedBy(agent.agentId))) {
      publisher.publish('OnNewAgentTeamMember', args, { client });
    }
  }

  /** OnNewAgentTeamMember. */
  member(team: AgentTeam, member: TeamMember, operation: number): Args {
    const agent = this.context.world.agents.at(team.peripheralId, member.agentId);
    const args = whoAndWhere(agent);
    args.AgentState = agent.state;
    args.EventReasonCode = agent.reasonCode;
    args.AgentFlags = member.flags;
    args.ConfigOperation = operation;
    args.TeamID = team.teamId;
    args.EnablementMask = enablementMask(agent, currentCallOf(agent.device), this.context.buttons);
    const supervisor = primarySupervisor(team);
    if (supervisor !== undefined) args.SupervisorID = supervisor;
    putSkills(args, agent.skills);
    putNames(args, agent);
    const name = [agent.firstName, agent.lastName].filter((each) => each !== undefined).join(' ');
    if (name !== '') args.AgentName = name;
    return args;
  }
}

function primarySupervisor(team: AgentTeam): string | undefined {
  for (const { agentId, flags } of team.members.values()) if (flags & AgentFlags.PRIMARY_SUPERVISOR) return agentId;
  return undefined;
}
