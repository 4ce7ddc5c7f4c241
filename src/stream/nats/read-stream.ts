/** Reads a range of a JetStream stream. */
import type { JsMsg } from '@nats-io/jetstream';
import type { Clock } from '../../common/clock.js';
import type { NatsAccess } from './nats-access.js';

/** The maximum time between two messages, in milliseconds. */
const READ_MS = 5_000;

/** Where to begin: at a sequence number or at a time; optionally, only messages of some subjects. */
export type ReadFrom = { readonly subjects?: string } & ({ readonly sequence: number } | { readonly time: Date });

/**
 * @param from messages before the first existing one are skipped
 * @param upTo the last sequence number; if it has been replaced meanwhile, the first message after it also ends the
 * reading
 * @throws (rejects) Error if no message arrives for five seconds
 */
export async function readStream(
  { client }: NatsAccess,
  clock: Clock,
  stream: string,
  from: ReadFrom,
  upTo: number,
  each: (message: JsMsg) => void,
): Promise<void> {
  const consumer = await client.consumers.get(stream, {
    ...('sequence' in from ? { opt_start_seq: from.sequence } : { opt_start_time: from.time.toISOString() }),
    ...(from.subjects === undefined ? {} : { filter_subjects: from.subjects }),
  });
  const messages = await consumer.consume({ max_messages: 1_000 });
  let heard = true;
  let failed = false;
  const watch = clock.every(READ_MS, () => {
    if (heard) heard = false;
    else {
      failed = true;
      messages.stop();
    }
  });
  try {
    for await (const message of messages) {
      heard = true;
      each(message);
      if (message.seq >= upTo) break;
    }
  } finally {
    watch.cancel();
    messages.stop();
    await consumer.delete().catch(() => {});
  }
  if (failed) throw new Error(`the stream ${stream} could not be read`);
}
