/** A recording of sessions with CTI Servers: the frames of both directions with their times. */

export type FrameSender = 'client' | 'server';

export interface RecordedFrame {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: FrameSender;
  readonly bytes: Buffer;
  /** The order among the frames of all sessions, if known: several may have the same time. */
  readonly order?: number;
  /** The bytes are not a frame: the stream did not, or no longer, consist of CTI Server messages. */
  readonly broken?: true;
}

/** How a session ended: closed by either side, or dropped. */
export type RecordedEnd = 'closed by client' | 'closed by server' | 'dropped by client' | 'broken' | 'not connected';

export interface RecordedSession {
  readonly id: number;
  /** The side of the CTI Server pair, if known. */
  readonly side: 'A' | 'B' | undefined;
  /** The dialed address of the CTI Server; absent in a redacted recording. */
  readonly peer?: string;
  /** The charset of non-ASCII text, if known. */
  readonly charset?: string;
  readonly openedAt: number;
  /** The order of the opening among the frames of all sessions, if known. */
  readonly openOrder?: number;
  readonly endedAt?: number;
  readonly end?: RecordedEnd;
  /** The order of the end among the frames of all sessions, if known. */
  readonly endOrder?: number;
  /** The number of dropped frames between the opening and the first of {@link frames}. */
  readonly dropped: number;
  readonly frames: readonly RecordedFrame[];
}

export interface Recording {
  readonly sessions: readonly RecordedSession[];
  /** Whether personal data have been replaced. */
  readonly redacted: boolean;
}

/** The protocol version requested in the OPEN_REQ of a session. */
export function versionOf(session: Pick<RecordedSession, 'frames'>): number | undefined {
  for (const { from, bytes, broken } of session.frames) {
    if (from === 'client' && !broken && bytes.length >= 16 && bytes.readUInt32BE(4) === OPEN_REQ_NUMBER) {
      return bytes.readUInt32BE(12);
    }
  }
  return undefined;
}

export const OPEN_REQ_NUMBER = 3;
