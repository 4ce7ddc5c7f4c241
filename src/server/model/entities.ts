/**
 * The objects of the contact center: agents, phones and calls. They refer to each other like the things they represent
 * (an agent has a phone, which has calls), so one file holds the three. Their indexes are in one file each:
 * `agents.ts`, `devices.ts`, `calls.ts`; `world.ts` keeps the references consistent.
 */
import { type Args, agentObjectId, callObjectId } from '../../ctios/index.js';
import { AgentState, LocalConnectionState } from '../../ged188/index.js';
import type { Audience } from '../object-server.js';
import { type AgentSkill, StateChange } from './state-change.js';

// Read once: a name of another module is looked up at each use.
const { AGENT_STATE_LOGOUT, AGENT_STATE_UNKNOWN } = AgentState;
const { LCS_NONE } = LocalConnectionState;

/** AGENT_DESK_SETTINGS_CONF, by the message's field names. Seconds; methods and modes as in GED-188. */
export interface DeskSettings {
  DeskSettingsMask: number;
  /** 0 required, 1 optional, 2 not allowed, 3 required with data. */
  WrapupDataIncomingMode: number;
  WrapupDataOutgoingMode: number;
  WorkModeTimer: number;
  [field: string]: number | string | undefined;
}

export class ServerAgent {
  /** `agent.<PeripheralID>.<AgentID>` */
  readonly id: string;
  peripheralType: number | undefined;
  state: number = AGENT_STATE_UNKNOWN;
  /**
   * When it entered its state, in milliseconds on the monotonic clock; undefined if that was neither observed nor
   * reported.
   */
  stateSince: number | undefined;
  reasonCode = 0;
  /** The state requested while talking, effective at the end of the call. */
  nextState: number | undefined;
  extension: string | undefined;
  instrument: string | undefined;
  /** The phone at which this agent is logged in. */
  device: Device | undefined;
  /** EnablementMask as last sent to its desktops. */
  lastSentMask: number | undefined;
  /** The agent's phone when its state was last published. */
  lastDevice: Device | undefined;
  skills: readonly AgentSkill[] = [];
  /** Groups that the configuration has just taken from the agent: late events of earlier changes may still name them. */
  leftGroups: { readonly numbers: ReadonlySet<number>; readonly until: number } | undefined;
  /** What the messages about the current state have contained so far. */
  readonly stateChange = new StateChange();
  /** States in media other than voice, by MRDID. */
  readonly otherMedia = new Map<number, { readonly state: number; readonly reason: number }>();
  icmAgentId: number | undefined;
  /** Assistance services (AgentService), if the configuration contained them. */
  services: readonly number[] | undefined;
  firstName: string | undefined;
  lastName: string | undefined;
  loginName: string | undefined;
  /** IncomingOrOutgoing: 0 unknown, 1 incoming, 2 outgoing. */
  direction = 0;
  deskSettings: DeskSettings | undefined;
  /** AgentFlags of the team it was announced in: 1 primary supervisor, 2 temporary, 4 supervisor. */
  flags = 0;
  /** The state is known and was published. */
  told = false;
  /** Sequence of the message that last confirmed this object. */
  updatedAtSeq = 0;
  /** The state last published to all clients; a desktop that queried it may have received a newer one. */
  toldState: number | undefined;

  constructor(
    readonly peripheralId: number,
    readonly agentId: string,
  ) {
    this.id = agentObjectId(peripheralId, agentId);
  }

  get loggedIn(): boolean {
    return this.state !== AGENT_STATE_LOGOUT && this.state !== AGENT_STATE_UNKNOWN;
  }

  get isSupervisor(): boolean {
    return (this.flags & 5) !== 0;
  }
}

/** A phone: an instrument, its extensions, its agent, and the calls it takes part in. */
export class Device {
  /** `device.<PeripheralID>.<instrument>` */
  readonly id: string;
  #agent: ServerAgent | undefined;
  /** The audience of an event of a call at this device; one object shared by all of them. */
  audience: Audience;
  /** In order of their beginning. */
  readonly calls = new Set<ServerCall>();
  inService = true;
  /** The instrument and its extensions. */
  readonly names = new Set<string>();

  constructor(
    readonly peripheralId: number,
    readonly instrument: string,
  ) {
    this.id = `device.${peripheralId}.${instrument}`;
    this.audience = { device: this.id };
  }

  get agent(): ServerAgent | undefined {
    return this.#agent;
  }

  set agent(agent: ServerAgent | undefined) {
    this.#agent = agent;
    this.audience = agent === undefined ? { device: this.id } : { agent: agent.id, device: this.id };
  }
}

/** How the wire names a connection. ConnectionCallID alone is not unique: each party has a connection of its own. */
export interface ConnectionKey {
  readonly peripheralId: number;
  readonly callId: number;
  /** ConnectionDeviceIDType: 0 static, 1 dynamic. */
  readonly deviceIdType: number;
  readonly deviceId: string;
}

/**
 * A Call of CTI OS: one connection between a call and a device. A two-party call between two agents is two of these.
 */
const NO_IDS: readonly string[] = [];

export class ServerCall implements ConnectionKey {
  /** UniqueObjectID: `call.<PeripheralID>.<ConnectionCallID>.<ConnectionDeviceID>`. */
  id: string;
  peripheralId: number;
  callId: number;
  deviceIdType: number;
  deviceId: string;
  /** The device at which this connection ends, once it is known. */
  device: Device | undefined;
  /** LocalConnectionState of GED-188, keyword CallStatus of CTI OS. */
  status: number = LCS_NONE;
  /** A CALL_FAILED_EVENT was received: no later event carries CallStatus. */
  failed = false;
  /** Everything known about the call under CTI OS keywords, ECC nested; replaced, never modified, once published. */
  data: Args;
  /** The held call at the same device that this one is a consult call for; and, on that one, the consult call. */
  consultOf: ServerCall | undefined;
  consult: ServerCall | undefined;
  /** ConsultType of the consultation: 0 unspecified, 1 transfer, 2 conference. */
  consultType = 0;
  /** ConsultType of a consultation that was requested and has not begun yet. */
  askedConsultType: number | undefined;
  conference = false;
  /** Parties of the conference. */
  parties = 0;
  /** This connection's device created the conference. */
  conferenceController = false;
  /** The part of START_RECORDING_CONF that STOP_RECORDING_REQ must repeat. */
  recording: { sessionId: number; serverData: number } | undefined;
  /** Its former UniqueObjectIDs. */
  formerIds: readonly string[] = NO_IDS;
  /** Parties whose leaving was published, by device id: a server may report it once per view. */
  departed: Set<string> | undefined;
  /** The transfer or conference last published for this connection, which a server may report once per party. */
  lastJoin: string | undefined;
  /** EnablementMask as last sent to the desktops of the agent at its device. */
  lastSentMask: number | undefined;
  /** Sequence of the message that last confirmed this object; see `objects/recovery/recovery.ts`. */
  updatedAtSeq = 0;

  constructor(key: ConnectionKey, data: Args) {
    this.peripheralId = key.peripheralId;
    this.callId = key.callId;
    this.deviceIdType = key.deviceIdType;
    this.deviceId = key.deviceId;
    this.id = idOfConnection(key);
    this.data = data;
  }

  get agent(): ServerAgent | undefined {
    return this.device?.agent;
  }

  /** Joins two calls at one device in a consultation. */
  consultAbout(original: ServerCall, consultType: number): void {
    this.consultOf = original;
    this.consultType = consultType;
    original.consult = this;
    original.consultType = consultType;
  }

  /** The consultation is over: completed, or one of its calls ended. */
  endConsult(): void {
    const other = this.consultOf ?? this.consult;
    for (const call of [this, other]) {
      if (call === undefined) continue;
      call.consultOf = undefined;
      call.consult = undefined;
      call.consultType = 0;
    }
  }
}

export function idOfConnection(key: ConnectionKey): string {
  return callObjectId(key.peripheralId, key.callId, key.deviceId);
}
