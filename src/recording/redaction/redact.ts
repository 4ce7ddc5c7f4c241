/**
 * Replaces the personal data of a recording with pseudonyms. Frames keep their lengths, so that the recording can still
 * be replayed.
 */
import { type FrameField, frameFields } from '../../ged188/index.js';
import { type RecordedFrame, type RecordedSession, type Recording, versionOf } from '../recording.js';
import { Pseudonyms } from './pseudonyms.js';
import { KEPT_TEXTS, REPLACED_NUMBERS } from './redaction-rules.js';
import { replaceUnknown } from './unknown-bytes.js';

/** The value of an absent number, as a signed one -1. */
const NONE = 0xffffffff;
/** Above it the sign of a signed number would change. */
const MAX_INT = 0x7fffffff;
/** The version whose layouts are tried if a session does not state its own. */
const ASSUMED_VERSION = 25;

/** @param pseudonyms default: those of a random key that is discarded */
export function redactRecording(recording: Recording, pseudonyms = new Pseudonyms()): Recording {
  if (recording.redacted) return recording;
  return { redacted: true, sessions: recording.sessions.map((session) => redactSession(session, pseudonyms)) };
}

function redactSession(session: RecordedSession, pseudonyms: Pseudonyms): RecordedSession {
  const version = versionOf(session) ?? ASSUMED_VERSION;
  const { peer: _, ...kept } = session;
  return { ...kept, frames: session.frames.map((frame) => redactFrame(frame, version, pseudonyms)) };
}

function redactFrame(frame: RecordedFrame, version: number, pseudonyms: Pseudonyms): RecordedFrame {
  const bytes = Buffer.from(frame.bytes);
  if (frame.broken) replaceUnknown(bytes, pseudonyms);
  else redactBytes(bytes, version, pseudonyms);
  return { ...frame, bytes };
}

/** Redacts the fields of a frame in place. */
export function redactBytes(frame: Buffer, version: number, pseudonyms: Pseudonyms): void {
  for (const field of frameFields(frame, version)) redactField(frame, field, pseudonyms);
}

function redactField(frame: Buffer, { name, tag, facts, packed, from, to }: FrameField, pseudonyms: Pseudonyms): void {
  if (packed !== undefined) {
    const nameFrom = packed.index ? from + 1 : from;
    const nameEnd = frame.indexOf(0, nameFrom);
    pseudonyms.replace(frame, nameEnd < 0 || nameEnd >= to ? nameFrom : nameEnd + 1, to);
  } else if (facts === undefined) {
    if (tag === undefined) replaceUnknown(frame, pseudonyms, from, to);
    else pseudonyms.replace(frame, from, to);
  } else if (facts.wire === 'STRING' || facts.wire === 'UNSPEC') {
    if (!Object.hasOwn(KEPT_TEXTS, name)) pseudonyms.replace(frame, from, to);
  } else if (REPLACED_NUMBERS.has(name) && to - from === 4) {
    const value = frame.readUInt32BE(from);
    const max = value > MAX_INT ? NONE - 1 : MAX_INT;
    if (value !== NONE) frame.writeUInt32BE(pseudonyms.number(value, max), from);
  } else if (facts.size !== undefined && to - from !== facts.size) {
    // A number of the wrong size may be text that a server sends under the number's tag.
    pseudonyms.replace(frame, from, to);
  }
}
