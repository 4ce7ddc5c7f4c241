import type {
  AgentConfig,
  DeviceConfig,
  DeviceKind,
  DialedNumberConfig,
  PeripheralConfig,
  SimulatedDeskSettings,
  Skill,
  SkillGroupConfig,
  TeamConfig,
  WorldConfig,
} from './config.js';
import type { AgentFacts } from './events/agent-events.js';
import type {
  AgentStateNumber,
  CallData,
  CallFacts,
  ConnectionRef,
  DeviceRef,
  SimulatedConnectionState,
  SkillGroupRef,
} from './events/values.js';

/**
 * The commands and queries of the contact center. Every command is synchronous: its events have been published when it
 * returns (a publisher that must send a confirmation first holds the events back). A refused command has changed and
 * published nothing.
 */

/** A request that the switch does not carry out. */
export interface CommandRefusal {
  readonly ok: false;
  /** ControlFailureCode (CF_...). */
  readonly failureCode: number;
  /** The peripheral's own code, 0 for none. */
  readonly peripheralErrorCode: number;
  /** If given, the request is answered with FAILURE_CONF and this StatusCode (E_CTI_...) instead of CONTROL_FAILURE_CONF. */
  readonly status?: number;
  /** A sentence for display. */
  readonly reason: string;
}
export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}
export type CommandOutcome<T = void> = Accepted<T> | CommandRefusal;

/** A new connection at the requester's own device. */
export interface NewConnection {
  readonly connection: ConnectionRef;
  readonly lineHandle: number;
  readonly lineType: number;
}
/** The call after a transfer or conference. */
export interface JoinedCall extends NewConnection {
  readonly parties: readonly ConnectionRef[];
}

/**
 * A change of call data. An absent field is unchanged, '' clears it. ECC: `named` and `arrays` are merged by name,
 * unless `replaceEcc` is set, which replaces all of it.
 */
export interface CallDataPatch {
  ani?: string;
  dnis?: string;
  callerEnteredDigits?: string;
  userToUserInfo?: Buffer;
  /** Sparse: index 0 is CallVariable1. */
  variables?: readonly (string | undefined)[];
  wrapupData?: string;
  named?: ReadonlyMap<string, string> | readonly (readonly [name: string, value: string])[];
  arrays?: readonly (readonly [name: string, index: number, value: string])[];
  replaceEcc?: boolean;
  customerPhoneNumber?: string;
  customerAccountNumber?: string;
  callType?: number;
  disposition?: number;
  campaignId?: number;
  queryRuleId?: number;
}

export interface MakeCallRequest {
  peripheralId: number;
  /** The agent's instrument (or the line itself). */
  instrument: string;
  dialedNumber: string;
  placementType?: number;
  mannerType?: number;
  data?: CallDataPatch;
}
export interface ConsultRequest {
  active: ConnectionRef;
  dialedNumber: string;
  /** ConsultType: 0 unspecified, 1 transfer, 2 conference. */
  consultType: number;
  data?: CallDataPatch;
}
/** With `held`: joins two calls. Without: single step, to `dialedNumber`. */
export interface JoinRequest {
  active: ConnectionRef;
  held?: ConnectionRef;
  dialedNumber?: string;
  data?: CallDataPatch;
}

export interface SetAgentStateRequest {
  peripheralId: number;
  instrument: string;
  /** 0 logs in, 1 logs out. */
  state: AgentStateNumber;
  agentId?: string;
  password?: string;
  reasonCode?: number;
  workMode?: number;
  /** ForcedFlag: 1 forces a logout, 2 only checks the password. */
  forced?: number;
  /** The supervisor who requests it for another agent. */
  supervisorId?: string;
  /** Groups to log in to; absent: the configured ones. */
  skillGroups?: readonly { number: number; priority?: number }[];
}

/** SupervisoryAction of GED-188: 0 clear, 1 monitor, 2 whisper, 3 barge in, 4 intercept. */
export interface SuperviseRequest {
  action: number;
  /** The agent's call. Optional when only one is in progress. */
  agentConnection?: ConnectionRef;
  peripheralId: number;
  agentId?: string;
  /** Or the agent's instrument. */
  agentInstrument?: string;
  supervisorInstrument: string;
  supervisorConnection?: ConnectionRef;
}

/** An agent who needs help. Without a connection: an agent not on a call. */
export interface HelpRequest {
  peripheralId: number;
  instrument: string;
  connection?: ConnectionRef;
}

/** An outside person calls. */
export interface InboundCallRequest {
  peripheralId: number;
  dialedNumber: string;
  /** '' or absent: number withheld. */
  ani?: string;
  data?: CallDataPatch;
  /** Digits this person enters when the VRU prompts for them. */
  callerEnteredDigits?: string;
  /** Milliseconds this person waits in queue and ringing before giving up; absent: unlimited. */
  patienceMs?: number;
}

/** The dialer offers a customer to an agent: a preview, which the agent accepts or rejects. */
export interface PreviewRequest {
  peripheralId: number;
  agentId: string;
  /** To be dialed from the agent's phone; a number outside. */
  customerNumber: string;
  /** The agent may not transfer this customer to another agent. */
  direct?: boolean;
  campaign?: string;
  campaignId?: number;
  queryRuleId?: number;
  accountNumber?: string;
  data?: CallDataPatch;
}

/** Call control, as offered by a switch. */
export interface CallControl {
  makeCall(request: MakeCallRequest): CommandOutcome<NewConnection>;
  answer(connection: ConnectionRef): CommandOutcome;
  hold(connection: ConnectionRef): CommandOutcome;
  retrieve(connection: ConnectionRef): CommandOutcome;
  alternate(active: ConnectionRef, other: ConnectionRef): CommandOutcome;
  reconnect(active: ConnectionRef, held: ConnectionRef): CommandOutcome;
  /** @param requester the requesting device, when it drops another party */
  clearConnection(connection: ConnectionRef, requester?: string): CommandOutcome;
  clearCall(connection: ConnectionRef): CommandOutcome;
  consult(request: ConsultRequest): CommandOutcome<NewConnection>;
  transfer(request: JoinRequest): CommandOutcome<JoinedCall>;
  conference(request: JoinRequest): CommandOutcome<JoinedCall>;
  deflect(connection: ConnectionRef, destination: string): CommandOutcome;
  sendDtmf(connection: ConnectionRef, digits: string): CommandOutcome;
  setCallData(connection: ConnectionRef, patch: CallDataPatch): CommandOutcome;
  startRecording(connection: ConnectionRef): CommandOutcome;
  stopRecording(connection: ConnectionRef): CommandOutcome;
  reportBadLine(connection: ConnectionRef): CommandOutcome;
}

export interface AgentControl {
  setAgentState(request: SetAgentStateRequest): CommandOutcome;
  supervisorAssist(request: HelpRequest): CommandOutcome<NewConnection>;
  emergencyCall(request: HelpRequest): CommandOutcome<NewConnection>;
  supervise(request: SuperviseRequest): CommandOutcome<{ connection: ConnectionRef }>;
}

/** Operations of the world around the switch: callers, the network, administrators. */
export interface WorldControl {
  /** A call from outside. Refused for a dialed number that is not configured. */
  placeCall(request: InboundCallRequest): CommandOutcome<{ callId: number }>;
  /** A party outside hangs up (or any other party: `deviceId`; absent: the first outside party). */
  hangUp(peripheralId: number, callId: number, deviceId?: string): CommandOutcome;
  /**
   * The dialer reserves an available agent and offers a customer. Decided with SetCallData, BAResponse "Accept" or
   * "Reject".
   */
  offerPreview(request: PreviewRequest): CommandOutcome<{ callId: number }>;
  /** The router withdraws a call it has announced to an agent whose phone does not ring yet. */
  withdrawRoute(peripheralId: number, callId: number): CommandOutcome;
  setPeripheralOnline(peripheralId: number, online: boolean): CommandOutcome;
  setDeviceInService(peripheralId: number, deviceId: string, inService: boolean): CommandOutcome;
  reskill(peripheralId: number, agentId: string, skills: readonly Skill[]): CommandOutcome;
  moveToTeam(peripheralId: number, agentId: string, teamId: number | undefined): CommandOutcome;
  setAgentServices(peripheralId: number, agentId: string, services: readonly number[]): CommandOutcome;
  addAgent(agent: AgentConfig): CommandOutcome;
}

/** A connection at this moment. */
export interface ConnectionView {
  readonly callId: number;
  readonly deviceId: string;
  readonly device: DeviceRef;
  readonly kind: DeviceKind;
  readonly state: SimulatedConnectionState;
  readonly callType: number;
  readonly lineType: number;
  readonly lineHandle: number;
  readonly skillGroup?: SkillGroupRef;
  /** SilentMonitorStatus of GED-188: 0 none, 1 this party monitors, 2 this party is monitored. */
  readonly silentMonitor: 0 | 1 | 2;
}

/** A call at this moment. */
export interface CallView {
  readonly peripheralId: number;
  readonly callId: number;
  readonly callType: number;
  readonly startedAt: number;
  readonly data: CallData;
  readonly connections: readonly ConnectionView[];
  readonly facts: CallFacts;
  /** The call this one was made about. */
  readonly consultOf?: number;
  readonly conference: boolean;
  readonly recording: boolean;
}

export interface DeviceView extends DeviceConfig {
  readonly instrument: string;
  readonly inService: boolean;
  readonly agentId?: string;
  /** Connections at this device, oldest first. */
  readonly connections: readonly ConnectionView[];
}

export interface AgentView extends AgentFacts {
  readonly config: AgentConfig;
  readonly deskSettings: SimulatedDeskSettings;
  readonly teamId?: number;
  readonly services: readonly number[];
  readonly loggedIn: boolean;
}

/** Statistics by the field names of QUERY_AGENT_STATISTICS_CONF and QUERY_SKILL_GROUP_STATISTICS_CONF; seconds and counts; 0xffffffff unknown. */
export type SimulatedStatistics = Readonly<Record<string, number>>;

export interface QueueView {
  readonly skillGroupNumber: number;
  readonly waiting: number;
  /** Seconds the oldest has waited. */
  readonly longestSeconds: number;
}

/** Queries of the contact center. Every view is a value of this moment; lists may be long: iterate, do not keep. */
export interface WorldView {
  readonly config: WorldConfig;
  now(): number;
  peripherals(): Iterable<PeripheralConfig & { online: boolean }>;
  calls(peripheralId?: number): Iterable<CallView>;
  call(peripheralId: number, callId: number): CallView | undefined;
  /** The same, also by an earlier id of the call. */
  callByAnyId(peripheralId: number, callId: number): CallView | undefined;
  connection(ref: ConnectionRef): ConnectionView | undefined;
  agents(peripheralId?: number): Iterable<AgentView>;
  agent(peripheralId: number, agentId: string): AgentView | undefined;
  /** The agent logged in at an instrument or extension. */
  agentAt(peripheralId: number, instrument: string): AgentView | undefined;
  devices(peripheralId?: number): Iterable<DeviceView>;
  /** By device id, or by instrument (then its ACD line). */
  device(peripheralId: number, id: string): DeviceView | undefined;
  skillGroups(peripheralId?: number): Iterable<SkillGroupConfig>;
  skillGroup(peripheralId: number, number: number): SkillGroupConfig | undefined;
  teams(peripheralId?: number): Iterable<TeamConfig & { members: readonly string[] }>;
  dialedNumbers(peripheralId?: number): Iterable<DialedNumberConfig>;
  deskSettings(id: number): SimulatedDeskSettings | undefined;
  queue(peripheralId: number, skillGroupNumber: number): QueueView;
  agentStatistics(peripheralId: number, agentId: string): SimulatedStatistics | undefined;
  skillGroupStatistics(peripheralId: number, skillGroupNumber: number): SimulatedStatistics | undefined;
}

/** The simulated contact center as seen by its users. */
export interface ContactCenterApi extends CallControl, AgentControl, WorldControl, WorldView {}
