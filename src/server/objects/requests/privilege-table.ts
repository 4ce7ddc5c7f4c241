import type { RequestName } from '../../../ctios/index.js';

/** The subject of a request. Within reach are the session's own agent, and the members of the teams it leads. */
export type About =
  /** the session itself, or its own objects */
  | 'nobody'
  /** what every agent may know about every other */
  | 'anybody'
  /** one call at a phone within reach */
  | 'call'
  /** both calls, each at a phone within reach */
  | 'two calls'
  /** an agent within reach, and a named call */
  | 'agent'
  /** the same, at the phone of that agent */
  | 'agent from its phone'
  /** an agent within reach, at its own phone, or at one without an agent */
  | 'agent at a phone'
  /** an agent within reach, by AgentReference, and a named call */
  | 'watched agent'
  /** an agent within reach, by AgentID or phone */
  | 'overheard agent';

/** What is checked for an agent-mode client. `subjects.ts` determines the subject of a request. */
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

/** Every request, and the privilege it needs. */
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
  StartNetworkRecording: call,
  StopNetworkRecording: call,
  Deflect: call,
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
  SetAgentServiceData: agent,
  EnableAgentStatistics: agent,
  DisableAgentStatistics: agent,

  // The state of other agents and the length of queues are not confidential.
  QueryAgentState: anybody,
  EnableSkillGroupStatistics: anybody,
  DisableSkillGroupStatistics: anybody,
  // `chat-levels.ts` defines which agents may send messages to which.
  SendChatMessage: anybody,

  // The server may first have to query the supervisors of a team, so the handler itself refuses.
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
  // Sessions that the client has started, or was asked to accept: checked by the handlers.
  StopSilentMonitorRequest: nobody,
  AcceptSilentMonitoring: nobody,

  // Agents authenticate here.
  SetAgent: nobody,
  SendIdentifyClientRequest: nobody,
  // Done by the client session.
  SetMessageFilter: nobody,
  RequestDesktopSettings: nobody,
};
