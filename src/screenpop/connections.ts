/** The connections of all calls, found by id, by call, and by the device they end at. */
import { connectionIdentity, unroutedJourney } from './identity.js';
import type { Connection } from './visit.js';

/** A session sees an end for each beginning; this limit holds should it not. */
const MAX_CONNECTIONS = 50_000;

export class ConnectionBook {
  readonly #byId = new Map<string, Connection>();
  readonly #byCall = new Map<string, Set<Connection>>();
  readonly #byDevice = new Map<string, Set<Connection>>();

  constructor(private readonly forget: (oldest: Connection) => void) {}

  get(id: string): Connection | undefined {
    return this.#byId.get(id);
  }

  begin(id: string, found: boolean, begun: number): Connection {
    const parts = connectionIdentity(id)!;
    const connection: Connection = {
      id,
      parts,
      journeyKnown: false,
      found,
      begun,
      consults: new Set(),
      devices: new Set(),
    };
    this.#index(connection);
    if (this.#byId.size > MAX_CONNECTIONS) this.forget(this.#byId.values().next().value!);
    return connection;
  }

  /** The connection goes on under another id. @returns the other one where that id is known already */
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
    connection.original?.consults.delete(connection);
  }

  /** The connections of one call, the one given included. */
  ofCall({ peripheral, callId }: { peripheral: string; callId: string }): Iterable<Connection> {
    return this.#byCall.get(`${peripheral}.${callId}`) ?? [];
  }

  /** The connections at a device, by the name that ends their ids, or by the device's own. */
  at(peripheral: string | number, device: string): Iterable<Connection> {
    return this.#byDevice.get(`${peripheral}.${device}`) ?? [];
  }

  /** The device goes under this name, too. */
  alias(connection: Connection, device: string): void {
    if (device === '' || connection.devices.has(device)) return;
    connection.devices.add(device);
    put(this.#byDevice, `${connection.parts.peripheral}.${device}`, connection);
  }

  /** The journey as far as it is known already, to any connection of the call. */
  knownJourney(connection: Connection): string | undefined {
    if (connection.journey !== undefined) return connection.journey;
    for (const { journey } of this.ofCall(connection.parts)) if (journey !== undefined) return journey;
    return undefined;
  }

  /** The journey; settled at the first question, for all connections of the call. */
  journeyOf(connection: Connection, number: string | undefined): string {
    const { peripheral, callId } = connection.parts;
    connection.journey =
      this.knownJourney(connection) ?? unroutedJourney({ peripheral, callId, begun: connection.begun, number });
    return connection.journey;
  }

  clear(): void {
    this.#byId.clear();
    this.#byCall.clear();
    this.#byDevice.clear();
  }

  #index(connection: Connection): void {
    const { peripheral, callId, device } = connection.parts;
    this.#byId.set(connection.id, connection);
    put(this.#byCall, `${peripheral}.${callId}`, connection);
    this.alias(connection, device);
  }

  #unindex(connection: Connection): void {
    const { peripheral, callId } = connection.parts;
    if (this.#byId.get(connection.id) === connection) this.#byId.delete(connection.id);
    take(this.#byCall, `${peripheral}.${callId}`, connection);
    for (const device of connection.devices) take(this.#byDevice, `${peripheral}.${device}`, connection);
    connection.devices.clear();
  }
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
