/** The connections of all calls, indexed by id, by call, and by device. */
import { isMadeToCustomer } from '../caller.js';
import { connectionIdentity, unroutedJourney } from '../identity.js';
import type { ContactEvent } from '../types.js';
import type { Connection } from './visit.js';

/** The event with which something begins. */
export type FirstEvent = Pick<ContactEvent, 'time' | 'stamp' | 'replayed'>;

/** Applies if the expected end of a connection never arrives. */
const MAX_CONNECTIONS = 50_000;
/** Maximum time between a transfer and the first event of the phone to which the call goes. */
const PASSED_ON_MS = 10_000;
const MAX_PASSED_ON = 1_000;

export class ConnectionBook {
  readonly #byId = new Map<string, Connection>();
  readonly #byCall = new Map<string, Set<Connection>>();
  readonly #byDevice = new Map<string, Set<Connection>>();

  /** By call: the connections of agents who have dialed it and transferred it at once. */
  readonly #passedOn = new Map<string, Connection>();

  constructor(private readonly forget: (oldest: Connection) => void) {}

  get(id: string): Connection | undefined {
    return this.#byId.get(id);
  }

  begin(id: string, found: boolean, { time, stamp = time, replayed }: FirstEvent): Connection {
    const parts = connectionIdentity(id)!;
    const connection: Connection = {
      id,
      parts,
      journeyKnown: false,
      found,
      begun: time,
      stamp,
      ...(replayed && { replayed }),
      consults: new Set(),
      devices: new Set(),
    };
    const dialed = this.#dialedBy(connection);
    if (dialed !== undefined) connection.dialed = dialed;
    this.#index(connection);
    if (this.#byId.size > MAX_CONNECTIONS) this.forget(this.#byId.values().next().value!);
    return connection;
  }

  /** The connection continues under another id. @returns the other connection if that id is already known */
  rename(connection: Connection, to: string): Connection | undefined {
    this.#unindex(connection);
    const other = this.#byId.get(to);
    if (other !== undefined) return other;
    connection.id = to;
    connection.parts = connectionIdentity(to)!;
    this.#index(connection);
    return undefined;
  }

  end(connection: Connection): void {
    this.#unindex(connection);
    if (connection.lastWord === 'transferred' && hasDialed(connection)) {
      this.#passedOn.set(callKey(connection.parts), connection);
      if (this.#passedOn.size > MAX_PASSED_ON) this.#passedOn.delete(this.#passedOn.keys().next().value!);
    }
    connection.original?.consults.delete(connection);
  }

  /** The connections of one call, including the given one. */
  ofCall({ peripheral, callId }: { peripheral: string; callId: string }): Iterable<Connection> {
    return this.#byCall.get(callKey({ peripheral, callId })) ?? [];
  }

  /** The connections at a device, by the name at the end of their ids, or by the device's own name. */
  at(peripheral: string | number, device: string): Iterable<Connection> {
    return this.#byDevice.get(`${peripheral}.${device}`) ?? [];
  }

  /** Adds another name of the device. */
  alias(connection: Connection, device: string): void {
    if (device === '' || connection.devices.has(device)) return;
    connection.devices.add(device);
    put(this.#byDevice, `${connection.parts.peripheral}.${device}`, connection);
  }

  /** The journey, if any connection of the call has it. */
  knownJourney(connection: Connection): string | undefined {
    if (connection.journey !== undefined) return connection.journey;
    for (const { journey } of this.ofCall(connection.parts)) if (journey !== undefined) return journey;
    return undefined;
  }

  /** The journey; determined on first use, for all connections of the call. */
  journeyOf(connection: Connection, number: string | undefined): string {
    const { peripheral, callId } = connection.parts;
    connection.journey =
      this.knownJourney(connection) ?? unroutedJourney({ peripheral, callId, begun: connection.stamp, number });
    return connection.journey;
  }

  clear(): void {
    this.#byId.clear();
    this.#byCall.clear();
    this.#byDevice.clear();
    this.#passedOn.clear();
  }

  #dialedBy({ parts, begun }: Connection): Connection | undefined {
    for (const other of this.ofCall(parts)) if (hasDialed(other)) return other;
    const gone = this.#passedOn.get(callKey(parts));
    // A switch uses the number of the call again later.
    return gone !== undefined && begun - (gone.joinedAt ?? gone.begun) < PASSED_ON_MS ? gone : undefined;
  }

  #index(connection: Connection): void {
    const { parts } = connection;
    this.#byId.set(connection.id, connection);
    put(this.#byCall, callKey(parts), connection);
    this.alias(connection, parts.device);
  }

  #unindex(connection: Connection): void {
    const { parts } = connection;
    if (this.#byId.get(connection.id) === connection) this.#byId.delete(connection.id);
    take(this.#byCall, callKey(parts), connection);
    for (const device of connection.devices) take(this.#byDevice, `${parts.peripheral}.${device}`, connection);
    connection.devices.clear();
  }
}

/** Whether an agent dialed the call here, or a campaign made it for the agent; calls that were joined began elsewhere. */
function hasDialed({ type, continued }: Connection): boolean {
  return !continued && isMadeToCustomer({}, type);
}

function callKey({ peripheral, callId }: { peripheral: string; callId: string }): string {
  return `${peripheral}.${callId}`;
}

function put(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([connection]));
  else known.add(connection);
}

function take(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const known = index.get(key);
  if (known?.delete(connection) && known.size === 0) index.delete(key);
}
