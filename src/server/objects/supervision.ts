/**
 * What supervisors do: teams listed and watched, one agent's calls watched, a call joined, taken over or listened to.
 * An all-events session hears every agent and every call already, so watching asks the CTI Server for nothing: it
 * decides who is told.
 */
import { type Args, agentObjectId, callObjectId, eventByName, type RequestDefinition } from '../../ctios/index.js';
import {
  ConfigOperation,
  type MessageInit,
  type MessageOf,
  NULL_CALL_ID,
  SupervisoryAction,
} from '../../ged188/index.js';
import type { RequestResult } from '../object-server.js';
import { agentStateChange, putNames, whoAndWhere } from '../translation/agent-events.js';
import { wholeCall } from '../translation/call-events.js';
import { number, text } from '../translation/call-requests.js';
import { refusal, refusalByCode } from '../translation/failures.js';
import type { ServerAgent } from './agents.js';
import type { CallListening } from './call-listening.js';
import type { CallTracker } from './call-tracker.js';
import type { ServerCall } from './calls.js';
import type { Context } from './context.js';
import { currentCallOf } from './current-call.js';
import type { Asking, Requests } from './requests.js';
import { supervisorMask } from './supervisor-buttons.js';
import type { TeamTracker } from './team-tracker.js';
import type { Team } from './teams.js';

/** What one client watches. */
interface Client {
  clientId: string;
  supervisor: ServerAgent | undefined;
  teams: Set<Team>;
  /** The one agent whose calls are watched. */
  agent: ServerAgent | undefined;
  /** The one call that was selected. */
  call: ServerCall | undefined;
  /** UniqueObjectID of the supervisor's own connection to the call that was joined. */
  joined: string | undefined;
  action: 'bargedIn' | 'intercepted' | undefined;
  lastMask: number;
}

export class Supervision {
  readonly #clients = new Map<string, Client>();

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly teams: TeamTracker,
    private readonly calls: CallTracker,
    private readonly listening: CallListening,
  ) {
    requests.add('RequestAgentTeamList', (asking) => this.#teamList(asking));
    requests.add('StartMonitoringAllAgentTeams', (asking) => this.#watchTeams(asking, 'all'));
    requests.add('StopMonitoringAllAgentTeams', (asking) => this.#unwatchTeams(asking, 'all'));
    requests.add('StartMonitoringAgentTeam', (asking) => this.#watchTeams(asking, 'one'));
    requests.add('StopMonitoringAgentTeam', (asking) => this.#unwatchTeams(asking, 'one'));
    requests.add('StartMonitoringAgent', (asking) => this.#watchAgent(asking));
    requests.add('StopMonitoringAgent', (asking) => this.#unwatchAgent(asking));
    requests.add('StartMonitoringCall', (asking) => this.#selectCall(asking));
    requests.add('SuperviseCall', (asking) => this.#supervise(asking));
  }

  release(clientId: string): void {
    this.#clients.delete(clientId);
  }

  // --- what happens to agents and calls ---

  stateChanged(agent: ServerAgent, args: Args): void {
    if (this.#clients.size === 0) return;
    let copy: Args | undefined;
    for (const client of this.#clients.values()) {
      if (client.supervisor === agent || client.agent === agent) this.#tellButtons(client);
      if (client.supervisor === agent || !this.#watches(client, agent)) continue;
      copy ??= { ...args, Monitored: true };
      this.#tell(client, 'OnMonitoredAgentStateChange', copy);
    }
  }

  named(agent: ServerAgent, args: Args): void {
    for (const client of this.#clients.values()) {
      if (this.#watches(client, agent)) this.#tell(client, 'OnMonitoredAgentInfoEvent', { ...args, Monitored: true });
    }
  }

  precall(monitored: string, args: Args, agent: ServerAgent): void {
    for (const client of this.#clients.values()) {
      if (client.agent === agent) this.#tell(client, monitored, { ...args, Monitored: true });
    }
  }

  callEvent(monitored: string, args: Args, call: ServerCall): void {
    if (this.#clients.size === 0) return;
    const { agent } = call;
    let copy: Args | undefined;
    for (const client of this.#clients.values()) {
      if (agent === undefined || client.agent !== agent) continue;
      if (hasTwin(monitored)) {
        copy ??= { ...args, Monitored: true };
        this.#tell(client, monitored, copy);
      }
      this.#tellButtons(client);
    }
  }

  callEnded(call: ServerCall): void {
    for (const client of this.#clients.values()) {
      if (client.joined === call.id) {
        client.joined = undefined;
        client.action = undefined;
      }
      if (client.call === call) client.call = undefined;
      if (client.agent !== undefined) this.#tellButtons(client);
    }
  }

  /** A call has another id from now on. */
  renamed(old: string, call: ServerCall): void {
    for (const client of this.#clients.values()) if (client.joined === old) client.joined = call.id;
  }

  // --- requests ---

  #client(asking: Asking): Client {
    const { clientId } = asking.from;
    let client = this.#clients.get(clientId);
    if (client === undefined) {
      client = {
        clientId,
        supervisor: undefined,
        teams: new Set(),
        agent: undefined,
        call: undefined,
        joined: undefined,
        action: undefined,
        lastMask: 0,
      };
      this.#clients.set(clientId, client);
    }
    client.supervisor = this.#supervisor(asking) ?? client.supervisor;
    return client;
  }

  /** Who acts: the client's own agent, or, in monitor mode, the one that the target or AgentID names. */
  #supervisor(asking: Asking): ServerAgent | undefined {
    const { from, target, args } = asking;
    const { world, settings } = this.context;
    if (from.agent !== undefined) return world.agents.byId(from.agent);
    if (target?.startsWith('agent.')) return world.agents.byId(target);
    return world.agents.find(number(args.PeripheralID) ?? settings.peripheralId, text(args.AgentID));
  }

  /** An agent of whom no team says so is no supervisor. Without any team known, the switch decides. */
  #isSupervisor(agent: ServerAgent | undefined): boolean {
    return agent === undefined || agent.isSupervisor || this.context.world.teams.size === 0;
  }

  #notSupervisor({ name }: RequestDefinition, agent: ServerAgent): RequestResult {
    return refusal(
      { request: name, objectId: agent.id, agentId: agent.agentId, peripheralId: agent.peripheralId },
      'CTIOS_NOT_SUPERVISOR',
      `${name} is for supervisors; agent ${agent.agentId} is none.`,
    );
  }

  #teamsOf(supervisor: ServerAgent | undefined): Team[] {
    const { teams } = this.context.world;
    if (supervisor === undefined) return [...teams];
    return [...teams.supervisedBy(supervisor.peripheralId, supervisor.agentId)];
  }

  async #teamList(asking: Asking): Promise<RequestResult> {
    const supervisor = this.#supervisor(asking);
    if (!this.#isSupervisor(supervisor)) return this.#notSupervisor(asking.definition, supervisor!);
    if (this.#teamsOf(supervisor).length === 0) await this.#askTeams(supervisor, asking.answerMs);
    asking.end({ outcome: 'confirmed' });
    for (const team of this.#teamsOf(supervisor)) {
      for (const member of team.members.values()) {
        const args = this.teams.member(team, member, ConfigOperation.ADD_AGENT);
        this.context.publisher.publish('OnNewAgentTeamMember', args, { client: asking.from.clientId });
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

  #watchTeams(asking: Asking, which: 'all' | 'one'): RequestResult {
    const client = this.#client(asking);
    if (!this.#isSupervisor(client.supervisor)) return this.#notSupervisor(asking.definition, client.supervisor!);
    const teams = this.#named(asking, client, which);
    if (teams.length === 0 && which === 'one') return this.#noTeam(asking);
    asking.end({ outcome: 'confirmed' });
    for (const team of teams) {
      if (client.teams.has(team)) continue;
      client.teams.add(team);
      for (const { agentId } of team.members.values()) this.#introduce(client, team, agentId);
    }
    return { outcome: 'confirmed' };
  }

  #unwatchTeams(asking: Asking, which: 'all' | 'one'): RequestResult {
    const client = this.#client(asking);
    const teams = which === 'all' ? [...client.teams] : this.#named(asking, client, which);
    if (teams.length === 0 && which === 'one') return this.#noTeam(asking);
    for (const team of teams) client.teams.delete(team);
    return { outcome: 'confirmed' };
  }

  #named(asking: Asking, client: Client, which: 'all' | 'one'): Team[] {
    const teams = this.#teamsOf(client.supervisor);
    if (which === 'all') return teams;
    const id = text(asking.args.TeamID);
    return teams.filter((team) => String(team.teamId) === id || team.id === id);
  }

  #noTeam(asking: Asking): RequestResult {
    const { name } = asking.definition;
    return refusal(
      { request: name },
      'CTIOS_NO_OBJECT',
      `${name}: the supervisor has no team ${text(asking.args.TeamID) ?? ''}.`,
    );
  }

  /** An agent as it is when a watch begins. */
  #introduce(client: Client, team: Team, agentId: string): void {
    const agent = this.context.world.agents.find(team.peripheralId, agentId);
    if (agent === undefined || agent === client.supervisor) return;
    const info = whoAndWhere(agent);
    putNames(info, agent);
    if (info.AgentFirstName !== undefined || info.AgentLastName !== undefined) {
      this.#tell(client, 'OnMonitoredAgentInfoEvent', { ...info, Monitored: true });
    }
    this.#tell(client, 'OnMonitoredAgentStateChange', { ...agentStateChange(agent), Monitored: true });
  }

  #watches(client: Client, agent: ServerAgent): boolean {
    if (client.agent === agent) return true;
    for (const team of client.teams) {
      if (team.peripheralId === agent.peripheralId && team.members.has(agent.agentId)) return true;
    }
    return false;
  }

  /** The agent that AgentReference names: a UniqueObjectID, or an AgentID. */
  #reference(asking: Asking): ServerAgent | undefined {
    const reference = text(asking.args.AgentReference);
    if (reference === undefined) return undefined;
    const { world, settings } = this.context;
    const peripheralId = number(asking.args.PeripheralID) ?? settings.peripheralId;
    return world.agents.byId(reference) ?? world.agents.byId(agentObjectId(peripheralId, reference));
  }

  #noAgent(asking: Asking): RequestResult {
    const { name } = asking.definition;
    return refusal(
      { request: name },
      'CTIOS_NO_OBJECT',
      `${name}: there is no agent ${text(asking.args.AgentReference) ?? ''}.`,
    );
  }

  #watchAgent(asking: Asking): RequestResult {
    const client = this.#client(asking);
    if (!this.#isSupervisor(client.supervisor)) return this.#notSupervisor(asking.definition, client.supervisor!);
    const agent = this.#reference(asking);
    if (agent === undefined) return this.#noAgent(asking);
    if (client.agent !== undefined && client.agent !== agent) {
      this.#tell(client, 'OnStopMonitoringAgent', this.#monitoring(client, client.agent));
    }
    client.agent = agent;
    client.call = undefined;
    const result: RequestResult = {
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStartMonitoringAgent', args: this.#monitoring(client, agent) },
    };
    asking.end(result);
    this.#introduceCalls(client, agent);
    this.#tellButtons(client, true);
    return result;
  }

  /** Calls that are there already begin for the supervisor as they began for a new client: from a snapshot. */
  #introduceCalls(client: Client, agent: ServerAgent): void {
    const { publisher } = this.context;
    publisher.recovering = true;
    for (const call of agent.device?.calls ?? []) {
      const args = this.calls.complete(call, wholeCall(call));
      this.#tell(client, 'OnMonitoredCallBegin', { ...args, Monitored: true });
    }
    publisher.recovering = false;
  }

  #unwatchAgent(asking: Asking): RequestResult {
    const client = this.#client(asking);
    const agent = this.#reference(asking);
    if (agent === undefined || client.agent !== agent) {
      const { name } = asking.definition;
      return refusal(
        { request: name, objectId: agent?.id },
        'CTIOS_NO_OBJECT',
        `${name}: this agent is not being monitored.`,
      );
    }
    client.agent = undefined;
    client.call = undefined;
    const result: RequestResult = {
      outcome: 'confirmed',
      conf: { kind: 'event', event: 'OnStopMonitoringAgent', args: this.#monitoring(client, agent) },
    };
    asking.end(result);
    this.#tellButtons(client);
    return result;
  }

  #monitoring(client: Client, agent: ServerAgent): Args {
    const args: Args = { AgentReference: agent.id };
    const { supervisor } = client;
    if (supervisor !== undefined) {
      args.UniqueObjectID = supervisor.id;
      args.SupervisorID = supervisor.agentId;
      args.SupervisorKey = supervisor.id;
      args.SupervisorAgentState = supervisor.state;
    }
    if (client.action === 'bargedIn' && client.call !== undefined) args.BargedInCallID = client.call.id;
    return args;
  }

  #selectCall(asking: Asking): RequestResult {
    const client = this.#client(asking);
    const reference = text(asking.args.CallReference);
    const call = reference === undefined ? undefined : this.context.world.calls.byId(reference);
    if (reference !== undefined && call === undefined) return this.requests.noCall({ ...asking, target: reference });
    client.call = call;
    asking.end({ outcome: 'confirmed' });
    this.#tellButtons(client, true);
    return { outcome: 'confirmed' };
  }

  async #supervise(asking: Asking): Promise<RequestResult> {
    const { args, definition } = asking;
    const client = this.#client(asking);
    const { supervisor } = client;
    if (supervisor === undefined) return this.requests.noAgent(asking);
    if (!this.#isSupervisor(supervisor)) return this.#notSupervisor(definition, supervisor);
    const action = number(args.SupervisoryAction) ?? -1;
    const listens = action === SupervisoryAction.SUPERVISOR_MONITOR;
    const subject = {
      request: definition.name,
      objectId: supervisor.id,
      agentId: supervisor.agentId,
      peripheralId: supervisor.peripheralId,
    };
    if (listens && !this.context.settings.ccmBasedSilentMonitor) {
      return refusal(
        subject,
        'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
        'SuperviseCall: silent monitoring is CTI OS based here; the SilentMonitorManager does it.',
      );
    }
    const agent = this.#reference(asking) ?? client.agent;
    if (agent === undefined) return this.#noAgent(asking);
    const reference = text(args.CallReference) ?? text(args.AgentCallReference);
    const call = reference === undefined ? currentCallOf(agent.device) : this.context.world.calls.byId(reference);
    if (reference !== undefined && call === undefined) return this.requests.noCall({ ...asking, target: reference });
    if (action === SupervisoryAction.SUPERVISOR_INTERCEPT && client.joined === undefined) {
      return refusalByCode(subject, 'CF_INVALID_OBJECT_STATE', 'a call can be intercepted only after a barge-in.');
    }
    return this.requests.send<'SUPERVISE_CALL_CONF'>(
      asking,
      subject,
      superviseCall(client, agent, call, supervisor, action),
      {
        after: (m) => this.#joined(client, agent, call, action, m),
      },
    );
  }

  #joined(
    client: Client,
    agent: ServerAgent,
    call: ServerCall | undefined,
    action: number,
    m: MessageOf<'SUPERVISE_CALL_CONF'>,
  ): void {
    const connection = callObjectId(agent.peripheralId, m.ConnectionCallID, m.ConnectionDeviceID ?? '');
    switch (action) {
      case SupervisoryAction.SUPERVISOR_MONITOR:
        this.listening.started(client.supervisor!, agent, call, connection);
        client.joined = connection;
        break;
      case SupervisoryAction.SUPERVISOR_BARGE_IN:
        client.joined = connection;
        client.action = 'bargedIn';
        break;
      case SupervisoryAction.SUPERVISOR_INTERCEPT:
        client.action = 'intercepted';
        break;
      case SupervisoryAction.SUPERVISOR_CLEAR:
        client.joined = undefined;
        client.action = undefined;
        break;
    }
    if (client.agent === undefined) client.agent = agent;
    if (client.call === undefined) client.call = call;
    this.#tellButtons(client);
  }

  // --- telling ---

  #tellButtons(client: Client, always = false): void {
    const { supervisor, agent, call } = client;
    const watched = call ?? currentCallOf(agent?.device);
    const mask = supervisorMask({
      supervisor,
      agent,
      call: watched,
      bargedIn: client.action === 'bargedIn',
      intercepted: client.action === 'intercepted',
      listening: client.joined !== undefined && this.listening.listens(client.joined),
      ccmBased: this.context.settings.ccmBasedSilentMonitor,
    });
    if (mask === client.lastMask && !always) return;
    client.lastMask = mask;
    const args: Args = { SupervisorBtnEnablementMask: mask };
    const about = watched?.id ?? agent?.id ?? supervisor?.id;
    if (about !== undefined) args.UniqueObjectID = about;
    this.#tell(client, 'OnSupervisorButtonChange', args);
  }

  #tell(client: Client, event: string, args: Args): void {
    this.context.publisher.publish(event, args, { client: client.clientId });
  }
}

const CONNECTION_ID_NONE = 0xffff;

function superviseCall(
  client: Client,
  agent: ServerAgent,
  call: ServerCall | undefined,
  supervisor: ServerAgent,
  action: number,
): MessageInit {
  const own = [...(supervisor.device?.calls ?? [])].find((each) => each.id === client.joined);
  return {
    type: 'SUPERVISE_CALL_REQ',
    PeripheralID: agent.peripheralId,
    AgentConnectionCallID: call?.callId ?? NULL_CALL_ID,
    AgentConnectionDeviceIDType: call?.deviceIdType ?? CONNECTION_ID_NONE,
    AgentConnectionDeviceID: call?.deviceId,
    SupervisorConnectionCallID: own?.callId ?? NULL_CALL_ID,
    SupervisorConnectionDeviceIDType: own?.deviceIdType ?? CONNECTION_ID_NONE,
    SupervisorConnectionDeviceID: own?.deviceId,
    SupervisoryAction: action,
    AgentID: agent.agentId,
    AgentExtension: agent.extension,
    AgentInstrument: agent.instrument,
    SupervisorInstrument: supervisor.instrument,
  };
}

const twins = new Map<string, boolean>();

/** Not every call event has a twin for supervisors. */
function hasTwin(monitored: string): boolean {
  let known = twins.get(monitored);
  if (known === undefined) {
    known = eventByName(monitored) !== undefined;
    twins.set(monitored, known);
  }
  return known;
}
