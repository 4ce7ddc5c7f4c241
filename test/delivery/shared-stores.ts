/** Stores of one group on a nats-server, each with its own connection, as in several Node-RED instances. */
import { systemClock } from '../../src/common/clock.js';
import { JetStreamStore } from '../../src/delivery/index.js';
import { NatsEngine } from '../../src/stream/index.js';

export class SharedStores {
  readonly #stores: JetStreamStore[] = [];
  readonly #engines: NatsEngine[] = [];

  constructor(private readonly url: string) {}

  open(): JetStreamStore {
    const engine = new NatsEngine(
      { servers: [this.url], site: 'site', name: 'test', create: { replicas: 1, maxAgeMs: 3_600_000 } },
      systemClock,
      () => {},
    );
    const table = engine.deliveries('group');
    const names = { site: 'site', group: 'group', name: `test-${this.#stores.length}` };
    const store = new JetStreamStore({ engine, table, ...names, clock: systemClock, report: () => {} });
    this.#stores.push(store);
    this.#engines.push(engine);
    return store;
  }

  /** The store that makes the deliveries. */
  async owner(): Promise<JetStreamStore> {
    const store = this.open();
    await new Promise<void>((resolve) => void store.watch({ turn: () => resolve() }));
    return store;
  }

  turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** The contents of all rows. */
  async stored(): Promise<string> {
    const { manager } = await this.#engines.at(-1)!.get();
    const stream = 'CTIOS_site_DELIVERIES_group';
    const { state } = await manager.streams.info(stream, { subjects_filter: 'ctios-deliveries.site.group.row.>' });
    const rows = Object.keys(state.subjects ?? {}).map((subject) =>
      manager.streams.getMessage(stream, { last_by_subj: subject }),
    );
    return (await Promise.all(rows)).map((message) => message?.string() ?? '').join('');
  }

  async close(): Promise<void> {
    for (const store of this.#stores.splice(0)) await store.close();
  }
}
