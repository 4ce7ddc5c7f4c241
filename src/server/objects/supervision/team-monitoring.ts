/**
 * Teams listed and watched. An all-events session hears every agent already, so watching asks the CTI Server for nothing:
 * it decides who is told. Source: CTI OS Developer Guide, "Agent Object", team requests.
 */

import type { Args } from '../../../ctios/index.js';
import { ConfigOperation, type MessageOf } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { AgentTeam } from '../../model/teams.js';
import type { RequestResult } from '../../object-server.js';
import { agentStateChange, putNames, whoAndWhere } from '../../translation/agent-events.js';
import { textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext, Requests } from '../requests/request-dispatcher.js';
import type { TeamTracker } from '../tracking/team-tracker.js';
import type { MonitoringClient, MonitoringClients } from './monitoring-clients.js';

export class TeamMonitoring {
  constructor(
    private readonly context: Context,
    requests: Requests,
    private readonly teams: TeamTracker,
    private readonly watchers: MonitoringClients,
  ) {
    requests.add('RequestAgentTeamList', (request) => this.#list(request));
    requests.add('StartMonitoringAllAgentTeams', (request) => this.#watchAll(request));
    requests.add('StopMonitoringAllAgentTeams', (request) => this.#unwatchAll(request));
    requests.add('StartMonitoringAgentTeam', (request) => this.#watchOne(request));
    requests.add('StopMonitoringAgentTeam', (request) => this.#unwatchOne(request));
  }

  // --- what happens to agents and teams ---

  stateChanged(agent: ServerAgent, args: Args): void {
    if (this.watchers.size === 0) return;
    let copy: Args | undefined;
    for (const watcher of this.watchers) {
      if (watcher.supervisor === agent || watcher.agent === agent) this.watchers.tellButtons(watcher);
      if (watcher.supervisor === agent || !this.#watches(watcher, agent)) continue;
      copy ??= { ...args, Monitored: true };
      this.watchers.tell(watcher, 'OnMonitoredAgentStateChange', copy);
    }
  }

  named(agent: ServerAgent, args: Args): void {
    for (const watcher of this.watchers) {
      if (this.#watches(watcher, agent))
        this.watchers.tell(watcher, 'OnMonitoredAgentInfoEvent', { ...args, Monitored: true });
    }
  }

  /** Somebody has come to a team, for good or for a while: who watches the team sees how that agent stands. */
  memberJoined(team: AgentTeam, agentId: string): void {
    for (const watcher of this.watchers) {
      for (const watched of this.#watched(watcher)) if (watched === team) this.#introduce(watcher, team, agentId);
    }
  }

  // --- requests ---

  #teamsOf(supervisor: ServerAgent | undefined): AgentTeam[] {
    const { teams } = this.context.world;
    if (supervisor === undefined) return [...teams];
    return [...teams.supervisedBy(supervisor.peripheralId, supervisor.agentId)];
  }

  async #list(request: RequestContext): Promise<RequestResult> {
    const supervisor = this.watchers.supervisor(request);
    if (this.#teamsOf(supervisor).length === 0) await this.#askTeams(supervisor, request.answerMs);
    const refused = this.watchers.refused(request, supervisor);
    if (refused !== undefined) return refused;
    request.end({ outcome: 'confirmed' });
    for (const team of this.#teamsOf(supervisor)) {
      for (const member of team.members.values()) {
        const args = this.teams.member(team, member, ConfigOperation.ADD_AGENT);
        this.context.publisher.publish('OnNewAgentTeamMember', args, { client: request.from.clientId });
      }
    }
    return { outcome: 'confirmed' };
  }

  /** A CTI Server that tells of no team by itself is asked which there are; their members come as events. */
  async #askTeams(supervisor: ServerAgent | undefined, answerMs: number): Promise<void> {
    if (supervisor?.icmAgentId === undefined) return;
    const { link } = this.context;
    try {
      const conf = (await link.request(
        { type: 'LIST_AGENT_TEAM_REQ', SupervisorID: supervisor.icmAgentId },
        answerMs,
      )) as MessageOf<'LIST_AGENT_TEAM_CONF'>;
      for (const { TeamID } of conf.AgentTeams ?? []) {
        if (TeamID !== undefined) await this.#askMembers(TeamID, answerMs);
      }
    } catch {
      // No team, or no right to ask: the list is empty.
    }
  }

  /** The members come with the start of a monitor, which is not wanted for itself. */
  async #askMembers(teamId: number, answerMs: number): Promise<void> {
    const { link } = this.context;
    const started = await link.request({ type: 'MONITOR_AGENT_TEAM_START_REQ', TeamID: teamId }, answerMs);
    const { MonitorID } = started as MessageOf<'MONITOR_AGENT_TEAM_START_CONF'>;
    await link.request({ type: 'MONITOR_AGENT_TEAM_STOP_REQ', MonitorID }, answerMs);
  }

  /** Those of today, and those that the supervisor comes to lead. */
  #watchAll(request: RequestContext): RequestResult {
    const watcher = this.watchers.of(request);
    const refused = this.watchers.refused(request, watcher.supervisor);
    if (refused !== undefined) return refused;
    request.end({ outcome: 'confirmed' });
    const known = new Set(this.#watched(watcher));
    watcher.teams = 'all';
    for (const team of this.#watched(watcher)) if (!known.has(team)) this.#introduceTeam(watcher, team);
    return { outcome: 'confirmed' };
  }

  #unwatchAll(request: RequestContext): RequestResult {
    this.watchers.of(request).teams = new Set();
    return { outcome: 'confirmed' };
  }

  #watchOne(request: RequestContext): RequestResult {
    const watcher = this.watchers.of(request);
    const refused = this.watchers.refused(request, watcher.supervisor);
    if (refused !== undefined) return refused;
    const team = this.#named(request, watcher);
    if (team === undefined) return this.#noTeam(request);
    request.end({ outcome: 'confirmed' });
    if (watcher.teams === 'all' || watcher.teams.has(team)) return { outcome: 'confirmed' };
    watcher.teams.add(team);
    this.#introduceTeam(watcher, team);
    return { outcome: 'confirmed' };
  }

  #unwatchOne(request: RequestContext): RequestResult {
    const watcher = this.watchers.of(request);
    const team = this.#named(request, watcher);
    if (team === undefined) return this.#noTeam(request);
    const teams = new Set(this.#watched(watcher));
    teams.delete(team);
    watcher.teams = teams;
    return { outcome: 'confirmed' };
  }

  #watched({ teams, supervisor }: MonitoringClient): Iterable<AgentTeam> {
    return teams === 'all' ? this.#teamsOf(supervisor) : teams;
  }

  #named(request: RequestContext, { supervisor }: MonitoringClient): AgentTeam | undefined {
    const id = textArgument(request.args.TeamID);
    return this.#teamsOf(supervisor).find((team) => String(team.teamId) === id || team.id === id);
  }

  #noTeam(request: RequestContext): RequestResult {
    const { name } = request.definition;
    return refusal(
      { request: name },
      'CTIOS_NO_OBJECT',
      `${name}: the supervisor has no team ${textArgument(request.args.TeamID) ?? ''}.`,
    );
  }

  #introduceTeam(watcher: MonitoringClient, team: AgentTeam): void {
    for (const { agentId } of team.members.values()) this.#introduce(watcher, team, agentId);
  }

  /** An agent as it is when a watch begins: known, not seen to happen. */
  #introduce(watcher: MonitoringClient, team: AgentTeam, agentId: string): void {
    const { world, publisher } = this.context;
    const agent = world.agents.find(team.peripheralId, agentId);
    if (agent === undefined || agent === watcher.supervisor) return;
    const info = whoAndWhere(agent);
    putNames(info, agent);
    publisher.recovered(() => {
      if (info.AgentFirstName !== undefined || info.AgentLastName !== undefined) {
        this.watchers.tell(watcher, 'OnMonitoredAgentInfoEvent', { ...info, Monitored: true });
      }
      this.watchers.tell(watcher, 'OnMonitoredAgentStateChange', { ...agentStateChange(agent), Monitored: true });
    });
  }

  #watches(watcher: MonitoringClient, agent: ServerAgent): boolean {
    if (watcher.agent === agent) return true;
    for (const team of this.#watched(watcher)) {
      if (team.peripheralId === agent.peripheralId && team.members.has(agent.agentId)) return true;
    }
    return false;
  }
}
