/** A bucket of keys and values on JetStream. */
import type { KV } from '@nats-io/kv';
import type { KeyValue, KeyValueEntry } from '../engine.js';
import { unlessRefused } from './api-errors.js';
import type { GetAccess } from './nats-access.js';

export class NatsKeyValue implements KeyValue {
  #bucket: KV | undefined;

  /**
   * @param removal `mark`: a removed key leaves a mark, which ends with the bucket's time to live; `purge`: it leaves nothing,
   *   for buckets without a time to live
   */
  constructor(
    private readonly access: GetAccess,
    private readonly name: string,
    private readonly removal: 'mark' | 'purge',
  ) {}

  async create(key: string, value: string): Promise<number | undefined> {
    const bucket = await this.#open();
    return unlessRefused(bucket.create(key, value));
  }

  async update(key: string, value: string, revision: number): Promise<number | undefined> {
    const bucket = await this.#open();
    return unlessRefused(bucket.update(key, value, revision));
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
      await manager.streams.purge(`KV_${this.name}`, { filter: `$KV.${this.name}.${key}` });
    }
  }

  async entries(): Promise<KeyValueEntry[]> {
    const bucket = await this.#open();
    const found: KeyValueEntry[] = [];
    for await (const entry of await bucket.history()) {
      if (entry.operation === 'PUT') found.push({ key: entry.key, value: entry.string(), revision: entry.revision });
    }
    return found;
  }

  async #open(): Promise<KV> {
    const { client, libraries } = await this.access();
    this.#bucket ??= await new libraries.kv.Kvm(client).open(this.name);
    return this.#bucket;
  }
}
