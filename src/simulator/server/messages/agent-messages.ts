/** Events of agents, teams, peripherals and devices as GED-188 messages. */
import { type MessageInitOf, NULL_SKILL_GROUP, PGStatus, type SystemEventID } from '../../../ged188/index.js';
import type {
  AgentFacts,
  AgentView,
  SkillGroupRef,
  TeamConfig,
  TelephonyEventOf,
  WorldView,
} from '../../model/state/types.js';
import { callDataFields, routerCallKeyFields } from './call-data.js';
import { STATIC, skillGroupFields } from './call-fields.js';

/** Media routing domain of voice. */
export const VOICE_MRD = 1;
/** Maximum number of groups in an agent state event. */
const MAX_SKILL_GROUPS = 99;

/** @param about the skill group whose call or change it is; undefined: the agent as a whole */
export function agentStateMessage(
  agent: AgentFacts,
  about: SkillGroupRef | undefined,
  peripheralType: number,
  clientSignature?: string,
  /** The group in the fixed part only, without the list. */
  alone = false,
): MessageInitOf<'AGENT_STATE_EVENT'> {
  const groups = agent.skillGroups.slice(0, MAX_SKILL_GROUPS);
  const own = groups.find((each) => each.number === about?.number) ?? groups[0];
  return {
    type: 'AGENT_STATE_EVENT',
    PeripheralID: agent.peripheralId,
    PeripheralType: peripheralType,
    SkillGroupState: own?.state ?? agent.state,
    StateDuration: agent.stateDuration,
    ...skillGroupFields(own),
    AgentState: agent.state,
    EventReasonCode: agent.reasonCode,
    MRDID: VOICE_MRD,
    NumTasks: agent.numTasks,
    AgentMode: agent.mode,
    MaxTaskLimit: 1,
    ICMAgentID: agent.icmAgentId,
    AgentAvailabilityStatus: agent.availability,
    CTIClientSignature: clientSignature,
    AgentID: agent.agentId,
    AgentExtension: agent.extension,
    AgentInstrument: agent.instrument,
    Duration: agent.stateDuration,
    NextAgentState: agent.nextState,
    Direction: agent.direction,
    FltSkillGroups: (alone ? [] : groups).map((group) => ({
      FltSkillGroupNumber: group.number,
      FltSkillGroupID: group.id,
      FltSkillGroupPriority: group.priority,
      FltSkillGroupState: group.state,
    })),
  };
}

export function preCallMessage(event: TelephonyEventOf<'agentPreCall'>): MessageInitOf<'AGENT_PRE_CALL_EVENT'> {
  const { service, data, routerCallKey } = event.call;
  const { CallWrapupData: _, DNIS: __, ...variables } = callDataFields(data);
  return {
    type: 'AGENT_PRE_CALL_EVENT',
    ServiceNumber: service?.number ?? NULL_SKILL_GROUP,
    ServiceID: service?.id ?? NULL_SKILL_GROUP,
    ...skillGroupFields(event.skillGroup),
    MRDID: VOICE_MRD,
    AgentSkillTargetID: event.icmAgentId,
    AgentInstrument: event.instrument,
    ...routerCallKeyFields(routerCallKey),
    FltCallTypeID: event.callTypeId,
    PreCallInvokeID: event.sequence >>> 0,
    ...variables,
    AgentID: event.agentId,
  };
}

export function preCallAbortMessage(
  event: TelephonyEventOf<'agentPreCallAbort'>,
): MessageInitOf<'AGENT_PRE_CALL_ABORT_EVENT'> {
  return {
    type: 'AGENT_PRE_CALL_ABORT_EVENT',
    MRDID: VOICE_MRD,
    AgentInstrument: event.instrument,
    ...routerCallKeyFields(event.routerCallKey),
  };
}

export function emergencyMessage(
  event: TelephonyEventOf<'emergencyCall'>,
  client: { clientId: string; address: string; sessionId: number },
): MessageInitOf<'EMERGENCY_CALL_EVENT'> {
  return {
    type: 'EMERGENCY_CALL_EVENT',
    PeripheralID: event.peripheralId,
    ConnectionCallID: event.connection.callId,
    ConnectionDeviceIDType: STATIC,
    ConnectionDeviceID: event.connection.deviceId,
    SessionID: client.sessionId,
    ClientID: client.clientId,
    ClientAddress: client.address,
    AgentExtension: event.extension,
    AgentID: event.agentId,
    AgentInstrument: event.instrument,
  };
}

export function assistMessage(
  event: TelephonyEventOf<'supervisorAssist'>,
  client: { clientId: string; sessionId: number },
): MessageInitOf<'SUPERVISOR_ASSIST_EVENT'> {
  return {
    type: 'SUPERVISOR_ASSIST_EVENT',
    PeripheralID: event.peripheralId,
    ConnectionCallID: event.connection.callId,
    ConnectionDeviceIDType: STATIC,
    ConnectionDeviceID: event.connection.deviceId,
    SessionID: client.sessionId,
    ClientID: client.clientId,
    Text: `agent ${event.agentId} asks for assistance`,
  };
}

const TeamFlag = { primary: 1, temporary: 2, supervisor: 4 } as const;
/** Maximum number of members in a team message; larger teams take several. */
const MEMBERS_PER_MESSAGE = 64;

/** All who belong to a team: its members, and its supervisors. */
export function rosterOf(team: TeamConfig & { members: readonly string[] }): Iterable<string> {
  const lead = team.primarySupervisor === undefined ? [] : [team.primarySupervisor];
  return new Set([...team.members, ...lead, ...team.secondarySupervisors]);
}

/** A team's members, or the changed ones. @param operation 0 the whole team, 1 added, 2 removed */
export function* teamMessages(
  world: WorldView,
  team: TeamConfig,
  operation: 0 | 1 | 2,
  agentIds: Iterable<string>,
): Generator<MessageInitOf<'AGENT_TEAM_CONFIG_EVENT'>> {
  const members = [...agentIds].map((agentId) => {
    const agent = world.agent(team.peripheralId, agentId);
    return {
      AtcAgentID: agentId,
      AgentFlags: teamFlags(team, agentId, agent?.config.teamId),
      AtcAgentState: agent?.state ?? 1,
      AtcStateDuration: agent?.stateDuration ?? 0,
    };
  });
  for (let start = 0; start < Math.max(1, members.length); start += MEMBERS_PER_MESSAGE) {
    yield {
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: team.peripheralId,
      TeamID: team.id,
      // A further part of a team must not replace the first one.
      ConfigOperation: start === 0 ? operation : 1,
      AgentTeamName: team.name.slice(0, 31),
      TeamMembers: members.slice(start, start + MEMBERS_PER_MESSAGE),
    };
  }
}

/** @param homeTeam the agent's configured team: in another one it is a temporary member */
function teamFlags(team: TeamConfig, agentId: string, homeTeam: number | undefined): number {
  if (agentId === team.primarySupervisor) return TeamFlag.primary | TeamFlag.supervisor;
  if (team.secondarySupervisors.includes(agentId)) return TeamFlag.supervisor;
  return homeTeam === undefined || homeTeam === team.id ? 0 : TeamFlag.temporary;
}

/** The system status as sent to a session. */
export interface SystemStatusFields {
  readonly centralControllerOnline: boolean;
  readonly peripheralsOffline: number;
}

export function pgStatus(status: SystemStatusFields): number {
  return (
    (status.centralControllerOnline ? 0 : PGStatus.PGS_CC_DOWN) |
    (status.peripheralsOffline > 0 ? PGStatus.PGS_PERIPHERAL_OFFLINE : 0)
  );
}

export function systemMessage(
  id: (typeof SystemEventID)[keyof typeof SystemEventID],
  now: number,
  status: SystemStatusFields,
  more: { peripheralId?: number; text?: string; device?: { id: string; type: number } } = {},
): MessageInitOf<'SYSTEM_EVENT'> {
  return {
    type: 'SYSTEM_EVENT',
    PGStatus: pgStatus(status),
    ICMCentralControllerTime: Math.floor(now / 1000),
    SystemEventID: id,
    SystemEventArg1: more.peripheralId ?? 0,
    EventDeviceType: more.device?.type ?? 0xffff,
    Text: more.text,
    EventDeviceID: more.device?.id,
  };
}

/** The content of QUERY_AGENT_STATE_CONF for an agent. */
export function agentQueryFields(agent: AgentView): Omit<MessageInitOf<'QUERY_AGENT_STATE_CONF'>, 'type' | 'InvokeID'> {
  return {
    AgentState: agent.state,
    MRDID: VOICE_MRD,
    NumTasks: agent.numTasks,
    AgentMode: agent.mode,
    MaxTaskLimit: 1,
    ICMAgentID: agent.icmAgentId,
    AgentAvailabilityStatus: agent.availability,
    AgentID: agent.agentId,
    AgentExtension: agent.loggedIn ? agent.extension : undefined,
    AgentInstrument: agent.loggedIn ? agent.instrument : undefined,
    SkillGroups: agent.skillGroups.slice(0, 20).map((group) => ({
      SkillGroupNumber: group.number,
      SkillGroupID: group.id,
      SkillGroupPriority: group.priority,
      SkillGroupState: group.state,
    })),
  };
}
