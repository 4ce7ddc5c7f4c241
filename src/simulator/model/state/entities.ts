/**
 * The objects of the model. Behavior is elsewhere; these hold their state. They are in one file because they refer to
 * each other: a call has connections to devices, a device has the agent who is logged in, an agent has the offered call.
 */
import type { Timer } from '../../../common/clock.js';
import { DeviceType, Direction, Disposition, Lcs, NULL_CALL_ID, State } from './codes.js';
import type {
  AgentConfig,
  DeviceConfig,
  DeviceKind,
  DialedNumberConfig,
  SimulatedDeskSettings,
  Skill,
} from './config.js';
import type {
  AgentStateNumber,
  CallData,
  CallFacts,
  ConnectionRef,
  DeviceRef,
  RouterCallKey,
  ServiceRef,
  SimulatedConnectionState,
  SkillGroupRef,
} from './events/values.js';

export const nobody: DeviceRef = { id: '', type: DeviceType.none };

const deviceTypes: Record<DeviceKind, number> = {
  agentPhone: DeviceType.agentDevice,
  phone: DeviceType.nonAcd,
  routePoint: DeviceType.routePoint,
  vru: DeviceType.ctiPort,
  queue: DeviceType.queue,
  external: DeviceType.external,
};

export class SimulatedDevice {
  readonly ref: DeviceRef;
  readonly instrument: string;
  readonly connections: SimulatedConnection[] = [];
  /** The agent logged in here. */
  agent?: SimulatedAgent;
  inService = true;

  constructor(
    readonly config: Omit<DeviceConfig, 'kind'> & { kind: DeviceKind },
    /** Which of its instrument's lines it is, from 0. */
    readonly lineHandle = 0,
    ref?: DeviceRef,
  ) {
    this.instrument = config.instrument ?? config.id;
    const type = config.kind === 'agentPhone' && config.nonAcdLine ? DeviceType.nonAcd : deviceTypes[config.kind];
    this.ref = ref ?? { id: config.id, type };
  }

  get id(): string {
    return this.config.id;
  }

  get kind(): DeviceKind {
    return this.config.kind;
  }

  get isPhone(): boolean {
    return this.config.kind === 'agentPhone' || this.config.kind === 'phone';
  }
}

/** A device's part in a call. */
export class SimulatedConnection {
  state: SimulatedConnectionState = Lcs.none;
  skillGroup?: SkillGroupRef;
  direction: Direction = Direction.none;
  silentMonitor: 0 | 1 | 2 = 0;
  /** The connection that is monitored through this one. */
  monitors?: SimulatedConnection;
  mediaOn = false;
  /** It rang, and was not answered. */
  missed = false;
  /** Start of the current state, in milliseconds since the epoch; and the sums of the previous ones. */
  since: number;
  talkMs = 0;
  holdMs = 0;
  ringMs = 0;
  holds = 0;
  readonly joinedAt: number;
  establishedAt?: number;
  /** Set from alerting on: what happens if it is not answered. */
  ringTimer?: Timer;

  constructor(
    public call: SimulatedCall,
    readonly device: SimulatedDevice,
    public callType: number,
    public lineType: number,
    now: number,
  ) {
    this.joinedAt = now;
    this.since = now;
  }

  get ref(): ConnectionRef {
    return { peripheralId: this.call.peripheral.id, callId: this.call.id, deviceId: this.device.id };
  }

  get agent(): SimulatedAgent | undefined {
    return this.device.agent;
  }

  enter(state: SimulatedConnectionState, now: number): void {
    const spent = now - this.since;
    if (this.state === Lcs.connect) this.talkMs += spent;
    else if (this.state === Lcs.hold) this.holdMs += spent;
    else if (this.state === Lcs.alerting) this.ringMs += spent;
    if (state === Lcs.hold) this.holds++;
    if (state === Lcs.connect) this.establishedAt ??= now;
    this.state = state;
    this.since = now;
  }
}

export class SimulatedCall {
  readonly connections: SimulatedConnection[] = [];
  data: CallData;
  service?: ServiceRef;
  skillGroup?: SkillGroupRef;
  disposition: number = Disposition.inProgress;
  calling: DeviceRef = nobody;
  called: DeviceRef = nobody;
  lastRedirect: DeviceRef = nobody;
  trunkNumber?: number;
  trunkGroupNumber?: number;
  consultOf?: SimulatedCall;
  /** The party that made the consultation, and will be transfer or conference controller. */
  controller?: SimulatedDevice;
  conference = false;
  recording = false;
  badLine = false;
  /** Waiting for an agent: the record of the queue or the router. */
  route?: Route;
  /** Timers: treatment, an outside party's decision, patience. */
  readonly timers = new Set<Timer>();
  over = false;
  /** Its earlier ids. */
  formerIds: readonly number[] = [];
  #facts?: CallFacts;

  constructor(
    readonly peripheral: Peripheral,
    readonly id: number,
    public type: number,
    readonly key: RouterCallKey,
    data: CallData,
    readonly startedAt: number,
  ) {
    this.data = data;
  }

  /** The facts in events. Cached until something they depend on changes. */
  get facts(): CallFacts {
    const facts = this.#facts;
    if (
      facts !== undefined &&
      facts.data === this.data &&
      facts.disposition === this.disposition &&
      facts.calling === this.calling &&
      facts.called === this.called &&
      facts.lastRedirect === this.lastRedirect &&
      facts.service === this.service &&
      facts.skillGroup === this.skillGroup &&
      facts.trunkNumber === this.trunkNumber
    )
      return facts;
    this.#facts = {
      data: this.data,
      routerCallKey: this.key,
      service: this.service,
      skillGroup: this.skillGroup,
      disposition: this.disposition,
      calling: this.calling,
      called: this.called,
      lastRedirect: this.lastRedirect,
      trunkNumber: this.trunkNumber,
      trunkGroupNumber: this.trunkGroupNumber,
      callReferenceId: this.id.toString(16).padStart(8, '0').toUpperCase(),
    };
    return this.#facts;
  }

  at(deviceId: string): SimulatedConnection | undefined {
    return this.connections.find((each) => each.device.id === deviceId);
  }

  /** The consultations about this call that have not ended. */
  consultations(): SimulatedCall[] {
    const calls: SimulatedCall[] = [];
    for (const connection of this.connections)
      if (connection.device.isPhone)
        for (const other of connection.device.connections)
          if (other.call.consultOf === this && !calls.includes(other.call)) calls.push(other.call);
    return calls;
  }
}

/** A call on its way to an agent. */
export interface Route {
  /** Changes when a queued consultation is transferred. */
  call: SimulatedCall;
  readonly group: SimulatedSkillGroup;
  readonly dialed?: DialedNumberConfig;
  readonly queuePriority: number;
  readonly order: number;
  readonly enqueuedAt: number;
  /** The call type the agent's leg will have. */
  callType: number;
  queued: boolean;
  /** The agent it has been announced to. */
  offeredTo?: SimulatedAgent;
  offerTimer?: Timer;
  overflowTimer?: Timer;
}

export class SimulatedAgent {
  state: AgentStateNumber = State.logout;
  since: number;
  /** Start of the time in the current state that is not counted for the skill groups yet. */
  groupsSince = 0;
  reasonCode = 0;
  /** The ACD line, while logged in. */
  device?: SimulatedDevice;
  extension: string;
  instrument: string;
  /** The skills of the current login. */
  skills: readonly Skill[];
  /** Those set by an administrator. */
  skillsConfigured: readonly Skill[];
  services: readonly number[];
  teamId?: number;
  direction: Direction = Direction.none;
  /** State to return to when the calls are over. */
  before?: { state: AgentStateNumber; reasonCode: number };
  pending?: { state: AgentStateNumber; reasonCode: number };
  /** Reason code of the not-ready state that follows wrap-up. */
  reasonAfterWork = 0;
  /** Calls that are over but not counted yet, because their after-call work is not finished. */
  readonly uncounted: SimulatedConnection[] = [];
  /** Milliseconds of the current after-call work so far. */
  workedMs = 0;
  /** A supervisor has requested a log-out as soon as the calls are over. */
  logoutAfterCalls?: { reasonCode: number };
  /** The call announced by the router. */
  offer?: Route;
  /** Increases with every agent who becomes available: for the longest-available rule. */
  availableOrder = 0;
  misses = 0;
  workTimer?: Timer;
  idleTimer?: Timer;
  /** The call that caused the current wrap-up. */
  wrapup?: { connection: SimulatedConnection; direction: Direction };

  constructor(
    readonly config: AgentConfig,
    readonly desk: SimulatedDeskSettings,
    now: number,
  ) {
    this.since = now;
    this.extension = config.instrument;
    this.instrument = config.instrument;
    this.skills = config.skills;
    this.skillsConfigured = config.skills;
    this.teamId = config.teamId;
    this.services = config.services ?? [];
  }

  get loggedIn(): boolean {
    return this.device !== undefined;
  }
}

export class SimulatedSkillGroup {
  readonly members = new Set<SimulatedAgent>();

  constructor(
    readonly peripheralId: number,
    readonly number: number,
    readonly id: number,
    readonly name: string,
  ) {}

  ref(priority: number): SkillGroupRef {
    return { number: this.number, id: this.id, priority };
  }
}

export class Peripheral {
  online = true;
  nextCallId = 0x01000001;
  readonly calls = new Map<number, SimulatedCall>();
  /** Calls in progress by their earlier ids. */
  readonly callsByFormerId = new Map<number, SimulatedCall>();
  readonly devices = new Map<string, SimulatedDevice>();
  readonly instruments = new Map<string, SimulatedDevice[]>();
  readonly agents = new Map<string, SimulatedAgent>();
  readonly groups = new Map<number, SimulatedSkillGroup>();
  readonly dialed = new Map<string, DialedNumberConfig>();
  readonly services = new Map<number, ServiceRef>();
  readonly teams = new Map<number, SimulatedTeam>();

  constructor(
    readonly id: number,
    readonly name: string,
    readonly type: number,
    readonly defaultDeskSettingsId: number,
  ) {}
}

export interface SimulatedTeam {
  readonly peripheralId: number;
  readonly id: number;
  readonly name: string;
  readonly primarySupervisor?: string;
  readonly secondarySupervisors: readonly string[];
  readonly members: Set<string>;
}

/** No connection: the value in messages. */
export function noConnection(peripheralId: number): ConnectionRef {
  return { peripheralId, callId: NULL_CALL_ID, deviceId: '' };
}
