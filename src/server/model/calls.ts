import { type Args, callObjectId } from '../../ctios/index.js';
import { LocalConnectionState } from '../../ged188/index.js';
import type { ServerAgent } from './agents.js';
import type { Device } from './devices.js';

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
  /** Parties whose leaving this connection was told of, by device id: a server may tell it once per view. */
  departed: Set<string> | undefined;
  /** The transfer or conference this connection was last told of, which a server may tell once per party. */
  lastJoin: string | undefined;
  /** EnablementMask as the desktops of the agent at its device were last told. */
  lastSentMask: number | undefined;
  /** Order of arrival of the message that this object was last made right by; see `objects/recovery.ts`. */
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

/** All connections, found by what the wire names them with. */
export class Calls {
  readonly #byId = new Map<string, ServerCall>();
  /** By ConnectionCallID: few connections share one, so that a search beats building a key per event. */
  readonly #byCallId = new Map<number, ServerCall[]>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<ServerCall> {
    return this.#byId.values();
  }

  byId(id: string): ServerCall | undefined {
    return this.#byId.get(id);
  }

  /** A message that names no device is about the connection without a name, as `ConnectionKey` has it. */
  find(peripheralId: number, callId: number, deviceId = ''): ServerCall | undefined {
    const list = this.#byCallId.get(callId);
    if (list === undefined) return undefined;
    for (const call of list) if (call.deviceId === deviceId && call.peripheralId === peripheralId) return call;
    return undefined;
  }

  /** Every connection of one call that is known here. */
  connections(peripheralId: number, callId: number): ServerCall[] {
    return this.#byCallId.get(callId)?.filter((call) => call.peripheralId === peripheralId) ?? [];
  }

  add(call: ServerCall): void {
    this.#byId.set(call.id, call);
    const list = this.#byCallId.get(call.callId);
    if (list === undefined) this.#byCallId.set(call.callId, [call]);
    else list.push(call);
  }

  remove(call: ServerCall): void {
    if (!this.#byId.delete(call.id)) return;
    const list = this.#byCallId.get(call.callId)!;
    if (list.length === 1) this.#byCallId.delete(call.callId);
    else list.splice(list.indexOf(call), 1);
  }

  /** The call goes on under another connection. @returns the UniqueObjectID it had */
  rekey(call: ServerCall, key: ConnectionKey): string {
    const old = call.id;
    this.remove(call);
    call.callId = key.callId;
    call.deviceIdType = key.deviceIdType;
    call.deviceId = key.deviceId;
    call.id = idOfConnection(key);
    this.add(call);
    return old;
  }
}
