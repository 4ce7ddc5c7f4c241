/** Durable consumers of a group, on JetStream. */
import type { Consuming, DeliveredRecord, GroupConsumer, GroupConsumers } from '../engine.js';
import { consumerName, groupOf } from '../subjects.js';
import type { GetAccess } from './nats-access.js';
import { recordOf } from './nats-log.js';

/** Records prefetched for a reader. */
const PREFETCH = 500;
/** The timeout of one pull request, in milliseconds: a problem with a consumer is detected within this time. */
const PULL_MS = 5_000;
/** How long a record may remain unacknowledged, in nanoseconds: longer than any deploy delays a reader. */
const ACK_WAIT_NS = 120e9;
/** An unused consumer is removed with its position after this time, in nanoseconds: a month. */
const INACTIVE_NS = 30 * 24 * 3600e9;

export class NatsConsumers implements GroupConsumers {
  constructor(
    private readonly access: GetAccess,
    private readonly stream: string,
  ) {}

  async list(group: string): Promise<GroupConsumer[]> {
    const { manager } = await this.access();
    const found: GroupConsumer[] = [];
    for await (const { name, config, ack_floor } of manager.consumers.list(this.stream)) {
      if (!name.startsWith(consumerName(group, ''))) continue;
      const acknowledged = Math.max(ack_floor.stream_seq, (config.opt_start_seq ?? 1) - 1);
      // The server sends it as text; it is absent before the first acknowledgement.
      const at = Date.parse(String(ack_floor.last_active));
      found.push({ name, acknowledged, ...(Number.isNaN(at) ? {} : { at }) });
    }
    return found;
  }

  async lags(): Promise<Map<string, number>> {
    const { manager } = await this.access();
    const lags = new Map<string, number>();
    for await (const { name, num_pending, num_ack_pending } of manager.consumers.list(this.stream)) {
      const group = groupOf(name);
      if (group === undefined) continue;
      // While a group changes hands, the consumer that is further ahead counts.
      const lag = num_pending + num_ack_pending;
      lags.set(group, Math.min(lag, lags.get(group) ?? lag));
    }
    return lags;
  }

  async create(name: string, from: number): Promise<void> {
    const { manager, libraries } = await this.access();
    const { AckPolicy, DeliverPolicy } = libraries.jetstream;
    await manager.consumers.add(this.stream, {
      durable_name: name,
      ack_policy: AckPolicy.All,
      ack_wait: ACK_WAIT_NS,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: from,
      max_ack_pending: -1,
      inactive_threshold: INACTIVE_NS,
    });
  }

  async remove(name: string): Promise<void> {
    const { manager } = await this.access();
    await manager.consumers.delete(this.stream, name);
  }

  async consume(
    name: string,
    deliver: (record: DeliveredRecord) => void,
    ended: (reason: string) => void,
  ): Promise<Consuming> {
    const { client } = await this.access();
    const consumer = await client.consumers.get(this.stream, name);
    let stopped = false;
    const messages = await consumer.consume({
      max_messages: PREFETCH,
      expires: PULL_MS,
      callback: (message) => {
        if (stopped) return;
        const delivery = message.info.deliverySequence;
        deliver({ ...recordOf(message), delivery, acknowledge: () => message.ack() });
      },
    });
    const end = (reason: string): void => {
      if (stopped) return;
      stopped = true;
      messages.stop();
      ended(reason);
    };
    void (async () => {
      for await (const { type } of messages.status()) {
        if (type === 'consumer_deleted' || type === 'consumer_not_found' || type === 'stream_not_found') end(type);
      }
    })();
    void messages.closed().then((error) => end(error instanceof Error ? error.message : 'closed'));
    return {
      stop() {
        stopped = true;
        messages.stop();
      },
    };
  }
}
