import type { RequestName } from '../../../ctios/index.js';

/** Whom a request is about. In reach are the session's own agent, and the members of the teams it leads. */
export type About =
  /** the session itself, or what it has */
  | 'nobody'
  /** what every agent may know of every other */
  | 'anybody'
  /** one call at a phone in reach */
  | 'call'
  /** both calls, each at a phone in reach */
  | 'two calls'
  /** an agent in reach, and a call that is named */
  | 'agent'
  /** the same, from the phone at which that agent sits */
  | 'agent from its phone'
  /** an agent in reach, at the phone it has, or at one where nobody sits */
  | 'agent at a phone'
  /** an agent in reach, by AgentReference, and a call that is named */
  | 'watched agent'
  /** an agent in reach, by AgentID or phone */
  | 'overheard agent';

/** What is checked of an agent-mode client. Whom a request is about, `subjects.ts` finds out. */
export interface Privilege {
  readonly about: About;
  /** Only for supervisors. */
  readonly supervisor?: true;
}

const call: Privilege = { about: 'call' };
const twoCalls: Privilege = { about: 'two calls' };
const agent: Privilege = { about: 'agent' };
const fromItsPhone: Privilege = { about: 'agent from its phone' };
const atPhone: Privilege = { about: 'agent at a phone' };
const nobody: Privilege = { about: 'nobody' };
const anybody: Privilege = { about: 'anybody' };
/** It resolves to the supervisor's own teams. */
const ownTeams: Privilege = { about: 'nobody', supervisor: true };
const watched: Privilege = { about: 'watched agent', supervisor: true };

/** Every request, and what it takes. */
export const privileges: Readonly<Record<RequestName, Privilege>> = {
  Answer: call,
  Hold: call,
  Retrieve: call,
  Clear: call,
  ClearConnection: call,
  MakeConsultCall: call,
  SingleStepTransfer: call,
  SingleStepConference: call,
  SendDTMFSignal: call,
  SetCallData: call,
  Snapshot: call,
  StartRecord: call,
  StopRecord: call,
  Alternate: twoCalls,
  Reconnect: twoCalls,
  Transfer: twoCalls,
  Conference: twoCalls,

  MakeCall: fromItsPhone,
  RequestSupervisorAssist: fromItsPhone,
  MakeEmergencyCall: fromItsPhone,
  Login: atPhone,
  Logout: atPhone,
  SetAgentState: atPhone,
  SetAgentGreetingAction: agent,
  ReportBadCallLine: agent,
  EnableAgentStatistics: agent,
  DisableAgentStatistics: agent,

  // Whether a colleague is free is no secret, nor how long a queue is.
  QueryAgentState: anybody,
  EnableSkillGroupStatistics: anybody,
  DisableSkillGroupStatistics: anybody,
  // `chat-levels.ts` says who may write to whom.
  SendChatMessage: anybody,

  // The server may have to ask first who leads a team; the handler itself refuses.
  RequestAgentTeamList: nobody,
  StartMonitoringAllAgentTeams: ownTeams,
  StopMonitoringAllAgentTeams: ownTeams,
  StartMonitoringAgentTeam: ownTeams,
  StopMonitoringAgentTeam: ownTeams,
  StartMonitoringAgent: watched,
  StopMonitoringAgent: watched,
  StartMonitoringCall: watched,
  SuperviseCall: watched,

  StartSMMonitoringMode: { about: 'nobody', supervisor: true },
  StartSMMonitoredMode: nobody,
  StopSilentMonitorMode: nobody,
  StartSilentMonitorRequest: { about: 'overheard agent', supervisor: true },
  // Of a session of its own, and of one that it was asked for: the handlers know which those are.
  StopSilentMonitorRequest: nobody,
  AcceptSilentMonitoring: nobody,

  // Agents prove themselves.
  SetAgent: nobody,
  SendIdentifyClientRequest: nobody,
  // The client session does it.
  SetMessageFilter: nobody,
  RequestDesktopSettings: nobody,
};
