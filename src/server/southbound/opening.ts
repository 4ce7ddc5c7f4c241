/**
 * What to request when opening a session, and what to request next if that is refused. CTI Servers may be of any
 * version, so the newest protocol version is tried first, then older ones; the widest set of services first, then the
 * essential ones.
 */
import {
  bytesOf,
  CallMsgMask,
  ConfigMsgMask,
  type MessageInitOf,
  ServiceMask,
  StatusCode,
} from '../../ged188/index.js';
import type { ResolvedLinkSettings } from './settings.js';

export const NEWEST_VERSION = 25;
export const OLDEST_VERSION = 13;

/** From this version on a session can stand by on the other side. */
export const STANDBY_SINCE = 24;
/** From this version on the CTI Server sends its configuration. */
const CONFIGURATION_SINCE = 19;

/** The first versions in which the CTI Server reports network recordings, and the services enabled for agents. */
const NETWORK_RECORDING_SINCE = 23;
const AGENT_SERVICE_SINCE = 24;

/** Calls, media and teams. */
const CALL_EVENTS = 0x00ffffff;
const NETWORK_RECORDING =
  CallMsgMask.NETWORK_RECORDING_STARTED_MASK |
  CallMsgMask.NETWORK_RECORDING_ENDED_MASK |
  CallMsgMask.NETWORK_RECORDING_FAILED_MASK |
  CallMsgMask.NETWORK_RECORDING_TARGET_INFO_MASK;

const ESSENTIAL =
  ServiceMask.CTI_SERVICE_ALL_EVENTS |
  ServiceMask.CTI_SERVICE_CLIENT_CONTROL |
  ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE;
const CONFIGURATION = ServiceMask.CTI_SERVICE_CONFIG_EVENTS | ServiceMask.CTI_SERVICE_UPDATE_EVENTS;

/** Later changes that are of interest: names, memberships and assistance. */
const updates = (version: number): number =>
  ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK |
  ConfigMsgMask.CONFIG_MSG_AGENT_MASK |
  (version >= AGENT_SERVICE_SINCE ? ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK : 0);

/** One attempt: a version and a set of services. */
export interface Proposal {
  version: number;
  services: number;
}

/** The sets of services worth requesting at a version, widest first; each refusal moves to the next. */
export function serviceLadder(version: number): number[] {
  const supervisor = ESSENTIAL | ServiceMask.CTI_SERVICE_SUPERVISOR;
  const standby = version >= STANDBY_SINCE ? supervisor | ServiceMask.CTI_SERVICE_ACTIVE_STANDBY : supervisor;
  const configuration = version >= CONFIGURATION_SINCE ? standby | CONFIGURATION : standby;
  return [...new Set([configuration, standby, supervisor, ESSENTIAL])];
}

/** What the CTI Servers of a link accept. Kept across connections, so that it is negotiated only once. */
export class Negotiation {
  readonly #pinned: number | undefined;
  #version: number;
  #rung = 0;

  constructor(pinned?: number) {
    this.#pinned = pinned;
    this.#version = pinned ?? NEWEST_VERSION;
  }

  get proposal(): Proposal {
    return { version: this.#version, services: serviceLadder(this.#version)[this.#rung]! };
  }

  /** Moves to the next attempt after a refusal; false if none is left, or if something else was refused. */
  refused(status: number): boolean {
    if (status === StatusCode.E_CTI_INVALID_VERSION || status === StatusCode.E_CTI_INVALID_MSG_TYPE_FOR_VERSION) {
      if (this.#pinned !== undefined || this.#version <= OLDEST_VERSION) return false;
      this.#version--;
      this.#rung = 0;
      return true;
    }
    if (status === StatusCode.E_CTI_INVALID_SERVICE_MASK || status === StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE) {
      if (this.#rung + 1 >= serviceLadder(this.#version).length) return false;
      this.#rung++;
      return true;
    }
    return false;
  }

  /** The other side, or the same one after an upgrade, may accept more: request everything again next time. */
  reset(): void {
    this.#version = this.#pinned ?? NEWEST_VERSION;
    this.#rung = 0;
  }
}

/** Statuses after which a retry cannot help: the configuration must be changed. */
export const TERMINAL_STATUSES: ReadonlySet<number> = new Set([
  StatusCode.E_CTI_INVALID_PASSWORD,
  StatusCode.E_CTI_INVALID_VERSION,
  StatusCode.E_CTI_INVALID_SERVICE_MASK,
  StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE,
  StatusCode.E_CTI_REQUIRED_DATA_MISSING,
  StatusCode.E_CTI_INVALID_PERIPHERAL_ID,
]);

/** OPEN_REQ of an all-events session: no peripheral, every message, every agent state. */
export function openRequest(
  settings: ResolvedLinkSettings,
  proposal: Proposal,
  invokeId: number,
): MessageInitOf<'OPEN_REQ'> {
  return {
    type: 'OPEN_REQ',
    InvokeID: invokeId,
    VersionNumber: proposal.version,
    // The guide recommends four heartbeat intervals, and at least 20 s.
    IdleTimeout: Math.max(20, Math.ceil((4 * settings.heartbeatMs) / 1_000)),
    PeripheralID: 0xffffffff,
    ServicesRequested: proposal.services >>> 0,
    CallMsgMask: (CALL_EVENTS | (proposal.version >= NETWORK_RECORDING_SINCE ? NETWORK_RECORDING : 0)) >>> 0,
    AgentStateMask: 0x3ff,
    ConfigMsgMask: proposal.services & CONFIGURATION ? updates(proposal.version) : 0,
    ClientID: settings.clientId,
    ClientPassword: bytesOf(settings.password ?? '', settings.charset),
    ClientSignature: settings.signature ?? settings.clientId,
  };
}
