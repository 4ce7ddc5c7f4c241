/** Passwords never get into a recording: they are overwritten in the copy of the frame before it is kept. */
import { frameFields, Tag } from '../ged188/index.js';
import type { FrameSender } from './recording.js';

const SECRET_TAGS: ReadonlySet<number> = new Set([Tag.CLIENT_PASSWORD_TAG, Tag.AGENT_PASSWORD_TAG]);
const BLANK = 0x2a;

/** Overwrites the passwords of a frame that a client sends, in place. */
export function withoutSecrets(frame: Buffer, version: number): Buffer {
  for (const { tag, from, to } of frameFields(frame, version)) {
    if (tag !== undefined && SECRET_TAGS.has(tag)) frame.fill(BLANK, from, to);
  }
  return frame;
}

/** The same for bytes that are no frame: what a client sends in them is not told at all. */
export function withoutSecretsIn(bytes: Buffer, from: FrameSender): Buffer {
  return from === 'client' ? bytes.fill(BLANK) : bytes;
}
