/**
 * The one store of deliveries of a Node-RED, in its user directory, shared by its webhook nodes: opened by the first that
 * needs it, closed by the last. A store that cannot be opened is tried again, so that it suffices to mend the disk.
 */
import { join } from 'node:path';
import { systemClock } from '../../../src/common/clock.js';
import { type DeliveryStore, SqliteStore } from '../../../src/delivery/index.js';

/** What is asked of a queue from outside: by the sidebar. */
export interface DeliveryQueueHandle {
  readonly name: string;
  wake(): void;
}

export interface DeliveriesOptions {
  readonly open: (path: string) => DeliveryStore;
}

/** Ended deliveries are kept so long, for the sidebar and for comparison with the CRM. */
export const KEEP_MS = 7 * 24 * 3600_000;
const PRUNE_MS = 3600_000;

export class Deliveries {
  readonly queues = new Map<string, DeliveryQueueHandle>();
  #store: DeliveryStore | undefined;
  #users = 0;
  #closing: Promise<void> | undefined;
  #prune: { cancel(): void } | undefined;

  constructor(
    readonly path: string,
    private readonly open: (path: string) => DeliveryStore,
  ) {}

  /** The open store, if there is one. */
  get store(): DeliveryStore | undefined {
    return this.#store;
  }

  /** One more user. @throws CtiosError when the store cannot be opened: then it is not counted */
  async acquire(): Promise<DeliveryStore> {
    await this.#closing;
    this.#store ??= this.open(this.path);
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

const stores = new WeakMap<object, Deliveries>();

interface Runtime {
  readonly events: object;
  readonly settings: { readonly userDir?: string };
  readonly log: { warn(message: string): void };
}

/** The deliveries of a Node-RED: one for its life, whatever is deployed. */
export function deliveriesOf({ events, settings, log }: Runtime): Deliveries {
  let found = stores.get(events);
  if (found === undefined) {
    const path = join(settings.userDir ?? process.cwd(), 'ctios', 'deliveries.sqlite');
    found = new Deliveries(
      path,
      deliveryStores.open(path, (message) => log.warn(`[ctios-webhook] ${message}`)),
    );
    stores.set(events, found);
  }
  return found;
}

/** How a store is opened; a test can put another one in its place. */
export const deliveryStores = {
  open:
    (_path: string, report: (message: string) => void) =>
    (path: string): DeliveryStore =>
      new SqliteStore({ path, now: () => systemClock.now(), report }),
};
