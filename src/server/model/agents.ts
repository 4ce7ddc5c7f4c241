import { agentObjectId } from '../../ctios/index.js';
import { AgentState } from '../../ged188/index.js';
import type { Device } from './devices.js';
import { getOrMake } from './maps.js';
import { StateChange } from './state-change.js';

const { AGENT_STATE_LOGOUT, AGENT_STATE_UNKNOWN } = AgentState;

/** An agent's membership of a skill group. Absent members were not in the message. */
export interface AgentSkill {
  number: number;
  id?: number;
  priority?: number;
  state?: number;
}

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
  /** How many agent-mode clients this agent has. */
  desktops = 0;
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

export class Agents {
  readonly #byId = new Map<string, ServerAgent>();
  /** By peripheral and AgentID, so that an event need not build a key. */
  readonly #byPeripheral = new Map<number, Map<string, ServerAgent>>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<ServerAgent> {
    return this.#byId.values();
  }

  peripherals(): Iterable<number> {
    return this.#byPeripheral.keys();
  }

  byId(id: string): ServerAgent | undefined {
    return this.#byId.get(id);
  }

  find(peripheralId: number, agentId: string | undefined): ServerAgent | undefined {
    return agentId === undefined ? undefined : this.#byPeripheral.get(peripheralId)?.get(agentId);
  }

  /** Login names are compared without regard to case. */
  byLoginName(name: string): ServerAgent | undefined {
    const wanted = name.toLowerCase();
    for (const agent of this.#byId.values()) if (agent.loginName?.toLowerCase() === wanted) return agent;
    return undefined;
  }

  at(peripheralId: number, agentId: string): ServerAgent {
    const known = this.#byPeripheral.get(peripheralId)?.get(agentId);
    if (known !== undefined) return known;
    const byAgentId = getOrMake(this.#byPeripheral, peripheralId, () => new Map<string, ServerAgent>());
    return getOrMake(byAgentId, agentId, () => {
      const agent = new ServerAgent(peripheralId, agentId);
      this.#byId.set(agent.id, agent);
      return agent;
    });
  }

  delete(agent: ServerAgent): void {
    this.#byId.delete(agent.id);
    this.#byPeripheral.get(agent.peripheralId)?.delete(agent.agentId);
  }
}
