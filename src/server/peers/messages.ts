/** The messages between peers, one JSON object in one text frame each. */
import { isPlainObject } from '../../ctios/values.js';

/** Peers of different versions refuse each other, in words. */
export const PEER_VERSION = 1;

/** Who speaks: the first thing each says. */
export interface Introduction {
  version: number;
  /** Of the process, random. */
  id: string;
  name: string;
  /** Random, used once: what the other has to build its proof upon. */
  nonce: string;
}

export interface PeerRequestFailure {
  code: string;
  message: string;
}

export type PeerMessage =
  /** first of the one who connects */
  | ({ kind: 'hello' } & Introduction)
  /** the answer of the one who listens */
  | ({ kind: 'challenge' } & Introduction)
  /** the one who connects knows the secret */
  | { kind: 'proof'; proof: string }
  /** so does the one who listens; from here on both may ask */
  | { kind: 'welcome'; proof: string }
  /** before the link: no, and why; the sender closes */
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'ask'; id: number; ask: string; body: unknown }
  /** ends the ask of that id: with a body, or with what is wrong */
  | { kind: 'answer'; id: number; body?: unknown; failure?: PeerRequestFailure }
  | { kind: 'heartbeat'; id: number }
  /** the answer to a heartbeat */
  | { kind: 'alive'; id: number }
  /** once linked: why the sender closes */
  | { kind: 'closing'; code: string; message: string };

export type PeerMessageKind = PeerMessage['kind'];

/** Fields of each kind, beside `kind`; `body?` and `failure?` are looked at where they are used. */
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

/** Of names, codes and sentences. */
const MAX_LENGTH = 1_024;

/**
 * Reads a frame: until it has proven itself, anybody may have sent anything.
 * @param frame undefined for one that is no text
 * @returns the message, or what is wrong with it, in words
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
