/** The comments of a recording: facts of the session as decoded, as text and as JSON. */
import { decode, FrameError, type Message, nameOf, PGStatus, ServiceMask, StatusCode } from '../ged188/index.js';
import { FACTS } from './facts.js';
import { type RecordedFrame, type RecordedSession, type Recording, versionOf } from './recording.js';

/** The machine-readable comment of a session. */
export interface SessionFacts {
  readonly session: number;
  readonly side?: 'A' | 'B' | undefined;
  readonly peer?: string | undefined;
  readonly version?: number | undefined;
  readonly charset?: string | undefined;
  readonly dropped?: number | undefined;
}

/** The machine-readable comment of the whole file. */
export interface RecordingFacts {
  readonly recording: 1;
  readonly redacted: boolean;
}

export function describeRecording({ redacted, sessions }: Recording): string {
  const facts: RecordingFacts = { recording: 1, redacted };
  const data = redacted
    ? 'Numbers, names, IDs and call data are replaced by pseudonyms.'
    : 'Contains personal data as received: numbers, names and call data.';
  return `CTI Server sessions recorded by CTI OS for Node-RED (${sessions.length}). ${data} Passwords are not recorded.\n${FACTS}${JSON.stringify(facts)}`;
}

export function describeSession(session: RecordedSession): string {
  const { id, side, peer, charset, dropped } = session;
  const version = versionOf(session);
  const facts: SessionFacts = { session: id, side, peer, version, charset, dropped };
  const words = [
    `Session ${id}`,
    side && `side ${side}`,
    peer,
    version === undefined ? 'not opened' : `protocol version ${version}`,
    dropped > 0 && `${dropped} older frames are not kept`,
  ];
  return `${words.filter(Boolean).join(', ')}\n${FACTS}${JSON.stringify(facts)}`;
}

/** Only if there is something to add: Wireshark's dissector shows the rest. */
export function describeFrame(session: RecordedSession, { bytes, broken }: RecordedFrame): string | undefined {
  if (broken) return `${FACTS}{"broken":true}`;
  const message = decoded(bytes, versionOf(session) ?? 0);
  switch (message?.type) {
    case 'OPEN_REQ':
      return `Asks for version ${message.VersionNumber}, services ${bits(ServiceMask, message.ServicesRequested)}`;
    case 'OPEN_CONF':
      return (
        `Grants services ${bits(ServiceMask, message.ServicesGranted)}; ` +
        `peripheral ${message.PeripheralOnline ? 'on-line' : 'off-line'}; status ${bits(PGStatus, message.PGStatus)}`
      );
    case 'FAILURE_CONF':
    case 'FAILURE_EVENT':
      return `Failure: ${nameOf(StatusCode, message.Status ?? -1) ?? message.Status}`;
    default:
      return undefined;
  }
}

function decoded(bytes: Buffer, version: number): Message | undefined {
  // Most frames need no comment and are not decoded.
  if (bytes.length < 8 || bytes.readUInt32BE(4) > 4) return undefined;
  try {
    return decode(bytes, version);
  } catch (error) {
    if (error instanceof FrameError) return undefined;
    throw error;
  }
}

function bits(mask: Readonly<Record<string, number>>, value: number): string {
  const names = Object.entries(mask)
    .filter(([, bit]) => bit !== 0 && (value & bit) === bit)
    .map(([name]) => name);
  return names.length === 0 ? `0x${(value >>> 0).toString(16)}` : names.join(', ');
}
