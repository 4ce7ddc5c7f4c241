/** Requests between processes over core NATS, without JetStream. */
import type { Messenger, MessengerResult } from '../engine.js';
import type { GetAccess } from './nats-access.js';

export class NatsMessenger implements Messenger {
  constructor(private readonly access: GetAccess) {}

  async serve(subject: string, answer: (body: string) => string): Promise<() => void> {
    const { connection } = await this.access();
    let refused: Error | undefined;
    const subscription = connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) message.respond(answer(message.string()));
        else refused = error;
      },
    });
    // A refusal of the subscription arrives before the response to this flush.
    await connection.flush();
    if (refused !== undefined) throw refused;
    return () => subscription.unsubscribe();
  }

  async request(subject: string, body: string, answerMs: number): Promise<MessengerResult> {
    try {
      const { connection } = await this.access();
      const answer = await connection.request(subject, body, { timeout: answerMs });
      return { outcome: 'answered', body: answer.string() };
    } catch (error) {
      if (isNoResponders(error)) return { outcome: 'no responders' };
      return { outcome: 'unanswered', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}

const isNoResponders = (error: unknown): boolean =>
  (error as { isNoResponders?: () => boolean } | undefined)?.isNoResponders?.() === true;
