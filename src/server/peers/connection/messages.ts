/** The messages between peers, one JSON object per text frame. */
import { isPlainObject } from '../../../ctios/values.js';
import type { PeerRequestFailure } from '../requests/peer-answers.js';

/** Peers of different versions refuse each other with a message that contains both versions. */
export const PEER_VERSION = 1;

/** Identifies a server: the first thing each end sends. */
export interface Introduction {
  version: number;
  /** Random, one per process. */
  id: string;
  name: string;
  /** A random nonce, which the other end includes in its proof. */
  nonce: string;
}

export type PeerMessage =
  /** first message of the connecting end */
  | ({ kind: 'hello' } & Introduction)
  /** response of the accepting end */
  | ({ kind: 'challenge' } & Introduction)
  /** the connecting end proves that it knows the secret */
  | { kind: 'proof'; proof: string }
  /** the accepting end proves it, too; from now on both may send requests */
  | { kind: 'welcome'; proof: string }
  /** before the link is established: refused, with a reason; the sender closes */
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'ask'; id: number; ask: string; body: unknown }
  /** ends the request with that id: with a body, or with an error */
  | { kind: 'answer'; id: number; body?: unknown; failure?: PeerRequestFailure }
  | { kind: 'heartbeat'; id: number }
  /** response to a heartbeat */
  | { kind: 'alive'; id: number }
  /** once linked: why the sender closes */
  | { kind: 'closing'; code: string; message: string };

export type PeerMessageKind = PeerMessage['kind'];

/** Fields of each kind besides `kind`; `body?` and `failure?` are checked where they are used. */
const FIELDS: Readonly<Record<PeerMessageKind, Readonly<Record<string, 'text' | 'id' | 'version'>>>> = {
  hello: { version: 'version', id: 'text', name: 'text', nonce: 'text' },
  challenge: { version: 'version', id: 'text', name: 'text', nonce: 'text' },
  proof: { proof: 'text' },
  welcome: { proof: 'text' },
  refused: { code: 'text', message: 'text' },
  ask: { id: 'id', ask: 'text' },
  answer: { id: 'id' },
  heartbeat: { id: 'id' },
  alive: { id: 'id' },
  closing: { code: 'text', message: 'text' },
};

/** Maximum length of names, codes and sentences. */
const MAX_LENGTH = 1_024;

/**
 * Reads a frame. Before authentication it may come from anyone.
 * @param frame undefined if it is not text
 * @returns the message, or a sentence that describes the error
 */
export function readPeerMessage(frame: string | undefined): PeerMessage | string {
  if (frame === undefined) return 'a message must be a text frame';
  let data: unknown;
  try {
    data = JSON.parse(frame);
  } catch {
    return 'it is not JSON';
  }
  if (!isPlainObject(data)) return 'a message must be a JSON object';
  const kind = data.kind as PeerMessageKind;
  const fields = typeof kind === 'string' && Object.hasOwn(FIELDS, kind) ? FIELDS[kind] : undefined;
  if (fields === undefined) return `"kind" must be one of: ${Object.keys(FIELDS).join(', ')}`;
  for (const [name, type] of Object.entries(fields)) {
    const wrong = problem(type, data[name]);
    if (wrong !== undefined) return `${kind}: "${name}" ${wrong}`;
  }
  if (kind === 'answer' && data.failure !== undefined && !isFailure(data.failure)) {
    return 'answer: "failure" must be an object with "code" and "message"';
  }
  return data as unknown as PeerMessage;
}

function problem(type: 'text' | 'id' | 'version', value: unknown): string | undefined {
  if (type !== 'text') return Number.isSafeInteger(value) ? undefined : 'must be a whole number';
  if (typeof value !== 'string' || value === '') return 'must be a string';
  return value.length > MAX_LENGTH ? `may have at most ${MAX_LENGTH} characters` : undefined;
}

function isFailure(value: unknown): boolean {
  return isPlainObject(value) && typeof value.code === 'string' && typeof value.message === 'string';
}
