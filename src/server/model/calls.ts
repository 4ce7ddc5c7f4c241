import { type ConnectionKey, idOfConnection, type ServerCall } from './entities.js';

/** All connections, indexed by the names that the wire uses for them. */
export class Calls {
  readonly #byId = new Map<string, ServerCall>();
  /** By a former UniqueObjectID of the call, which a request may still use. */
  readonly #byFormerId = new Map<string, ServerCall>();
  /** By ConnectionCallID: few connections share one, so a search is faster than building a key per event. */
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

  /** A call as requests name it: by its id, or one that it had before a transfer or conference. */
  byReference(id: string): ServerCall | undefined {
    return this.#byId.get(id) ?? this.#byFormerId.get(id);
  }

  /** A message without a device concerns the connection without a device, as in `ConnectionKey`. */
  find(peripheralId: number, callId: number, deviceId = ''): ServerCall | undefined {
    const list = this.#byCallId.get(callId);
    if (list === undefined) return undefined;
    for (const call of list) if (call.deviceId === deviceId && call.peripheralId === peripheralId) return call;
    return undefined;
  }

  /** Every known connection of one call. */
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
    if (!this.#take(call)) return;
    for (const id of call.formerIds) if (this.#byFormerId.get(id) === call) this.#byFormerId.delete(id);
  }

  #take(call: ServerCall): boolean {
    if (!this.#byId.delete(call.id)) return false;
    const list = this.#byCallId.get(call.callId)!;
    if (list.length === 1) this.#byCallId.delete(call.callId);
    else list.splice(list.indexOf(call), 1);
    return true;
  }

  /** The call continues as another connection. @returns its previous UniqueObjectID */
  rekey(call: ServerCall, key: ConnectionKey): string {
    const old = call.id;
    this.#take(call);
    call.formerIds = [...call.formerIds, old];
    this.#byFormerId.set(old, call);
    call.callId = key.callId;
    call.deviceIdType = key.deviceIdType;
    call.deviceId = key.deviceId;
    call.id = idOfConnection(key);
    this.add(call);
    return old;
  }
}
