/** CTI Server agent messages -> arguments of CTI OS agent events. */

import { isVoice } from '../../ctios/media.js';
import type { Args } from '../../ctios/transport.js';
import type { MessageOf } from '../../ged188/index.js';
import * as ged188 from '../../ged188/index.js';
import type { ServerAgent } from '../model/entities.js';
import type { AgentSkill } from '../model/state-change.js';
import {
  type NamedArrayElement,
  type NamedVariable,
  putCallVariables,
  putEcc,
  putRouterCallKey,
  putService,
  uuiText,
} from './call-data.js';
import { newArgs } from './new-args.js';

const { NULL_SKILL_GROUP } = ged188;

/** IncomingOrOutgoing (0 unknown, 1 incoming, 2 outgoing) by Direction of GED-188. */
const INCOMING_OR_OUTGOING: readonly number[] = [0, 1, 2, 1, 2, 2, 2, 2];

export function incomingOrOutgoing(direction: number): number {
  return INCOMING_OR_OUTGOING[direction] ?? 0;
}

/**
 * The skill groups of AGENT_STATE_EVENT: the list, or the single group of the fixed part.
 * @returns `all` if the message has the list, which is then the agent's complete list
 */
export function skillsOf(m: MessageOf<'AGENT_STATE_EVENT'>): { all: boolean; skills: AgentSkill[] } {
  const list = m.FltSkillGroups ?? [];
  if (list.length > 0) {
    const skills: AgentSkill[] = [];
    for (const each of list) {
      if (each.FltSkillGroupNumber === undefined || each.FltSkillGroupNumber === NULL_SKILL_GROUP) continue;
      skills.push(
        skill(each.FltSkillGroupNumber, each.FltSkillGroupID, each.FltSkillGroupPriority, each.FltSkillGroupState),
      );
    }
    return { all: true, skills };
  }
  if (m.SkillGroupNumber === NULL_SKILL_GROUP) return { all: false, skills: [] };
  return { all: false, skills: [skill(m.SkillGroupNumber, m.SkillGroupID, m.SkillGroupPriority, m.SkillGroupState)] };
}

export function skillsOfQuery(m: MessageOf<'QUERY_AGENT_STATE_CONF'>): AgentSkill[] {
  const skills: AgentSkill[] = [];
  for (const each of m.SkillGroups ?? []) {
    if (each.SkillGroupNumber === undefined || each.SkillGroupNumber === NULL_SKILL_GROUP) continue;
    skills.push(skill(each.SkillGroupNumber, each.SkillGroupID, each.SkillGroupPriority, each.SkillGroupState));
  }
  return skills;
}

function skill(
  number: number,
  id: number | undefined,
  priority: number | undefined,
  state: number | undefined,
): AgentSkill {
  return { number, id: id === NULL_SKILL_GROUP ? undefined : id, priority, state };
}

/** `NumSkillGroups` and `SkillGroup[1]` ... of an agent. */
export function putSkills(args: Args, skills: readonly AgentSkill[]): void {
  args.NumSkillGroups = skills.length;
  for (let index = 0; index < skills.length; index++) {
    const { number, id, priority, state } = skills[index]!;
    const entry: Args = { SkillGroupNumber: number };
    if (id !== undefined) entry.SkillGroupID = id;
    if (priority !== undefined) entry.SkillGroupPriority = priority;
    if (state !== undefined) entry.SkillGroupState = state;
    args[SKILL_GROUP[index] ?? `SkillGroup[${index + 1}]`] = entry;
  }
}

/** Keywords, created once for as many groups as an agent can have. */
const SKILL_GROUP: readonly string[] = Array.from({ length: 100 }, (_, index) => `SkillGroup[${index + 1}]`);

/** The agent's identity and location, which every agent event carries. */
export function whoAndWhere(agent: ServerAgent): Args {
  const args = newArgs();
  args.UniqueObjectID = agent.id;
  args.PeripheralID = agent.peripheralId;
  args.AgentID = agent.agentId;
  if (agent.extension !== undefined) args.AgentExtension = agent.extension;
  if (agent.instrument !== undefined) args.AgentInstrument = agent.instrument;
  return args;
}

/** OnAgentServicesChange. */
export function agentServices(agent: ServerAgent): Args {
  const args = whoAndWhere(agent);
  if (agent.icmAgentId !== undefined) args.ICMAgentID = agent.icmAgentId;
  const services = agent.services ?? [];
  args.NumOfEnabledServices = services.length;
  services.forEach((service, index) => {
    args[`EnabledService[${index + 1}]`] = service;
  });
  return args;
}

export function putNames(args: Args, agent: ServerAgent): void {
  if (agent.loginName !== undefined) args.LoginName = agent.loginName;
  if (agent.firstName !== undefined) args.AgentFirstName = agent.firstName;
  if (agent.lastName !== undefined) args.AgentLastName = agent.lastName;
}

/** OnAgentStateChange, from the agent object after the message was merged into it. */
export function agentStateChange(agent: ServerAgent, m?: MessageOf<'AGENT_STATE_EVENT'>): Args {
  const args = whoAndWhere(agent);
  args.AgentState = agent.state;
  if (agent.peripheralType !== undefined) args.PeripheralType = agent.peripheralType;
  args.EventReasonCode = agent.reasonCode;
  if (m !== undefined) {
    if (m.MRDID > 0) args.MRDID = m.MRDID;
    args.StateDuration = m.StateDuration;
    putService(args, m);
    args.SkillGroupState = m.SkillGroupState;
    if (m.CTIClientSignature) args.CTIClientSignature = m.CTIClientSignature;
    if (m.NextAgentState !== undefined) args.NextAgentState = m.NextAgentState;
    args.AgentAvailabilityStatus = m.AgentAvailabilityStatus ?? 0;
  }
  if (agent.icmAgentId !== undefined) args.ICMAgentID = agent.icmAgentId;
  if (agent.direction !== 0) args.IncomingOrOutgoing = agent.direction;
  const mode = agent.deskSettings?.WrapupDataIncomingMode;
  if (mode !== undefined) args.WrapupOkEnabled = mode === WRAPUP_WITH_DATA && agent.direction === 1;
  putSkills(args, agent.skills);
  putNames(args, agent);
  return args;
}

/**
 * OnAgentStateChange of a medium other than voice: from the message itself, because the object holds the voice state.
 */
export function otherMediaStateChange(agent: ServerAgent, m: MessageOf<'AGENT_STATE_EVENT'>): Args {
  const args = whoAndWhere(agent);
  args.MRDID = m.MRDID;
  args.AgentState = m.AgentState;
  args.PeripheralType = m.PeripheralType;
  args.EventReasonCode = m.EventReasonCode ?? 0;
  args.StateDuration = m.StateDuration;
  args.NumTasks = m.NumTasks;
  args.MaxTaskLimit = m.MaxTaskLimit;
  args.AgentMode = m.AgentMode;
  args.AgentAvailabilityStatus = m.AgentAvailabilityStatus ?? 0;
  putService(args, m);
  args.SkillGroupState = m.SkillGroupState;
  putNames(args, agent);
  return args;
}

const WRAPUP_WITH_DATA = 3;

/**
 * OnQueryAgentStateConf, from the agent object.
 * @param now on the monotonic clock; undefined while the state may change unobserved
 */
export function queryAgentState(
  agent: ServerAgent,
  now: number | undefined,
  m?: MessageOf<'QUERY_AGENT_STATE_CONF'>,
): Args {
  const args = whoAndWhere(agent);
  args.AgentState = agent.state;
  // No query returns it either: the server has observed the beginning of the state.
  if (agent.stateSince !== undefined && now !== undefined)
    args.StateDuration = Math.round((now - agent.stateSince) / 1000);
  // No query returns it; only the last state event did, and a client that was disconnected then cannot learn it
  // otherwise.
  args.EventReasonCode = agent.reasonCode;
  putSkills(args, agent.skills);
  if (m !== undefined) {
    args.MRDID = m.MRDID;
    args.NumTasks = m.NumTasks;
    args.AgentMode = m.AgentMode;
    args.MaxTaskLimit = m.MaxTaskLimit;
    if (m.AgentAvailabilityStatus !== undefined) args.AgentAvailabilityStatus = m.AgentAvailabilityStatus;
  }
  if (agent.icmAgentId !== undefined) args.ICMAgentID = agent.icmAgentId;
  putNames(args, agent);
  return args;
}

/** OnQueryAgentStateConf of a medium other than voice: from the message, because the object holds the voice state. */
export function queryOtherMedia(agent: ServerAgent, m: MessageOf<'QUERY_AGENT_STATE_CONF'>): Args {
  const args = whoAndWhere(agent);
  args.MRDID = m.MRDID;
  args.AgentState = m.AgentState;
  args.NumTasks = m.NumTasks;
  args.AgentMode = m.AgentMode;
  args.MaxTaskLimit = m.MaxTaskLimit;
  if (m.AgentAvailabilityStatus !== undefined) args.AgentAvailabilityStatus = m.AgentAvailabilityStatus;
  putSkills(args, skillsOfQuery(m));
  putNames(args, agent);
  return args;
}

interface PreCall {
  RouterCallKeyDay?: number;
  RouterCallKeyCallID?: number;
  RouterCallKeySequenceNumber?: number;
  UserToUserInfo?: Buffer;
  ANI?: string;
  DNIS?: string;
  DialedNumber?: string;
  CallerEnteredDigits?: string;
  NamedVariables?: readonly NamedVariable[];
  NamedArrays?: readonly NamedArrayElement[];
}

/** What is known of a call before it exists: OnTranslationRoute and OnAgentPrecallEvent. */
function beforeTheCall(m: PreCall): Args {
  const args: Args = {};
  putRouterCallKey(args, m);
  if (m.ANI !== undefined) args.ANI = m.ANI;
  if (m.UserToUserInfo !== undefined) args.UserToUserInfo = uuiText(m.UserToUserInfo);
  if (m.DNIS !== undefined) args.DNIS = m.DNIS;
  if (m.DialedNumber !== undefined) args.DialedNumber = m.DialedNumber;
  if (m.CallerEnteredDigits !== undefined) args.CallerEnteredDigits = m.CallerEnteredDigits;
  putCallVariables(args, m);
  args.NumNamedVariables = 0;
  args.NumNamedArrays = 0;
  putEcc(args, m);
  return args;
}

export function translationRoute(m: MessageOf<'CALL_TRANSLATION_ROUTE_EVENT'>): Args {
  return beforeTheCall(m);
}

export function agentPrecall(m: MessageOf<'AGENT_PRE_CALL_EVENT'>, agent: ServerAgent | undefined): Args {
  const args = beforeTheCall(m);
  if (m.AgentInstrument !== undefined) args.AgentInstrument = m.AgentInstrument;
  // Also of an agent whom the server does not know yet.
  if (m.AgentID) args.AgentID = m.AgentID;
  if (!isVoice(m.MRDID)) args.MRDID = m.MRDID;
  putService(args, m);
  if (m.FltCallTypeID !== undefined) args.CallTypeIDTag = m.FltCallTypeID;
  if (m.PreCallInvokeID !== undefined) args.PreCallInvokeIDTag = m.PreCallInvokeID;
  return whose(args, agent);
}

export function agentPrecallAbort(m: MessageOf<'AGENT_PRE_CALL_ABORT_EVENT'>, agent: ServerAgent | undefined): Args {
  const args: Args = {};
  putRouterCallKey(args, m);
  if (m.AgentInstrument !== undefined) args.AgentInstrument = m.AgentInstrument;
  return whose(args, agent);
}

/** The message names a phone; the server knows its agent. There is no UniqueObjectID, because there is no call. */
function whose(args: Args, agent: ServerAgent | undefined): Args {
  if (agent === undefined) return args;
  args.AgentID = agent.agentId;
  args.PeripheralID = agent.peripheralId;
  args.FilterTarget = agent.id;
  return args;
}
