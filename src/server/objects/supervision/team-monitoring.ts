/**
 * Team lists and team monitoring. An all-events session receives every agent's events already, so monitoring requests
 * nothing of the CTI Server; it selects recipients. Source: CTI OS Developer Guide, "Agent Object", team requests.
 */

import type { Args } from '../../../ctios/index.js';
import { ConfigOperation } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { AgentTeam } from '../../model/teams.js';
import type { RequestResult } from '../../object-server.js';
import { agentStateChange, putNames, whoAndWhere } from '../../translation/agent-events.js';
import { textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
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

  // --- changes of agents and teams ---

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

  /**
   * A member has joined a team, permanently or temporarily: clients that monitor the team receive the agent's state.
   */
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

  #list(request: RequestContext): void {
    const supervisor = this.watchers.supervisor(request);
    if (this.#teamsOf(supervisor).length > 0) this.#listKnown(request, supervisor);
    else
      this.#askTeams(supervisor, request.answerMs, () => request.attempt(() => this.#listKnown(request, supervisor)));
  }

  #listKnown(request: RequestContext, supervisor: ServerAgent | undefined): void {
    if (this.watchers.refuses(request, supervisor)) return;
    request.confirm();
    for (const team of this.#teamsOf(supervisor)) {
      for (const member of team.members.values()) {
        const args = this.teams.member(team, member, ConfigOperation.ADD_AGENT);
        this.context.publisher.publish('OnNewAgentTeamMember', args, { client: request.from.clientId });
      }
    }
  }

  /**
   * Requests the list of teams from a CTI Server that does not report them on its own. Their members arrive as events.
   * @param then called after the members have arrived, or at once if there is no team or the request is not permitted
   */
  #askTeams(supervisor: ServerAgent | undefined, answerMs: number, then: () => void): void {
    if (supervisor?.icmAgentId === undefined) {
      then();
      return;
    }
    const message = { type: 'LIST_AGENT_TEAM_REQ' as const, SupervisorID: supervisor.icmAgentId };
    this.context.ask<'LIST_AGENT_TEAM_CONF'>(message, answerMs, (conf) => {
      const ids = (conf?.AgentTeams ?? []).map(({ TeamID }) => TeamID).filter((id) => id !== undefined);
      this.#askMembers(ids, answerMs, then);
    });
  }

  /** The members arrive when monitoring starts; the monitoring itself is not needed. */
  #askMembers([teamId, ...others]: readonly number[], answerMs: number, then: () => void): void {
    if (teamId === undefined) {
      then();
      return;
    }
    const start = { type: 'MONITOR_AGENT_TEAM_START_REQ' as const, TeamID: teamId };
    this.context.ask<'MONITOR_AGENT_TEAM_START_CONF'>(start, answerMs, (started) => {
      if (started === undefined) {
        then();
        return;
      }
      const stop = { type: 'MONITOR_AGENT_TEAM_STOP_REQ' as const, MonitorID: started.MonitorID };
      this.context.ask(stop, answerMs, (stopped) =>
        this.#askMembers(stopped === undefined ? [] : others, answerMs, then),
      );
    });
  }

  /** The current teams, and those that the supervisor leads later. */
  #watchAll(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    if (this.watchers.refuses(request, watcher.supervisor)) return;
    request.confirm();
    const known = new Set(this.#watched(watcher));
    watcher.teams = 'all';
    for (const team of this.#watched(watcher)) if (!known.has(team)) this.#introduceTeam(watcher, team);
  }

  #unwatchAll(request: RequestContext): void {
    this.watchers.of(request).teams = new Set();
    request.confirm();
  }

  #watchOne(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    if (this.watchers.refuses(request, watcher.supervisor)) return;
    const team = this.#named(request, watcher);
    if (team === undefined) {
      request.respond(this.#noTeam(request));
      return;
    }
    request.confirm();
    if (watcher.teams === 'all' || watcher.teams.has(team)) return;
    watcher.teams.add(team);
    this.#introduceTeam(watcher, team);
  }

  #unwatchOne(request: RequestContext): void {
    const watcher = this.watchers.of(request);
    const team = this.#named(request, watcher);
    if (team === undefined) {
      request.respond(this.#noTeam(request));
      return;
    }
    const teams = new Set(this.#watched(watcher));
    teams.delete(team);
    watcher.teams = teams;
    request.confirm();
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

  /** An agent's state when monitoring starts: known, but not observed as a change. */
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
