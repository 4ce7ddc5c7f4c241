/**
 * The objects that the contact center consists of: agents, phones and calls. They refer to each other, as the things do
 * that they stand for (an agent sits at a phone, at which there are calls), so one file holds the three. Where they are
 * found is in a file for each: `agents.ts`, `devices.ts`, `calls.ts`; what keeps the references right is `world.ts`.
 */
import { type Args, agentObjectId, callObjectId } from '../../ctios/index.js';
import { AgentState, LocalConnectionState } from '../../ged188/index.js';
import type { Audience } from '../object-server.js';
import { type AgentSkill, StateChange } from './state-change.js';

const { AGENT_STATE_LOGOUT, AGENT_STATE_UNKNOWN } = AgentState;

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
  reasonCode = 0;
  /** The state asked for while talking, effective at the end of the call. */
  nextState: number | undefined;
  extension: string | undefined;
  instrument: string | undefined;
  /** Where this agent is logged in. */
  device: Device | undefined;
  /** EnablementMask as its desktops were last told. */
  lastSentMask: number | undefined;
  /** Where this agent was when its state was last told. */
  lastDevice: Device | undefined;
  skills: readonly AgentSkill[] = [];
  /** What the messages about the present state have said so far. */
  readonly stateChange = new StateChange();
  /** States in media other than voice, by MRDID. */
  readonly otherMedia = new Map<number, { readonly state: number; readonly reason: number }>();
  icmAgentId: number | undefined;
  firstName: string | undefined;
  lastName: string | undefined;
  loginName: string | undefined;
  /** IncomingOrOutgoing: 0 unknown, 1 incoming, 2 outgoing. */
  direction = 0;
  deskSettings: DeskSettings | undefined;
  /** AgentFlags of the team it was announced in: 1 primary supervisor, 2 temporary, 4 supervisor. */
  flags = 0;
  /** The state is known and was told. */
  told = false;
  /** Order of arrival of the message that last made this object right. */
  updatedAtSeq = 0;
  /** The state that everybody was last told; a desktop that asked may have been told of a newer one. */
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

/** A phone: an instrument, the extensions on it, the agent who sits there, the calls it takes part in. */
export class Device {
  /** `device.<PeripheralID>.<instrument>` */
  readonly id: string;
  #agent: ServerAgent | undefined;
  /** Whom an event of a call at this device concerns; one object for all of them. */
  audience: Audience;
  /** In order of their beginning. */
  readonly calls = new Set<ServerCall>();
  inService = true;
  /** The instrument and the extensions on it. */
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

/** What names a connection on the wire. ConnectionCallID alone is not unique: each party has a connection of its own. */
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
  /** The device this connection ends at, once it is known. */
  device: Device | undefined;
  /** LocalConnectionState of GED-188, keyword CallStatus of CTI OS. */
  status: number = LocalConnectionState.LCS_NONE;
  /** A CALL_FAILED_EVENT was seen: no later event carries CallStatus. */
  failed = false;
  /** Everything known about the call under CTI OS keywords, ECC nested; replaced, never changed, once published. */
  data: Args;
  /** The held call this one was made about, at the same device; and, on that one, the consult call. */
  consultOf: ServerCall | undefined;
  consult: ServerCall | undefined;
  /** ConsultType of the consultation: 0 unspecified, 1 transfer, 2 conference. */
  consultType = 0;
  /** ConsultType of a consultation asked for and not begun yet. */
  askedConsultType: number | undefined;
  conference = false;
  /** Parties of the conference. */
  parties = 0;
  /** This connection's device put the conference together. */
  conferenceController = false;
  /** What STOP_RECORDING_REQ has to repeat of START_RECORDING_CONF. */
  recording: { sessionId: number; serverData: number } | undefined;
  /** The UniqueObjectIDs it had before. */
  formerIds: readonly string[] = NO_IDS;
  /** Parties whose leaving this connection was told of, by device id: a server may tell it once per view. */
  departed: Set<string> | undefined;
  /** The transfer or conference this connection was last told of, which a server may tell once per party. */
  lastJoin: string | undefined;
  /** EnablementMask as the desktops of the agent at its device were last told. */
  lastSentMask: number | undefined;
  /** Order of arrival of the message that this object was last made right by; see `objects/recovery/recovery.ts`. */
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

  /** Joins two calls at one device into a consultation. */
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
