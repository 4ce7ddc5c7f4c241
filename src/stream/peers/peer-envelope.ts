/** The envelope of requests between servers and of their responses, on the engine. Written and read as JSON. */
import { isPlainObject } from '../../ctios/values.js';
import type { Peer, PeerAnswer } from '../../server/peers/index.js';

export interface PeerRequest {
  readonly from: Peer;
  readonly ask: string;
  readonly body: unknown;
}

/** The maximum length of names, ids and codes. */
const MAX_LENGTH = 1_024;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH;

/** @returns undefined if the text is not a valid lease of a server */
export function readPeer(text: string): Peer | undefined {
  return peerIn(parse(text));
}

export function readRequest(text: string): PeerRequest | undefined {
  const data = parse(text);
  const from = peerIn(data?.from);
  return from !== undefined && isText(data?.ask) ? { from, ask: data.ask, body: data.body } : undefined;
}

export function readReply(text: string): PeerAnswer | undefined {
  const data = parse(text);
  if (data === undefined) return undefined;
  const { body, failure } = data;
  if (failure === undefined) return { body };
  if (!isPlainObject(failure) || !isText(failure.code) || !isText(failure.message)) return undefined;
  return { failure: { code: failure.code, message: failure.message } };
}

function peerIn(data: unknown): Peer | undefined {
  if (!isPlainObject(data) || !isText(data.id) || !isText(data.name)) return undefined;
  return { id: data.id, name: data.name };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return isPlainObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
