/** The event log as a stream of JetStream. */
import type { JsMsg } from '@nats-io/jetstream';
import type { Clock } from '../../common/clock.js';
import type { AppendCondition, EventLog, LogRecord, StoredRecord } from '../engine.js';
import { unlessRefused } from './api-errors.js';
import type { GetAccess } from './nats-access.js';
import { readStream } from './read-stream.js';

const ID = 'Nats-Msg-Id';

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
    const access = await this.access();
    const { state } = await access.manager.streams.info(this.stream);
    const last = state.last_seq;
    if (state.messages === 0 || last < from) return;
    const first = Math.max(from, state.first_seq);
    await readStream(access, this.clock, this.stream, { sequence: first }, last, (message) => each(recordOf(message)));
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
