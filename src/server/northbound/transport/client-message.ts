import type { Args, ClientMessage } from '../../../ctios/transport.js';
import { isPlainObject } from '../../../ctios/values.js';

/** Longest time that a client may ask an answer to be waited for, in milliseconds. */
const MAX_ANSWER_MS = 10 * 60_000;

/**
 * Reads a message that came over a network: anybody may have sent anything.
 * @returns the message, or what is wrong with it, in words
 */
export function readClientMessage(data: unknown): ClientMessage | string {
  if (!isPlainObject(data)) return 'a message has to be a JSON object';
  switch (data.kind) {
    case 'hello':
      return readHello(data);
    case 'request':
      return readRequest(data);
    case 'heartbeat':
      return isId(data.id) ? { kind: 'heartbeat', id: data.id } : 'heartbeat: "id" has to be a whole number';
    case 'bye':
      return { kind: 'bye' };
    default:
      return '"kind" has to be hello, request, heartbeat or bye';
  }
}

function readHello(data: Record<string, unknown>): ClientMessage | string {
  const { version, client, heartbeatMs } = data;
  if (typeof version !== 'number') return 'hello: "version" has to be a number';
  if (typeof client !== 'string') return 'hello: "client" has to be text';
  const hello = { kind: 'hello', version, client: client.slice(0, 200) } as const;
  return typeof heartbeatMs === 'number' ? { ...hello, heartbeatMs } : hello;
}

function readRequest(data: Record<string, unknown>): ClientMessage | string {
  const { id, request, target, args, answerMs } = data;
  if (!isId(id)) return 'request: "id" has to be a whole number';
  if (typeof request !== 'string') return 'request: "request" has to be text';
  if (target !== undefined && typeof target !== 'string') return 'request: "target" has to be text';
  if (args !== undefined && !isPlainObject(args)) return 'request: "args" has to be an object';
  if (answerMs !== undefined && typeof answerMs !== 'number') return 'request: "answerMs" has to be a number';
  return {
    kind: 'request',
    id,
    request,
    ...(target === undefined ? {} : { target }),
    // What is in it, `checkArguments` looks at.
    args: (args ?? {}) as Args,
    answerMs: Math.min(Math.max(answerMs ?? 15_000, 1), MAX_ANSWER_MS),
  };
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
