/**
 * An in-memory engine of the event stream, on any clock, for unit tests. It can become unreachable, like the real one.
 */
import type { Clock } from '../../src/common/clock.js';
import {
  type AppendCondition,
  type Consuming,
  type DeliveredRecord,
  type EventLog,
  type KeyValue,
  type KeyValueEntry,
  LEASE_TTL_MS,
  type LogRecord,
  type MessengerResult,
  type StoredRecord,
  type StreamEngine,
} from '../../src/stream/engine.js';

/** The state that processes share: the engine itself. */
export class MemoryBroker {
  readonly records: StoredRecord[] = [];
  readonly audit: StoredRecord[] = [];
  readonly buckets = { leases: new Map(), objects: new Map(), claims: new Map() } as Record<
    'leases' | 'objects' | 'claims',
    Map<string, KeyValueEntry & { at: number }>
  >;
  readonly consumers = new Map<string, { from: number; acknowledged: number; wake: () => void }>();
  /** The handlers of requests, by subject. */
  readonly services = new Map<string, { engine: MemoryEngine; answer: (body: string) => string }>();
  away = false;
  /** Records that new consumers no longer receive because they are too old. */
  skip = 0;
  revision = 0;
  readonly #listeners = new Set<(connected: boolean) => void>();

  constructor(readonly clock: Clock) {}

  /** Connects one process. */
  connect(): MemoryEngine {
    return new MemoryEngine(this);
  }

  set reachable(reachable: boolean) {
    this.away = !reachable;
    for (const listener of [...this.#listeners]) listener(reachable);
  }

  onConnected(listener: (connected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

class MemoryEngine implements StreamEngine {
  /** Only this process cannot reach the engine. */
  cut = false;
  /** Appends are carried out, but their confirmations are lost. */
  deaf = false;
  /** Requests arrive, but their responses are lost. */
  mute = false;

  constructor(private readonly broker: MemoryBroker) {}

  get connected(): boolean {
    return !this.broker.away && !this.cut;
  }

  onConnected(listener: (connected: boolean) => void): () => void {
    return this.broker.onConnected(listener);
  }

  readonly leases = this.#keyValue('leases', LEASE_TTL_MS);
  readonly objects = this.#keyValue('objects');
  readonly claims = this.#keyValue('claims', 24 * 3_600_000);

  readonly log = this.#log(() => this.broker.records);
  readonly audit = this.#log(() => this.broker.audit);

  #log(recordsOf: () => StoredRecord[]): EventLog {
    return {
      append: async ({ subject, id, body }: LogRecord, condition: AppendCondition): Promise<number | undefined> => {
        await this.reach();
        const records = recordsOf();
        const known = records.find((record) => record.id === id);
        if (known === undefined) {
          if ('lastId' in condition) {
            if ((records.at(-1)?.id ?? '') !== condition.lastId) return undefined;
          } else if (
            (records.findLast((each) => each.subject === subject)?.sequence ?? 0) !== condition.lastOnSubject
          ) {
            return undefined;
          }
          records.push({ subject, id, body, sequence: records.length + 1 });
          for (const { wake } of this.broker.consumers.values()) wake();
        }
        if (this.deaf) throw new Error('the confirmation was lost');
        return known?.sequence ?? records.length;
      },
      last: async (subject?: string): Promise<StoredRecord | undefined> => {
        await this.reach();
        return recordsOf().findLast((record) => subject === undefined || record.subject === subject);
      },
      read: async (from: number, each: (record: StoredRecord) => void): Promise<void> => {
        await this.reach();
        for (const record of recordsOf().slice(from - 1)) each(record);
      },
    };
  }

  readonly consumers = {
    list: async (group: string) => {
      await this.reach();
      return [...this.broker.consumers]
        .filter(([name]) => name.startsWith(`${group}_`))
        .map(([name, { acknowledged }]) => ({ name, acknowledged }));
    },
    lags: async () => {
      await this.reach();
      const { consumers, records } = this.broker;
      return new Map(
        [...consumers].map(([name, { acknowledged }]) => [name.split('_')[0]!, records.length - acknowledged]),
      );
    },
    create: async (name: string, from: number) => {
      await this.reach();
      this.broker.consumers.set(name, { from, acknowledged: from - 1, wake: () => {} });
    },
    remove: async (name: string) => {
      await this.reach();
      this.broker.consumers.delete(name);
    },
    consume: async (name: string, deliver: (record: DeliveredRecord) => void): Promise<Consuming> => {
      await this.reach();
      const consumer = this.broker.consumers.get(name)!;
      let next = consumer.from + this.broker.skip;
      let delivery = 0;
      let stopped = false;
      consumer.wake = () => {
        for (let record = this.broker.records[next - 1]; record !== undefined; record = this.broker.records[next - 1]) {
          if (stopped || !this.connected) return;
          next++;
          const { sequence } = record;
          deliver({
            ...record,
            delivery: ++delivery,
            acknowledge: () => {
              if (this.connected) consumer.acknowledged = Math.max(consumer.acknowledged, sequence);
            },
          });
        }
      };
      consumer.wake();
      return {
        stop: () => {
          stopped = true;
        },
      };
    },
  };

  readonly messenger = {
    serve: async (subject: string, answer: (body: string) => string): Promise<() => void> => {
      await this.reach();
      this.broker.services.set(subject, { engine: this, answer });
      return () => void this.broker.services.delete(subject);
    },
    request: async (subject: string, body: string): Promise<MessengerResult> => {
      await this.reach();
      const service = this.broker.services.get(subject);
      if (service?.engine.connected !== true) return { outcome: 'no responders' };
      const answer = service.answer(body);
      if (service.engine.mute) return new Promise(() => {});
      await Promise.resolve();
      return { outcome: 'answered', body: answer };
    },
  };

  close(): Promise<void> {
    return Promise.resolve();
  }

  async reach(): Promise<void> {
    await Promise.resolve();
    if (!this.connected) throw new Error('away');
  }

  #keyValue(name: 'leases' | 'objects' | 'claims', ttl = Number.POSITIVE_INFINITY): KeyValue {
    const find = (key: string) => {
      const bucket = this.broker.buckets[name];
      const entry = bucket.get(key);
      if (entry !== undefined && this.broker.clock.monotonic() - entry.at >= ttl) bucket.delete(key);
      return bucket.get(key);
    };
    const write = (key: string, value: string): number => {
      const revision = ++this.broker.revision;
      this.broker.buckets[name].set(key, { key, value, revision, at: this.broker.clock.monotonic() });
      return revision;
    };
    return {
      create: async (key, value) => {
        await this.reach();
        return find(key) === undefined ? write(key, value) : undefined;
      },
      update: async (key, value, revision) => {
        await this.reach();
        return find(key)?.revision === revision ? write(key, value) : undefined;
      },
      put: async (key, value) => {
        await this.reach();
        write(key, value);
      },
      get: async (key) => {
        await this.reach();
        return find(key);
      },
      remove: async (key, revision) => {
        await this.reach();
        if (find(key)?.revision === revision) this.broker.buckets[name].delete(key);
      },
      entries: async (prefix) => {
        await this.reach();
        const below = (key: string) =>
          prefix === undefined || (key.startsWith(`${prefix}.`) && !key.slice(prefix.length + 1).includes('.'));
        return [...this.broker.buckets[name].keys()].filter(below).flatMap((key) => find(key) ?? []);
      },
      recent: async (prefix, since) => {
        await this.reach();
        const { clock, buckets } = this.broker;
        const earliest = since - clock.now() + clock.monotonic();
        return [...buckets[name].values()]
          .filter((entry) => entry.key.startsWith(`${prefix}.`) && entry.at >= earliest)
          .sort((one, other) => one.revision - other.revision);
      },
    };
  }
}
