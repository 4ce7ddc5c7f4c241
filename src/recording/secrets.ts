/** Keeps passwords out of recordings: they are overwritten in the copy of the frame before it is stored. */
import { frameFields, Tag } from '../ged188/index.js';
import type { FrameSender } from './recording.js';

const SECRET_TAGS: ReadonlySet<number> = new Set([Tag.CLIENT_PASSWORD_TAG, Tag.AGENT_PASSWORD_TAG]);
const BLANK = 0x2a;

/** Overwrites the passwords of a frame sent by a client, in place. */
export function withoutSecrets(frame: Buffer, version: number): Buffer {
  for (const { tag, from, to } of frameFields(frame, version)) {
    if (tag !== undefined && SECRET_TAGS.has(tag)) frame.fill(BLANK, from, to);
  }
  return frame;
}

/** The same for bytes that are not a frame: everything sent by a client is removed. */
export function withoutSecretsIn(bytes: Buffer, from: FrameSender): Buffer {
  return from === 'client' ? bytes.fill(BLANK) : bytes;
}
