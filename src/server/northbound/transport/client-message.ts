import { clientMessages, readKind } from '../../../ctios/message-schema.js';
import type { Args, ClientMessage } from '../../../ctios/transport.js';

/** Longest time-out that a client may specify for a response, in milliseconds. */
const MAX_ANSWER_MS = 10 * 60_000;
const MAX_CLIENT = 200;

/**
 * Reads a message that came over a network; it may contain anything.
 * @returns the message, or a sentence that describes the error
 */
export function readClientMessage(data: unknown): ClientMessage | string {
  const { kind, wrong } = readKind(clientMessages, data);
  if (wrong !== undefined) return wrong;
  if (kind === undefined) return '"kind" must be hello, request, heartbeat or bye';
  return take[kind](data as never);
}

/** The accepted parts of a message: only what the protocol defines. */
const take: { [Kind in ClientMessage['kind']]: (data: Extract<ClientMessage, { kind: Kind }>) => ClientMessage } = {
  hello: ({ version, client, heartbeatMs }) => {
    const hello = { kind: 'hello', version, client: client.slice(0, MAX_CLIENT) } as const;
    return heartbeatMs === undefined ? hello : { ...hello, heartbeatMs };
  },
  request: ({ id, request, target, args, answerMs }) => ({
    kind: 'request',
    id,
    request,
    ...(target === undefined ? {} : { target }),
    args: (args as Args | undefined) ?? {},
    answerMs: Math.min(Math.max((answerMs as number | undefined) ?? 15_000, 1), MAX_ANSWER_MS),
  }),
  heartbeat: ({ id }) => ({ kind: 'heartbeat', id }),
  bye: () => ({ kind: 'bye' }),
};
