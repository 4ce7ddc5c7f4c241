/** Converts a message to a delivery, and an ended delivery back to a message. */
import type { Node, NodeAPI } from 'node-red';
import type { EndedDelivery, NewDelivery } from '../../../src/delivery/index.js';
import { inputError } from '../message/errors.js';
import { isRecord, type Message } from '../message/input-rules.js';
import { evaluate, evaluateRows } from '../message/typed-value.js';
import { httpUrl, METHODS, type WebhookDef } from './webhook-settings.js';

type Prepared = Omit<NewDelivery, 'queue'>;

const MAX_URL = 8192;
/** Parts of a message that are valid in this process only. */
const NOT_STORED: ReadonlySet<string> = new Set(['req', 'res', '_session']);
/** Written by the sender itself. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'content-length',
  'host',
  'idempotency-key',
  'transfer-encoding',
  'webhook-id',
  'webhook-signature',
  'webhook-timestamp',
]);

/**
 * @param placeOf the place in a trace that the receiver continues, unless the dialog sets the header; from the ordering key
 * @throws CtiosError naming the field, the value and the limit
 */
export async function prepareDelivery(
  RED: NodeAPI,
  node: Node,
  def: WebhookDef,
  msg: Message,
  maxBodyBytes: number,
  placeOf: (order: string) => string | undefined,
): Promise<Prepared> {
  const value = (text: string, type: string): Promise<unknown> => evaluate(RED, node, { value: text, type }, msg);
  const url = httpUrl('URL', (await value(def.url, def.urlType)) ?? msg.url, 'CTIOS_INVALID_ARGUMENT');
  if (url.href.length > MAX_URL) throw invalid(`URL: it has ${url.href.length} characters; the limit is ${MAX_URL}.`);
  const payload: unknown = def.body === '' ? msg.payload : await value(def.body, def.bodyType);
  const { body, contentType } = bodyOf(payload);
  const size = Buffer.byteLength(body);
  if (size > maxBodyBytes) throw tooLarge('The body', size, maxBodyBytes);
  const headers = headersOf(await evaluateRows(RED, node, def.headers ?? [], msg));
  const key = textOf('Idempotency key', await value(def.key, def.keyType)) ?? defaultKey(msg);
  const order = textOf('Ordering key', await value(def.ordering, def.orderingType)) ?? defaultOrder(msg) ?? key;
  const traceparent = placeOf(order);
  const message = stored(msg);
  // The payload again, and the other properties of the message.
  if (message.length > 2 * maxBodyBytes + 65_536)
    throw tooLarge('The message', message.length, 2 * maxBodyBytes + 65_536);
  return {
    key,
    order,
    url: url.href,
    method: methodOf(def.method === '' ? msg.method : def.method),
    headers: {
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
      ...(traceparent === undefined ? {} : { traceparent }),
      ...headers,
    },
    body,
    message,
  };
}

function methodOf(value: unknown): string {
  const method = String(value ?? 'POST').toUpperCase();
  if (!(METHODS as readonly string[]).includes(method)) {
    throw invalid(`Method: "${method.slice(0, 50)}" is not one of ${METHODS.join(', ')}.`);
  }
  return method;
}

function bodyOf(value: unknown): { body: string; contentType?: string } {
  if (value === undefined || value === null) return { body: '' };
  if (typeof value === 'string') return { body: value, contentType: 'text/plain; charset=utf-8' };
  if (Buffer.isBuffer(value)) throw invalid('Body: it is a buffer. Convert it to a string or an object first.');
  try {
    return { body: JSON.stringify(value) ?? '', contentType: 'application/json' };
  } catch (error) {
    throw invalid(`Body: it cannot be written as JSON: ${(error as Error).message}`);
  }
}

function headersOf(rows: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(rows)) {
    const name = key.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) throw invalid(`Header "${key}": the name is not valid.`);
    if (OWN_HEADERS.has(name)) {
      throw invalid(`Header "${key}": the node sets it. Use the credentials, the signature or the key of the node.`);
    }
    const text = String(value);
    // The limit of Node.js.
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text))
      throw invalid(`Header "${key}": the value has a character that is not allowed.`);
    headers[name] = text;
  }
  return headers;
}

function textOf(label: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' && typeof value !== 'number')
    throw invalid(`${label}: it must be a string or a number.`);
  const text = String(value);
  if (text.length > 1000) throw invalid(`${label}: it has ${text.length} characters; the limit is 1000.`);
  return text;
}

/**
 * A pop, its updates and its end have one key, so the key of a delivery has the event, too, and the time of an update: a
 * receiver that checks the key takes each of them once.
 */
function defaultKey(msg: Message): string {
  const { payload } = msg;
  if (!isRecord(payload) || typeof payload.key !== 'string' || payload.key === '') return String(msg._msgid);
  const { key, event, time } = payload;
  if (typeof event !== 'string') return key;
  return event === 'update' && typeof time === 'string' ? `${key}-${event}-${time}` : `${key}-${event}`;
}

function defaultOrder({ payload }: Message): string | undefined {
  if (!isRecord(payload)) return undefined;
  const { journey, key } = payload;
  return [journey, key].find((each): each is string => typeof each === 'string' && each !== '');
}

function stored(msg: Message): string {
  const kept = Object.fromEntries(Object.entries(msg).filter(([key]) => !NOT_STORED.has(key)));
  try {
    return JSON.stringify(kept);
  } catch (error) {
    throw invalid(`The message cannot be stored as JSON: ${(error as Error).message}`);
  }
}

/** The message of an ended delivery. On output 1 the payload is the response, on output 2 what was to be delivered. */
export function endMessage({ delivery, end, answer, recovered }: EndedDelivery): Message {
  const { id, key, order, url, method, acceptedAt } = delivery;
  const message = parse(delivery.message);
  const { state, attempts, endedAt, status, error, errorCode } = end;
  message.delivery = {
    id,
    key,
    ordering: order,
    url,
    method,
    state,
    attempts,
    acceptedAt,
    endedAt,
    ...(status === undefined ? {} : { status }),
    ...(recovered === undefined ? {} : { recovered }),
  };
  if (status !== undefined) message.statusCode = status;
  if (answer !== undefined) message.headers = answer.headers;
  if (state === 'sent') {
    message.sent = message.payload;
    message.payload = answer === undefined ? null : parsedAnswer(answer);
  } else {
    message.error = { message: error ?? '', code: errorCode ?? '' };
    if (answer !== undefined) message.answer = parsedAnswer(answer);
  }
  return message;
}

function parsedAnswer({ headers, body }: NonNullable<EndedDelivery['answer']>): unknown {
  if (!/\bjson\b/i.test(headers['content-type'] ?? '')) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function parse(text: string): Message {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

const invalid = (message: string): Error => inputError('CTIOS_INVALID_ARGUMENT', message);
const tooLarge = (what: string, size: number, limit: number): Error =>
  inputError(
    'CTIOS_BODY_TOO_LARGE',
    `${what} has ${size} bytes; the limit is ${limit}. Raise it in the node, or send less.`,
  );
