/** Reads a range of a JetStream stream. */
import type { JsMsg } from '@nats-io/jetstream';
import type { Clock } from '../../common/clock.js';
import type { NatsAccess } from './nats-access.js';

/** The maximum time between two messages, in milliseconds. */
const READ_MS = 5_000;

/**
 * @param from the first sequence number; messages before the first existing one are skipped
 * @param upTo the last sequence number; if it has been replaced meanwhile, the first message after it also ends the
 * reading
 * @throws (rejects) Error if no message arrives for five seconds
 */
export async function readStream(
  { client }: NatsAccess,
  clock: Clock,
  stream: string,
  from: number,
  upTo: number,
  each: (message: JsMsg) => void,
): Promise<void> {
  const consumer = await client.consumers.get(stream, { opt_start_seq: from });
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
