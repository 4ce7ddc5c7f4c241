/** Decodes the messages of a recorded session, with warnings for each. */
import {
  DecodeReport,
  type DecodeWarning,
  decode,
  definitionOf,
  FrameError,
  type Message,
  messageName,
} from '../../ged188/index.js';
import type { FrameSender, RecordedFrame, RecordedSession } from '../recording.js';
import { versionOf } from '../recording.js';

export interface DecodedFrame {
  readonly session: number;
  /** Milliseconds since the epoch; undefined if the file has no time. */
  readonly at: number | undefined;
  readonly from: FrameSender;
  /** The name of the message, `message 999` if its type is unknown, or `no message`. */
  readonly type: string;
  readonly number: number | undefined;
  /** Undefined if the bytes are not a message. */
  readonly message: Message | undefined;
  readonly bytes: Buffer;
  /** Warnings about the message. */
  readonly oddities: readonly string[];
}

export interface DecodedSession {
  readonly session: RecordedSession;
  /** The protocol version used to decode it. */
  readonly version: number;
  /** The source of the version: OPEN_REQ, the caller, or the best match. */
  readonly versionFrom: 'opening' | 'given' | 'guessed';
  readonly frames: readonly DecodedFrame[];
}

export interface DecodeSessionOptions {
  /** The protocol version of sessions whose OPEN_REQ is missing. */
  readonly version?: number | undefined;
  readonly charset?: string | undefined;
}

/** Versions tried if a session does not state its own: at least one of them reads any readable message. */
const CANDIDATES = [25, 19, 14] as const;
/** The number of frames that are tried. */
const SAMPLE = 100;

export function decodeSession(session: RecordedSession, options: DecodeSessionOptions = {}): DecodedSession {
  const opened = versionOf(session);
  const version = opened ?? options.version ?? guessVersion(session.frames);
  let versionFrom: DecodedSession['versionFrom'] = 'guessed';
  if (opened !== undefined) versionFrom = 'opening';
  else if (options.version !== undefined) versionFrom = 'given';
  const charset = options.charset ?? session.charset;
  return {
    session,
    version,
    versionFrom,
    frames: session.frames.map((frame) => decodeFrame(session.id, frame, version, charset)),
  };
}

function decodeFrame(
  session: number,
  { at, from, bytes, broken }: RecordedFrame,
  version: number,
  charset: string | undefined,
): DecodedFrame {
  const base = { session, at: at === 0 ? undefined : at, from, bytes };
  if (broken || bytes.length < 8) {
    const oddities = [`${bytes.length} bytes that are no message`];
    return { ...base, type: 'no message', number: undefined, message: undefined, oddities };
  }
  const number = bytes.readUInt32BE(4);
  const oddities: string[] = [];
  const report = new DecodeReport((warning) => oddities.push(inWords(warning)));
  const message = read(bytes, version, charset, report);
  const sender = definitionOf(number)?.facts.from;
  if (sender !== undefined && sender !== 'both' && sender !== from)
    oddities.push(`sent by the ${from}, but it is a message of the ${sender}`);
  return { ...base, type: messageName(number) ?? `message ${number}`, number, message, oddities };
}

function read(bytes: Buffer, version: number, charset: string | undefined, report: DecodeReport): Message | undefined {
  try {
    return decode(bytes, version, { report, ...(charset === undefined ? {} : { charset }) });
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    return undefined;
  }
}

function guessVersion(frames: readonly RecordedFrame[]): number {
  const scores = CANDIDATES.map((version) => {
    let odd = 0;
    const report = { note: () => odd++ } as unknown as DecodeReport;
    for (const { bytes, broken } of frames.slice(0, SAMPLE)) {
      if (!broken && bytes.length >= 8) read(bytes, version, undefined, report);
    }
    return { version, odd };
  });
  return scores.reduce((best, each) => (each.odd < best.odd ? each : best)).version;
}

function inWords({ kind, field, value }: DecodeWarning): string {
  switch (kind) {
    case 'unknown-message':
      return 'the tables have no such message';
    case 'short-fixed-part':
      return `the fixed part ends early, after ${value} bytes`;
    case 'short-floating-part':
      return field === 'end' ? `${value} bytes at the end are no field` : `field ${field} is cut off`;
    case 'unknown-tag':
      return `the tables give the message no tag ${field} in this version`;
    case 'field-size':
      return `${field} has ${value} bytes, which is not its size`;
    case 'repeated-field':
      return `${field} came twice`;
    case 'count-mismatch':
      return `${field} is ${value}, which is not the number of elements`;
    default:
      return `${field} is ${value}, which its enumeration does not have`;
  }
}
