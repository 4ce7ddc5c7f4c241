/** Requests of the Agent object -> CTI Server requests, one line each. */

import { type Args, VOICE_MRDID } from '../../ctios/index.js';
import {
  AgentState,
  ConnectionDeviceIDType,
  Limits,
  type MessageInit,
  NULL_CALL_ID,
  NULL_SKILL_GROUP,
} from '../../ged188/index.js';
import type { ServerAgent, ServerCall } from '../model/entities.js';
import { connection, data, numberArgument, placing, textArgument } from './call-requests.js';

/** The agent that a request is for, as far as it is known: of an agent who never logged in only the name is. */
export interface AgentSubject {
  peripheralId: number;
  agentId: string | undefined;
  agent: ServerAgent | undefined;
  /** The agent's current call, for requests that concern one. */
  call: ServerCall | undefined;
}

type Line = (subject: AgentSubject, args: Args) => MessageInit;

export const agentRequestTranslations: Readonly<Record<string, Line>> = {
  Login: (subject, args) => setState(subject, { ...args, AgentState: AgentState.AGENT_STATE_LOGIN }),
  Logout: (subject, args) => setState(subject, { ...args, AgentState: AgentState.AGENT_STATE_LOGOUT }),
  SetAgentState: setState,
  QueryAgentState: (subject, args) => ({
    type: 'QUERY_AGENT_STATE_REQ',
    PeripheralID: subject.peripheralId,
    MRDID: numberArgument(args.MRDID) ?? VOICE_MRDID,
    ICMAgentID: -1,
    ...identity(subject, args),
  }),
  MakeCall: (subject, args) => ({
    type: 'MAKE_CALL_REQ',
    PeripheralID: subject.peripheralId,
    AgentInstrument: instrumentOf(subject, args),
    DialedNumber: textArgument(args.DialedNumber),
    SkillGroupNumber: numberArgument(args.SkillGroupNumber) ?? NULL_SKILL_GROUP,
    ...placing(args),
    ...data(args),
  }),
  RequestSupervisorAssist: (subject, args) => ({ type: 'SUPERVISOR_ASSIST_REQ', ...callForHelp(subject, args) }),
  MakeEmergencyCall: (subject, args) => ({ type: 'EMERGENCY_CALL_REQ', ...callForHelp(subject, args) }),
  ReportBadCallLine: (subject) => ({
    type: 'BAD_CALL_REQ',
    ...callOrNone(subject),
    AgentID: subject.agentId ?? '',
  }),
  SetAgentGreetingAction: (subject, args) => ({
    type: 'AGENT_GREETING_CONTROL_REQ',
    PeripheralID: subject.peripheralId,
    AgentAction: numberArgument(args.AgentAction) ?? 0,
    AgentID: subject.agentId ?? '',
  }),
  SetAgentServiceData: ({ agent, call }, args) => ({
    type: 'SET_AGENT_SERVICE_DATA_REQ',
    RouterCallKeyDay: numberArgument(call?.data.RouterCallKeyDay) ?? 0,
    RouterCallKeyCallID: numberArgument(call?.data.RouterCallKeyCallID) ?? 0,
    RouterCallKeySequenceNumber: numberArgument(call?.data.RouterCallKeySequenceNumber) ?? 0,
    AgentSkillTargetID: agent?.icmAgentId ?? 0,
    EnabledServices: numbered(args, 'EnabledService').map((each) => ({ FltEnabledServices: each })),
    NumPositiveAnswersSuggestions: numberArgument(args.NumPositiveAnswersSuggestions),
    NumNegativeAnswersSuggestions: numberArgument(args.NumNegativeAnswersSuggestions),
  }),
};

/** `Name[1]`, `Name[2]` and so on, up to the first that is missing. */
function numbered(args: Args, name: string): number[] {
  const values: number[] = [];
  for (let value = numberArgument(args[`${name}[1]`]); value !== undefined; ) {
    values.push(value);
    value = numberArgument(args[`${name}[${values.length + 1}]`]);
  }
  return values;
}

function setState(subject: AgentSubject, args: Args): MessageInit {
  const callMode = numberArgument(args.AgentCallMode);
  return {
    type: 'SET_AGENT_STATE_REQ',
    PeripheralID: subject.peripheralId,
    AgentState: numberArgument(args.AgentState) ?? AgentState.AGENT_STATE_UNKNOWN,
    // A mobile agent's call mode is sent as the work mode.
    AgentWorkMode: callMode ?? numberArgument(args.AgentWorkMode) ?? 0,
    EventReasonCode: numberArgument(args.EventReasonCode) ?? 0,
    ForcedFlag: numberArgument(args.ForcedFlag) ?? 0,
    AgentInstrument: remote(instrumentOf(subject, args), textArgument(args.AgentRemoteNumber)),
    AgentID: textArgument(args.AgentID) ?? subject.agentId,
    AgentPassword: textArgument(args.AgentPassword),
    PositionID: textArgument(args.PositionID),
    SupervisorID: textArgument(args.SupervisorID),
    SkillGroups: skillGroups(args),
  };
}

/** A mobile agent logs in with "instrument;phone". */
function remote(instrument: string | undefined, phone: string | undefined): string | undefined {
  return instrument !== undefined && phone !== undefined ? `${instrument};${phone}` : instrument;
}

/** One group as SkillGroupNumber, or several as SkillGroup[1], SkillGroup[2] ... */
function skillGroups(args: Args): { SkillGroupNumber: number; SkillGroupPriority: number }[] {
  const groups: { SkillGroupNumber: number; SkillGroupPriority: number }[] = [];
  const put = (from: Args) => {
    const group = numberArgument(from.SkillGroupNumber);
    if (group !== undefined && group !== NULL_SKILL_GROUP) {
      groups.push({ SkillGroupNumber: group, SkillGroupPriority: numberArgument(from.SkillGroupPriority) ?? 0 });
    }
  };
  for (let index = 1; index <= Limits.MAX_SET_AGENT_STATE_SKILL_GROUPS; index++) {
    const entry = args[`SkillGroup[${index}]`];
    if (typeof entry === 'object') put(entry);
  }
  if (groups.length === 0) put(args);
  return groups;
}

export function instrumentOf(subject: AgentSubject, args: Args): string | undefined {
  return textArgument(args.AgentInstrument) ?? subject.agent?.instrument ?? textArgument(args.AgentExtension);
}

function identity(subject: AgentSubject, args: Args) {
  return {
    AgentID: subject.agentId,
    AgentInstrument: textArgument(args.AgentInstrument),
    AgentExtension: textArgument(args.AgentExtension),
  };
}

function callOrNone({ peripheralId, call }: AgentSubject) {
  if (call !== undefined) return connection(call);
  return {
    PeripheralID: peripheralId,
    ConnectionCallID: NULL_CALL_ID,
    ConnectionDeviceIDType: ConnectionDeviceIDType.CONNECTION_ID_NONE,
    ConnectionDeviceID: '',
  };
}

function callForHelp(subject: AgentSubject, args: Args) {
  return {
    ...callOrNone(subject),
    AgentID: subject.agentId,
    AgentExtension: subject.agent?.extension,
    AgentInstrument: instrumentOf(subject, args),
  };
}
