/** The events of agents and supervisors. */
import type {
  AgentStateNumber,
  CallFacts,
  ConnectionRef,
  RouterCallKey,
  SkillGroupRef,
  SkillGroupState,
} from './values.js';

/** Sent before the phone of a reserved agent rings. There is no connection yet. */
export interface AgentPreCallEvent {
  readonly kind: 'agentPreCall';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agentId: string;
  readonly instrument: string;
  readonly icmAgentId: number;
  readonly call: CallFacts;
  readonly skillGroup: SkillGroupRef;
  readonly callTypeId: number;
}
/** The previously announced call will not arrive. */
export interface AgentPreCallAbortEvent {
  readonly kind: 'agentPreCallAbort';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agentId: string;
  readonly instrument: string;
  readonly routerCallKey: RouterCallKey;
}

/** An agent requests help. Published even if no supervisor is available: then `connection` has call id 0xffffffff. */
export interface EmergencyCallEvent {
  readonly kind: 'emergencyCall';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly connection: ConnectionRef;
  readonly agentId: string;
  readonly extension: string;
  readonly instrument: string;
}
export interface SupervisorAssistEvent {
  readonly kind: 'supervisorAssist';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly connection: ConnectionRef;
  readonly agentId: string;
  readonly supervisorId: string;
}

/** Silent monitoring of an agent's call begins or ends. */
export interface SilentMonitorEvent {
  readonly kind: 'silentMonitorStarted' | 'silentMonitorStopped';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  /** The monitored call's connection at the agent, and the supervisor's own. */
  readonly agentConnection: ConnectionRef;
  readonly supervisorConnection: ConnectionRef;
  readonly agentId: string;
  readonly supervisorId: string;
}

export interface AgentStateEvent {
  readonly kind: 'agentState';
  readonly sequence: number;
  readonly time: number;
  readonly peripheralId: number;
  readonly agent: AgentFacts;
  readonly previous: AgentStateNumber;
  /** The skill group of the call or change; absent: the agent as a whole. */
  readonly skillGroup?: SkillGroupRef;
}

/** An agent at one moment. */
export interface AgentFacts {
  readonly peripheralId: number;
  readonly agentId: string;
  readonly icmAgentId: number;
  /** The agent's instrument; when logged out, that of the last login. */
  readonly extension: string;
  readonly instrument: string;
  readonly state: AgentStateNumber;
  /** Seconds in this state. */
  readonly stateDuration: number;
  /** EventReasonCode: meaningful for not ready and logout, else 0. */
  readonly reasonCode: number;
  /** The state that follows when the call ends, if one was requested. */
  readonly nextState?: AgentStateNumber;
  /** AgentCallDirection: 0 none, 1 in, 2 out, 3 other in, 4 other out. */
  readonly direction: number;
  /** AgentMode: 1 routable, 0 not. */
  readonly mode: 0 | 1;
  /** AgentAvailabilityStatus: 1 available to the router. */
  readonly availability: 0 | 1;
  /** Number of the agent's calls. */
  readonly numTasks: number;
  readonly skillGroups: readonly SkillGroupState[];
}
