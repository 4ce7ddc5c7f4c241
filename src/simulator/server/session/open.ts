/**
 * How a CTI Server answers an OPEN_REQ: a grant, or the status of its refusal. Pure; the order of the checks is the
 * order in which a client can correct the errors.
 */
import { ConfigMsgMask, type MessageOf, ServiceMask, StatusCode } from '../../../ged188/index.js';
import { definedBits, supportedServices } from '../delivery/masks.js';

export const SIMULATOR_OLDEST_VERSION = 13;
export const SIMULATOR_NEWEST_VERSION = 25;
const NONE = 0xffffffff;
const MIN_IDLE_SECONDS = 20;

/** The device and the agent of a client-events session. */
export interface Binding {
  readonly peripheralId: number;
  readonly instrument?: string;
  readonly extension?: string;
  readonly agentId?: string;
}

/** What a session may see and do. */
export interface Grant {
  readonly version: number;
  readonly clientId: string;
  readonly signature: string;
  /** ServicesGranted. */
  readonly services: number;
  readonly callMask: number;
  readonly agentMask: number;
  readonly configMask: number;
  /** NULL_PERIPHERAL_ID for all. */
  readonly peripheralId: number;
  /** Milliseconds without a message after which the server disconnects the client; undefined: never. */
  readonly idleMs: number | undefined;
  readonly binding: Binding | undefined;
}

/** What the checks need to know of the server and the world. */
export interface OpenContext {
  readonly strict: boolean;
  readonly credentials: { readonly clientId: string; readonly clientPassword?: string } | undefined;
  /** False on a standby side. */
  readonly active: boolean;
  readonly inMaintenance: boolean;
  isPeripheral(id: number): boolean;
  /**
   * The agent and device that the floating fields name together.
   * @returns 'unknown' if there is no such device or agent, 'inconsistent' if they contradict each other
   */
  resolve(
    peripheralId: number,
    named: { agentId?: string; extension?: string; instrument?: string },
  ): (Binding & { supervisor: boolean }) | 'unknown' | 'inconsistent';
  /** Whether another client's session is bound to the device. */
  takenByAnother(binding: Binding, clientId: string): boolean;
}

export function negotiateOpen(request: MessageOf<'OPEN_REQ'>, context: OpenContext): Grant | { refused: number } {
  const version = request.VersionNumber;
  if (version < SIMULATOR_OLDEST_VERSION || version > SIMULATOR_NEWEST_VERSION)
    return { refused: StatusCode.E_CTI_INVALID_VERSION };

  const asked = request.ServicesRequested;
  const asks = (bit: number): boolean => (asked & bit) !== 0;
  if (!context.active) {
    if (version < 24) return { refused: StatusCode.E_CTI_CTI_SERVER_OFFLINE };
    if (!asks(ServiceMask.CTI_SERVICE_ACTIVE_STANDBY)) return { refused: StatusCode.E_CTI_INVALID_CLIENT_FOR_STANDBY };
  }
  if (context.inMaintenance) {
    return {
      refused: version < 24 ? StatusCode.E_CTI_CTI_SERVER_OFFLINE : StatusCode.E_CTI_SERVER_IN_MAINTENANCE_MODE,
    };
  }

  const refusal = checkIdentity(request, context) ?? checkMasks(request, context.strict);
  if (refusal !== undefined) return { refused: refusal };
  if (request.PeripheralID !== NONE && !context.isPeripheral(request.PeripheralID)) {
    return { refused: StatusCode.E_CTI_INVALID_PERIPHERAL_ID };
  }

  let services = (asked & supportedServices(version)) >>> 0;
  let binding: Binding | undefined;
  if (asks(ServiceMask.CTI_SERVICE_CLIENT_EVENTS)) {
    const bound = checkBinding(request, context, asks(ServiceMask.CTI_SERVICE_SUPERVISOR));
    if ('refused' in bound) return bound;
    binding = bound;
  } else if (!asks(ServiceMask.CTI_SERVICE_ALL_EVENTS)) {
    // A supervisor is an agent: without a device, only a bridge, which sees everything, may act as one.
    services = (services & ~ServiceMask.CTI_SERVICE_SUPERVISOR) >>> 0;
  }
  return {
    version,
    clientId: request.ClientID ?? '',
    signature: request.ClientSignature ?? request.ClientID ?? '',
    services,
    callMask: request.CallMsgMask,
    agentMask: request.AgentStateMask,
    configMask: request.ConfigMsgMask,
    peripheralId: request.PeripheralID,
    idleMs: request.IdleTimeout === NONE ? undefined : request.IdleTimeout * 1000,
    binding,
  };
}

function checkIdentity(request: MessageOf<'OPEN_REQ'>, { strict, credentials }: OpenContext): number | undefined {
  if (request.ClientID === undefined) return StatusCode.E_CTI_REQUIRED_DATA_MISSING;
  if (strict && request.ClientPassword === undefined) return StatusCode.E_CTI_REQUIRED_DATA_MISSING;
  if (credentials === undefined) return undefined;
  const password = text(request.ClientPassword);
  const right = request.ClientID === credentials.clientId && password === (credentials.clientPassword ?? '');
  return right ? undefined : StatusCode.E_CTI_INVALID_PASSWORD;
}

/** Some clients send the password as a string, with its null. */
function text(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : bytes.toString('latin1').replace(/\0+$/, '');
}

function checkMasks(request: MessageOf<'OPEN_REQ'>, strict: boolean): number | undefined {
  const { VersionNumber: version, IdleTimeout: idle } = request;
  if (idle < MIN_IDLE_SECONDS) return StatusCode.E_CTI_INVALID_TIMEOUT;
  if (!strict) return undefined;
  if (request.ServicesRequested & ~definedBits.service(version)) return StatusCode.E_CTI_INVALID_SERVICE_MASK;
  if (request.CallMsgMask & ~definedBits.call(version)) return StatusCode.E_CTI_INVALID_CALL_MSG_MASK;
  if (request.AgentStateMask & ~definedBits.agent()) return StatusCode.E_CTI_INVALID_AGENT_STATE_MASK;
  if (request.ConfigMsgMask & ~definedConfigBits) return StatusCode.E_INVALID_CONFIG_MSG_MASK;
  if (request.Reserved1 || request.Reserved2 || request.Reserved3) return StatusCode.E_CTI_INVALID_RESERVED_FIELD;
  return undefined;
}

const definedConfigBits = Object.values(ConfigMsgMask).reduce((bits, bit) => bits | bit, 0);

function checkBinding(
  request: MessageOf<'OPEN_REQ'>,
  context: OpenContext,
  asSupervisor: boolean,
): Binding | { refused: number } {
  const named = { agentId: request.AgentID, extension: request.AgentExtension, instrument: request.AgentInstrument };
  if (request.PeripheralID === NONE || Object.values(named).every((each) => each === undefined)) {
    return { refused: StatusCode.E_CTI_REQUIRED_DATA_MISSING };
  }
  const found = context.resolve(request.PeripheralID, named);
  if (found === 'unknown') return { refused: StatusCode.E_CTI_INVALID_AGENT_DATA };
  if (found === 'inconsistent') return { refused: StatusCode.E_CTI_INCONSISTENT_AGENT_DATA };
  const { supervisor, ...binding } = found;
  if (asSupervisor && !supervisor) return { refused: StatusCode.E_CTI_FUNCTION_NOT_AVAILABLE };
  if (context.takenByAnother(binding, request.ClientID ?? '')) return { refused: StatusCode.E_CTI_DEVICE_IN_USE };
  return binding;
}
