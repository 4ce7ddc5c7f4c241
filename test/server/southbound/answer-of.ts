import type { Message, MessageInit } from '../../../src/ged188/index.js';
import { type CtiLink, LinkRequestError } from '../../../src/server/southbound/link-api.js';

/** The result of a request as a promise: rejects with the error of a request that is not confirmed. */
export function answerOf(link: CtiLink, message: MessageInit, answerMs: number): Promise<Message> {
  return new Promise((resolve, reject) =>
    link.request(message, answerMs, (answer) =>
      answer instanceof LinkRequestError ? reject(answer) : resolve(answer),
    ),
  );
}
