/** The event log as a stream of JetStream. */
import type { JsMsg } from '@nats-io/jetstream';
import type { Clock } from '../../common/clock.js';
import type { AppendCondition, EventLog, LogRecord, StoredRecord } from '../engine.js';
import { unlessRefused } from './api-errors.js';
import type { GetAccess } from './nats-access.js';

const ID = 'Nats-Msg-Id';
/** Reading may take so long between two records, in milliseconds. */
const READ_MS = 5_000;

export class NatsLog implements EventLog {
  constructor(
    private readonly access: GetAccess,
    private readonly stream: string,
    private readonly clock: Clock,
  ) {}

  async append({ subject, id, body }: LogRecord, condition: AppendCondition): Promise<number | undefined> {
    const { client } = await this.access();
    const expect =
      'lastId' in condition ? { lastMsgID: condition.lastId } : { lastSubjectSequence: condition.lastOnSubject };
    const stored = await unlessRefused(client.publish(subject, body, { msgID: id, expect }));
    return stored?.seq;
  }

  async last(subject = '>'): Promise<StoredRecord | undefined> {
    const { manager } = await this.access();
    const message = await manager.streams.getMessage(this.stream, { last_by_subj: subject });
    if (message === null) return undefined;
    return {
      subject: message.subject,
      id: message.header.get(ID),
      body: message.string(),
      sequence: message.seq,
    };
  }

  async read(from: number, each: (record: StoredRecord) => void): Promise<void> {
    const { client, manager } = await this.access();
    const { state } = await manager.streams.info(this.stream);
    const last = state.last_seq;
    if (state.messages === 0 || last < from) return;
    const consumer = await client.consumers.get(this.stream, { opt_start_seq: Math.max(from, state.first_seq) });
    const messages = await consumer.consume({ max_messages: 1_000 });
    let heard = true;
    let failed = false;
    const watch = this.clock.every(READ_MS, () => {
      if (heard) heard = false;
      else {
        failed = true;
        messages.stop();
      }
    });
    try {
      for await (const message of messages) {
        heard = true;
        each(recordOf(message));
        if (message.seq >= last) break;
      }
    } finally {
      watch.cancel();
      messages.stop();
      await consumer.delete().catch(() => {});
    }
    if (failed) throw new Error(`the stream ${this.stream} could not be read`);
  }
}

export function recordOf(message: JsMsg): StoredRecord {
  return {
    subject: message.subject,
    id: message.headers?.get(ID) ?? '',
    body: message.string(),
    sequence: message.seq,
  };
}
