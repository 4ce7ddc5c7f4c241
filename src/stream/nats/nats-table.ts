/**
 * A table as a JetStream stream: one message per row, with the head as a header, so that followers do not have to read
 * the bodies.
 */
import type { Consuming, Table, TableRow } from '../engine.js';
import { isMessageMissing, isStreamMissing, unlessRefused } from './api-errors.js';
import type { GetAccess, NatsAccess } from './nats-access.js';

const HEAD = 'Ctios-Head';
const MARK = 'mark';
/** Reserved for what the protocol adds to a message. */
const OVERHEAD_BYTES = 1_024;
/** Messages prefetched. */
const PREFETCH = 2_000;

export class NatsTable implements Table {
  #largest: number | undefined;

  /** @param like the stream whose number of replicas is used when the table is created */
  constructor(
    private readonly access: GetAccess,
    private readonly names: { readonly stream: string; readonly subjects: string },
    private readonly like: string,
  ) {}

  get largest(): number | undefined {
    return this.#largest;
  }

  async put(row: string, head: string, body: string, revision: number): Promise<number | undefined> {
    const { client, libraries } = await this.access();
    const headers = libraries.transport.headers();
    headers.set(HEAD, ascii(head));
    const expect = { lastSubjectSequence: revision };
    const stored = await unlessRefused(client.publish(`${this.names.subjects}row.${row}`, body, { headers, expect }));
    return stored?.seq;
  }

  async body(revision: number): Promise<string | undefined> {
    const { manager } = await this.access();
    const message = await manager.streams.getMessage(this.names.stream, { seq: revision });
    return message?.string();
  }

  async remove(revision: number): Promise<void> {
    const { manager } = await this.access();
    try {
      await manager.streams.deleteMessage(this.names.stream, revision);
    } catch (error) {
      if (!isMessageMissing(error)) throw error;
    }
  }

  async mark(): Promise<number> {
    const { client } = await this.access();
    return (await client.publish(`${this.names.subjects}${MARK}`)).seq;
  }

  async follow(after: number, each: (row: TableRow) => void, begunAnew: () => void): Promise<Consuming> {
    const access = await this.access();
    this.#largest = (access.connection.info?.max_payload ?? 0) - OVERHEAD_BYTES;
    let from = after + 1;
    if ((await this.#open(access)) < after) {
      begunAnew();
      from = 1;
    }
    const consumer = await access.client.consumers.get(this.names.stream, { opt_start_seq: from, headers_only: true });
    const { length } = `${this.names.subjects}row.`;
    const messages = await consumer.consume({
      max_messages: PREFETCH,
      callback: ({ subject, headers, seq }) => {
        const isRow = headers?.has(HEAD) === true;
        each({ row: isRow ? subject.slice(length) : '', head: isRow ? headers.get(HEAD) : '', revision: seq });
      },
    });
    return {
      stop() {
        messages.stop();
        consumer.delete().catch(() => {});
      },
    };
  }

  /** @returns the last revision */
  async #open({ manager }: NatsAccess): Promise<number> {
    const { stream, subjects } = this.names;
    try {
      return (await manager.streams.info(stream)).state.last_seq;
    } catch (error) {
      if (!isStreamMissing(error)) throw error;
    }
    const { config } = await manager.streams.info(this.like);
    const created = await manager.streams.add({
      name: stream,
      subjects: [`${subjects}>`],
      max_msgs_per_subject: 1,
      num_replicas: config.num_replicas,
    });
    return created.state.last_seq;
  }
}

/** Headers are limited to ASCII. The escaped JSON is equivalent. */
function ascii(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
