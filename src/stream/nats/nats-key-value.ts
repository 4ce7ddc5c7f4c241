/** A bucket of keys and values on JetStream. */
import type { KV } from '@nats-io/kv';
import type { Clock } from '../../common/clock.js';
import type { KeyValue, KeyValueEntry } from '../engine.js';
import { unlessRefused } from './api-errors.js';
import type { GetAccess, NatsAccess } from './nats-access.js';
import { type ReadFrom, readStream } from './read-stream.js';

/** Header of messages that are not values: markers of removed keys. */
const OPERATION = 'KV-Operation';

export class NatsKeyValue implements KeyValue {
  #bucket: KV | undefined;

  /**
   * @param removal `mark`: a removed key leaves a marker, which expires with the bucket's time to live; `purge`: it
   * leaves nothing, for buckets without a time to live
   */
  constructor(
    private readonly access: GetAccess,
    private readonly name: string,
    private readonly removal: 'mark' | 'purge',
    private readonly clock: Clock,
  ) {}

  async create(key: string, value: string): Promise<number | undefined> {
    const bucket = await this.#open();
    return unlessRefused(bucket.create(key, value));
  }

  async update(key: string, value: string, revision: number): Promise<number | undefined> {
    const bucket = await this.#open();
    return unlessRefused(bucket.update(key, value, revision));
  }

  async put(key: string, value: string): Promise<void> {
    const bucket = await this.#open();
    await bucket.put(key, value);
  }

  async get(key: string): Promise<KeyValueEntry | undefined> {
    const bucket = await this.#open();
    const entry = await bucket.get(key);
    if (entry === null || entry.operation !== 'PUT') return undefined;
    return { key, value: entry.string(), revision: entry.revision };
  }

  async remove(key: string, revision: number): Promise<void> {
    const bucket = await this.#open();
    if (this.removal === 'mark') await unlessRefused(bucket.delete(key, { previousSeq: revision }));
    else {
      const { manager } = await this.access();
      await manager.streams.purge(this.#stream, { filter: `${this.#subjects}${key}` });
    }
  }

  entries(prefix?: string): Promise<KeyValueEntry[]> {
    return prefix === undefined ? this.#all() : this.#below(prefix);
  }

  /**
   * Does not use the history of the client library: it ends at the first message with nothing pending, a count that
   * nats-server 2.9 gets wrong for keys that are updated frequently.
   */
  async #all(): Promise<KeyValueEntry[]> {
    const access = await this.access();
    const last = await access.manager.streams.getMessage(this.#stream, { last_by_subj: `${this.#subjects}>` });
    return last === null ? [] : this.#read(access, { sequence: 1 }, last.seq);
  }

  async #read(access: NatsAccess, from: ReadFrom, upTo: number): Promise<KeyValueEntry[]> {
    const found = new Map<string, KeyValueEntry>();
    await readStream(access, this.clock, this.#stream, from, upTo, (message) => {
      const key = message.subject.slice(this.#subjects.length);
      if (message.headers?.has(OPERATION)) found.delete(key);
      else found.set(key, { key, value: message.string(), revision: message.seq });
    });
    return [...found.values()];
  }

  async recent(prefix: string, since: number): Promise<KeyValueEntry[]> {
    const access = await this.access();
    const subjects = `${this.#subjects}${prefix}.>`;
    const last = await access.manager.streams.getMessage(this.#stream, { last_by_subj: subjects });
    if (last === null || last.time.getTime() < since) return [];
    const from = { subjects, time: new Date(since) };
    return this.#read(access, from, last.seq);
  }

  /** For a prefix that matches few of many keys. */
  async #below(prefix: string): Promise<KeyValueEntry[]> {
    const { manager } = await this.access();
    const { state } = await manager.streams.info(this.#stream, { subjects_filter: `${this.#subjects}${prefix}.*` });
    const keys = Object.keys(state.subjects ?? {}).map((subject) => subject.slice(this.#subjects.length));
    return (await Promise.all(keys.map((key) => this.get(key)))).filter((entry) => entry !== undefined);
  }

  get #stream(): string {
    return `KV_${this.name}`;
  }

  get #subjects(): string {
    return `$KV.${this.name}.`;
  }

  async #open(): Promise<KV> {
    const { client, libraries } = await this.access();
    this.#bucket ??= await new libraries.kv.Kvm(client).open(this.name);
    return this.#bucket;
  }
}
