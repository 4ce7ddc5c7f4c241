/**
 * What to ask for when opening a session, and what to ask for next if that is refused. CTI Servers of all ages have to
 * be met: the newest protocol version first, then downwards; the widest set of services first, then what is essential.
 */
import { bytesOf, ConfigMsgMask, type MessageInitOf, ServiceMask, StatusCode } from '../../ged188/index.js';
import type { ResolvedLinkSettings } from './settings.js';

export const NEWEST_VERSION = 25;
export const OLDEST_VERSION = 13;

/** From this version on a session may stand by on the other side. */
export const STANDBY_SINCE = 24;
/** From this version on the CTI Server tells its configuration. */
const CONFIGURATION_SINCE = 19;

const ESSENTIAL =
  ServiceMask.CTI_SERVICE_ALL_EVENTS |
  ServiceMask.CTI_SERVICE_CLIENT_CONTROL |
  ServiceMask.CTI_SERVICE_CALL_DATA_UPDATE;
const CONFIGURATION = ServiceMask.CTI_SERVICE_CONFIG_EVENTS | ServiceMask.CTI_SERVICE_UPDATE_EVENTS;

/** Later changes that are of interest: names and memberships. */
const UPDATES = ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK | ConfigMsgMask.CONFIG_MSG_AGENT_MASK;

/** One thing to try: a version and a set of services. */
export interface Proposal {
  version: number;
  services: number;
}

/** The sets of services worth asking for at a version, widest first; each refusal moves one down. */
export function serviceLadder(version: number): number[] {
  const supervisor = ESSENTIAL | ServiceMask.CTI_SERVICE_SUPERVISOR;
  const standby = version >= STANDBY_SINCE ? supervisor | ServiceMask.CTI_SERVICE_ACTIVE_STANDBY : supervisor;
  const configuration = version >= CONFIGURATION_SINCE ? standby | CONFIGURATION : standby;
  return [...new Set([configuration, standby, supervisor, ESSENTIAL])];
}

/** What the CTI Servers of a link have been found to accept; kept across connections, so that it is found out once. */
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

  /** Moves on after a refusal; false if there is nothing left to try, or if the refusal is about something else. */
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

  /** The other side, or the same after an upgrade, may know more: ask for everything again next time. */
  reset(): void {
    this.#version = this.#pinned ?? NEWEST_VERSION;
    this.#rung = 0;
  }
}

/** Statuses after which trying again cannot help: a person has to change something. */
export const TERMINAL_STATUSES: ReadonlySet<number> = new Set([
  StatusCode.E_CTI_INVALID_PASSWORD,
  StatusCode.E_CTI_INVALID_VERSION,
  StatusCode.E_CTI_INVALID_SERVICE_MASK,
  StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE,
  StatusCode.E_CTI_REQUIRED_DATA_MISSING,
  StatusCode.E_CTI_INVALID_PERIPHERAL_ID,
  StatusCode.E_CTI_NEW_SESSION_OPENED,
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
    // The guide recommends four heartbeat intervals, and 20 s at least.
    IdleTimeout: Math.max(20, Math.ceil((4 * settings.heartbeatMs) / 1_000)),
    PeripheralID: 0xffffffff,
    ServicesRequested: proposal.services >>> 0,
    CallMsgMask: 0x00ffffff,
    AgentStateMask: 0x3ff,
    ConfigMsgMask: proposal.services & CONFIGURATION ? UPDATES : 0,
    ClientID: settings.clientId,
    ClientPassword: bytesOf(settings.password ?? '', settings.charset),
    ClientSignature: settings.signature ?? settings.clientId,
  };
}
