/**
 * The stores of deliveries of a Node-RED, shared by its webhook nodes: the one in its user directory, and those on event
 * streams. Each is opened by the first node that needs it and closed by the last. If it cannot be opened it is retried, so
 * fixing the disk is sufficient.
 */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/common/clock.js';
import {
  type DeliveryQuery,
  type DeliveryStore,
  type DeliverySummary,
  JetStreamStore,
  type LocalStore,
  SqliteStore,
} from '../../../src/delivery/index.js';
import { NatsEngine, type NatsSettings } from '../../../src/stream/index.js';

/** The sidebar's interface to a queue. */
export interface DeliveryQueueHandle {
  readonly name: string;
  wake(): void;
}

export type PlacedDelivery = DeliverySummary & { readonly place?: string };

/** How long ended deliveries are kept, for the sidebar and for comparison with the CRM. */
export const KEEP_MS = 7 * 24 * 3600_000;
const PRUNE_MS = 3600_000;

export class Deliveries<S extends DeliveryStore = DeliveryStore> {
  readonly queues = new Map<string, DeliveryQueueHandle>();
  #store: S | undefined;
  #users = 0;
  #closing: Promise<void> | undefined;
  #prune: { cancel(): void } | undefined;

  constructor(
    /** Of the site and the group on an event stream; blank for this machine. */
    readonly place: string,
    private readonly open: () => S,
  ) {}

  /** The open store, if there is one. */
  get store(): S | undefined {
    return this.#store;
  }

  /** One more user. @throws CtiosError when the store cannot be opened: then it is not counted */
  async acquire(): Promise<S> {
    await this.#closing;
    this.#store ??= this.open();
    this.#users++;
    const store = this.#store;
    this.#prune ??= systemClock.every(PRUNE_MS, () => {
      store.prune(systemClock.now() - KEEP_MS).catch(() => undefined);
    });
    return store;
  }

  async release(): Promise<void> {
    if (--this.#users > 0) return;
    const store = this.#store;
    this.#store = undefined;
    this.#prune?.cancel();
    this.#prune = undefined;
    this.#closing = store?.close();
    await this.#closing;
  }
}

interface Places {
  readonly local: Deliveries<LocalStore>;
  /** By what identifies the connection and the group. */
  readonly shared: Map<string, Deliveries>;
}

const places = new WeakMap<object, Places>();

interface Runtime {
  readonly events: object;
  readonly settings: { readonly userDir?: string };
  readonly log: { warn(message: string): void };
}

/** Created once, independent of deploys. */
function placesOf({ events, settings, log }: Runtime): Places {
  let found = places.get(events);
  if (found === undefined) {
    // Found each time that it is opened: flow tests give each test a directory of its own.
    const path = () => join(settings.userDir ?? process.cwd(), 'ctios', 'deliveries.sqlite');
    const open = deliveryStores.open(path(), warning(log));
    found = { local: new Deliveries('', () => open(path())), shared: new Map() };
    places.set(events, found);
  }
  return found;
}

const warning =
  (log: Runtime['log']) =>
  (message: string): void =>
    log.warn(`[ctios-webhook] ${message}`);

/** The deliveries in the user directory of a Node-RED. */
export function deliveriesOf(runtime: Runtime): Deliveries<LocalStore> {
  return placesOf(runtime).local;
}

/** All deliveries that a Node-RED can show. */
export function allDeliveriesOf(runtime: Runtime): readonly Deliveries[] {
  const { local, shared } = placesOf(runtime);
  return [local, ...shared.values()];
}

/**
 * Deliveries of a Node-RED and of the groups that it shares a queue with, the newest first; those that are not on this
 * machine say where. @throws CtiosError when one of the queues cannot be read: a list without them would look complete
 */
export async function listAllDeliveries(runtime: Runtime, query: DeliveryQuery): Promise<PlacedDelivery[]> {
  const lists = await Promise.all(
    allDeliveriesOf(runtime).map(async ({ store, place }): Promise<PlacedDelivery[]> => {
      if (store === undefined) return [];
      await store.current();
      return (await store.list(query)).map((each) => (place === '' ? each : { ...each, place }));
    }),
  );
  // Numbers of different stores say nothing about the order.
  const [only, ...others] = lists.filter(({ length }) => length > 0);
  if (only === undefined || others.length === 0) return only ?? [];
  return lists
    .flat()
    .sort((a, b) => b.acceptedAt - a.acceptedAt)
    .slice(0, query.limit);
}

/** The deliveries that the Node-REDs of a group share. */
export function sharedDeliveriesOf(runtime: Runtime, settings: NatsSettings, group: string): Deliveries {
  const { shared } = placesOf(runtime);
  const key = createHash('sha256')
    .update(JSON.stringify([settings, group]))
    .digest('hex');
  let found = shared.get(key);
  if (found === undefined) {
    const report = warning(runtime.log);
    found = new Deliveries(`${settings.site}/${group}`, () => deliveryStores.openShared(settings, group, report));
    shared.set(key, found);
  }
  return found;
}

/** Opens the stores; tests replace it. */
export const deliveryStores = {
  open:
    (_path: string, report: (message: string) => void) =>
    (path: string): LocalStore =>
      new SqliteStore({ path, now: () => systemClock.now(), report }),
  openShared(settings: NatsSettings, group: string, report: (message: string) => void): DeliveryStore {
    const engine = new NatsEngine(settings, systemClock, ({ what, reason }) => {
      if (what !== 'connected' && reason !== undefined) report(`NATS: ${reason}`);
    });
    const name = `${hostname().replace(/\s/g, '-')}/${process.pid}`;
    const { site } = settings;
    return new JetStreamStore({
      engine,
      table: engine.deliveries(group),
      site,
      group,
      name,
      clock: systemClock,
      report,
    });
  },
};
