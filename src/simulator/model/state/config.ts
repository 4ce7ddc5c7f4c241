import type { SiteBehavior } from './site-behavior.js';
/**
 * The configuration of a contact center. Numbers and identifiers are those in GED-188 messages; names are for display.
 */

/** Agents, lines and skill groups belong to a peripheral: an ACD or a VRU with a number of its own. */
export interface PeripheralConfig {
  id: number;
  name: string;
  /** GED-188 PeripheralType; 17 (Enterprise Agent) is Unified CCE's. */
  type: number;
  /** Desk settings of agents that have none of their own. */
  defaultDeskSettingsId: number;
}

export interface SkillGroupConfig {
  peripheralId: number;
  /** The number by which agents and scripts identify it. */
  number: number;
  /** Its enterprise-wide identifier (SkillTargetID). */
  id: number;
  name: string;
}

export interface ServiceConfig {
  peripheralId: number;
  number: number;
  id: number;
  name: string;
}

/** An agent's priority in a skill group: the lower the number, the earlier the call is offered; 1 is best. */
export interface Skill {
  skillGroupNumber: number;
  priority: number;
}

export interface AgentConfig {
  peripheralId: number;
  /** A string, always: "007" stays "007". */
  agentId: string;
  /** Enterprise-wide identifier (SkillTargetID, ICMAgentID). */
  icmAgentId: number;
  loginName: string;
  firstName: string;
  lastName: string;
  /** The password required to log in; '' accepts any password. */
  password: string;
  skills: readonly Skill[];
  teamId?: number;
  /** False: this agent is not a supervisor of any team. */
  supervisor: boolean;
  deskSettingsId?: number;
  /** The agent's default instrument. A login may specify a different one. */
  instrument: string;
  /** Assistance services that the agent has (AgentService of the protocol); absent: none. */
  services?: readonly number[];
}

export type DeviceKind = 'agentPhone' | 'phone' | 'routePoint' | 'vru' | 'queue' | 'external';

/** A device that can be part of a call. A phone with several lines is one instrument with several devices. */
export interface DeviceConfig {
  peripheralId: number;
  /** Extension or number; unique on its peripheral. */
  id: string;
  kind: Exclude<DeviceKind, 'external'>;
  /** The phone of this line. Agents log in to instruments; absent: the device's own id. */
  instrument?: string;
  /** An agent's further line: calls on it are not ACD calls. */
  nonAcdLine?: boolean;
  description?: string;
}

export interface TeamConfig {
  peripheralId: number;
  id: number;
  name: string;
  /** Agent ids. A primary and any number of secondary supervisors. */
  primarySupervisor?: string;
  secondarySupervisors: readonly string[];
}

/** What a routing script does with a call: the treatment before it, the group, and how queued calls are handled. */
export interface RouteConfig {
  skillGroupNumber: number;
  /** Position in the queue: 1 is served first, then 2 ... 10. */
  queuePriority: number;
  /** Seconds in queue after which the call goes to `overflowTo` (a dialed number); absent: never. */
  overflowAfterSeconds?: number;
  overflowTo?: string;
}

export interface DialedNumberConfig {
  peripheralId: number;
  number: string;
  dnis: string;
  callTypeId: number;
  serviceNumber: number;
  description: string;
  route: RouteConfig;
  /** Treatment on a VRU before routing; absent: routed at once. */
  treatment?: TreatmentConfig;
}

export interface TreatmentConfig {
  /** Milliseconds the caller spends with the VRU, uniformly distributed in this range. */
  minMs: number;
  maxMs: number;
  /** Maximum number of digits that the VRU accepts from the caller; 0: it prompts for none. */
  digits: number;
}

/** WrapupDataMode of GED-188. */
export type WrapupMode = 'required' | 'optional' | 'notAllowed' | 'requiredWithData';

/** Agent desk settings; times in seconds, 0 disables a timer. */
export interface SimulatedDeskSettings {
  id: number;
  name: string;
  availableAfterIncoming: boolean;
  availableAfterOutgoing: boolean;
  autoAnswer: boolean;
  notReadyReasonRequired: boolean;
  logoutReasonRequired: boolean;
  supervisorCallsAllowed: boolean;
  agentToAgentCallsAllowed: boolean;
  outboundCallsAllowed: boolean;
  nonAcdCallsAllowed: boolean;
  wrapupIncoming: WrapupMode;
  wrapupOutgoing: Exclude<WrapupMode, 'requiredWithData'>;
  workModeTimer: number;
  logoutNonActivityTime: number;
  ringNoAnswerTime: number;
  /** Target of a call that was not answered: a dialed number or a device; absent: back to its route. */
  ringNoAnswerTarget?: string;
  /** Numeric identifier of that dialed number in desk settings; 0 for none. */
  ringNoAnswerDnId: number;
  assistCallMethod: 'consult' | 'blindConference';
  emergencyCallMethod: 'consult' | 'blindConference';
  autoRecordOnEmergency: boolean;
  recordingMode: boolean;
  silentMonitorWarningMessage: boolean;
  silentMonitorAudibleIndication: boolean;
  qualityRecordingRate: number;
}

/** How outside numbers behave, first match wins. */
export interface ExternalNumberConfig {
  /** Digits the number begins with; '' matches all. */
  prefix: string;
  behaviour: 'answers' | 'busy' | 'noAnswer' | 'invalid';
  /** Milliseconds until it answers, or until the switch gives up. */
  afterMs: number;
}

/** An ECC variable that may be used: a scalar, or an array of `size` elements. */
export interface EccVariableConfig {
  name: string;
  size?: number;
}

/** Times of the switch itself, and choices that differ between deployments. */
export interface SwitchSettings {
  /** Milliseconds between choosing an agent (reservation, pre-call event) and the ringing phone. */
  offerMs: number;
  /** Milliseconds between dialing a number outside and reaching the network. */
  trunkMs: number;
  /**
   * Available or NotReady requested while talking: stored until the end of the call (Unified CCE), or refused (Unified
   * CCX).
   */
  stateAskedWhileTalking: 'pending' | 'refused';
  stateAfterLogin: 'notReady' | 'available';
  /** Consecutive unanswered calls that set an agent to not ready permanently (reason 50010). */
  consecutiveMisses: number;
  /** Whether the other parties of a conference may add parties, too. */
  multipleControllers: boolean;
  /** Whether calls can be recorded: there is a recording server. */
  recordingServer: boolean;
  /** Milliseconds after the last party left during which wrap-up data is still accepted. */
  wrapupDataMs: number;
  /** A not-ready agent who logs in at another phone moves there; otherwise the second login is refused. */
  takeOverLogin: boolean;
  /** Behavior of real sites. Default: none of it. */
  site?: SiteBehavior;
}

export interface WorldConfig {
  peripherals: readonly PeripheralConfig[];
  skillGroups: readonly SkillGroupConfig[];
  services: readonly ServiceConfig[];
  agents: readonly AgentConfig[];
  devices: readonly DeviceConfig[];
  teams: readonly TeamConfig[];
  dialedNumbers: readonly DialedNumberConfig[];
  deskSettings: readonly SimulatedDeskSettings[];
  externalNumbers: readonly ExternalNumberConfig[];
  /** ECC variables known to the deployment; undefined: any name is accepted. */
  eccVariables?: readonly EccVariableConfig[];
  /** Call variables that clients must not modify: "CallVariable1", "ANI", "user.Name" ... */
  protectedVariables: readonly string[];
  switch: SwitchSettings;
}
