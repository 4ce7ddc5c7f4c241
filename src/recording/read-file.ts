/** Reads any file that a site may send: a capture, a text dump, a log with decoded messages, or raw bytes. */
import { Limits, messageName } from '../ged188/index.js';
import { FrameCutter } from './frame-cutter.js';
import { isCapture, LINKTYPE_ETHERNET, LINKTYPE_RAW } from './pcap/capture-reader.js';
import { senderOf } from './pcap/connections.js';
import { type ReadRecording, readCaptureFile } from './pcap/read-capture.js';
import { segmentOf } from './pcap/tcp-segments.js';
import type { RecordedFrame } from './recording.js';
import { type FinesseMessage, isFinesseLog, readFinesseLog } from './text/finesse-log.js';
import { type Dump, readHexDump } from './text/hex-dump.js';
import { asByteDumps } from './text/word-dump.js';

export type MessageFile =
  | { readonly kind: 'recording'; readonly recording: ReadRecording }
  | {
      readonly kind: 'finesse log';
      readonly messages: readonly FinesseMessage[];
      readonly problems: readonly string[];
    };

/** @throws RangeError if the file has none of these formats */
export function readMessageFile(bytes: Buffer): MessageFile {
  if (isCapture(bytes)) {
    const recording = readCaptureFile(bytes);
    if (recording.sessions.length === 0)
      throw new RangeError(`There is no session with a CTI Server in this capture${encrypted(recording)}`);
    return { kind: 'recording', recording };
  }
  if (isFrame(bytes)) return { kind: 'recording', recording: recordingOf([{ bytes, from: undefined }]) };
  const text = bytes.toString('latin1');
  if (isFinesseLog(text)) {
    const { messages, unread } = readFinesseLog(bytes.toString('utf8'));
    const problems = unread === 0 ? [] : [`${unread} lines could not be read`];
    return { kind: 'finesse log', messages, problems };
  }
  const recording = readDump(text);
  if (recording === undefined) {
    throw new RangeError(
      'This file is none of these: pcap, pcapng, hexadecimal dump of CTI Server messages (xxd, hexdump -C or od -A x -t x1 print one that can be read), Finesse log with decoded messages',
    );
  }
  return { kind: 'recording', recording };
}

/**
 * The digits are bytes, or else words: only one of both gives known messages, because the type of a message, whose
 * high bytes are zero, is none in the other order.
 */
function readDump(text: string): ReadRecording | undefined {
  const read = (dump: string): ReadRecording[] => {
    const dumps = readHexDump(dump).flatMap(payloadOf);
    return dumps.length === 0 ? [] : [recordingOf(dumps)];
  };
  const readings = [...read(text), ...asByteDumps(text).flatMap(read).map(withoutPadding)];
  return readings.find(isClean) ?? readings[0];
}

/** Without the zeros that fill the last word. */
function withoutPadding(recording: ReadRecording): ReadRecording {
  const sessions = recording.sessions.map((session) => {
    const last = session.frames.at(-1);
    const isPadding = last?.broken === true && last.bytes.length < 4 && last.bytes.every((byte) => byte === 0);
    return isPadding ? { ...session, frames: session.frames.slice(0, -1) } : session;
  });
  return { ...recording, sessions };
}

function isClean({ sessions }: ReadRecording): boolean {
  return sessions.every(({ frames }) => frames.every(({ bytes, broken }) => !broken && isFrame(bytes)));
}

function encrypted({ others }: ReadRecording): string {
  return others === 0 ? '' : ` (${others} other TCP connections; TLS cannot be read: use the flight recorder)`;
}

/** A dump of a packet with its headers, or of the payload of a stream. */
function payloadOf({ bytes, from }: Dump): Dump[] {
  if (isFrame(bytes) || isOneFrame(bytes)) return [{ bytes, from }];
  for (const link of [LINKTYPE_RAW, LINKTYPE_ETHERNET]) {
    const segment = segmentOf({ at: 0, link, bytes, missing: 0 });
    if (segment !== undefined && isFrame(segment.data)) return [{ bytes: segment.data, from }];
  }
  return [];
}

function isFrame(bytes: Buffer): boolean {
  if (bytes.length < Limits.MESSAGE_HEADER_SIZE) return false;
  return bytes.readUInt32BE(0) <= Limits.MAX_MESSAGE_SIZE && messageName(bytes.readUInt32BE(4)) !== undefined;
}

/** A message of unknown type with a valid length. */
function isOneFrame(bytes: Buffer): boolean {
  return (
    bytes.length >= Limits.MESSAGE_HEADER_SIZE && bytes.readUInt32BE(0) === bytes.length - Limits.MESSAGE_HEADER_SIZE
  );
}

function recordingOf(dumps: readonly Dump[]): ReadRecording {
  const frames: RecordedFrame[] = [];
  for (const { bytes, from } of dumps) {
    const cutter = new FrameCutter((frame, broken) => {
      const sender = from ?? (broken ? undefined : senderOf(frame)) ?? 'server';
      frames.push({ at: 0, from: sender, bytes: frame, ...(broken ? { broken } : {}) });
    });
    cutter.push(bytes);
    cutter.end();
  }
  const session = { id: 1, side: undefined, openedAt: 0, dropped: 0, frames };
  return { redacted: false, sessions: [session], problems: [], others: 0 };
}
