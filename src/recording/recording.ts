/** What was recorded of the sessions with CTI Servers: the frames of both directions, with the time of each. */

export type FrameSender = 'client' | 'server';

export interface RecordedFrame {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: FrameSender;
  readonly bytes: Buffer;
  /** The bytes are no frame: the stream was not, or no longer, one of CTI Server messages. */
  readonly broken?: true;
}

/** How a session ended: in good order by either side, or dropped. */
export type RecordedEnd = 'closed by client' | 'closed by server' | 'dropped by client' | 'broken' | 'not connected';

export interface RecordedSession {
  readonly id: number;
  /** Side of the CTI Server pair, where it is known. */
  readonly side: 'A' | 'B' | undefined;
  /** Address of the CTI Server, as it was dialed; absent in a redacted recording. */
  readonly peer?: string;
  /** Charset of text outside ASCII, where it is known. */
  readonly charset?: string;
  readonly openedAt: number;
  readonly endedAt?: number;
  readonly end?: RecordedEnd;
  /** Frames between the opening and the first of {@link frames} that are no longer there. */
  readonly dropped: number;
  readonly frames: readonly RecordedFrame[];
}

export interface Recording {
  readonly sessions: readonly RecordedSession[];
  /** Personal data have been replaced. */
  readonly redacted: boolean;
}

/** Protocol version of a session: the one that its OPEN_REQ asks for. */
export function versionOf(session: Pick<RecordedSession, 'frames'>): number | undefined {
  for (const { from, bytes, broken } of session.frames) {
    if (from === 'client' && !broken && bytes.length >= 16 && bytes.readUInt32BE(4) === OPEN_REQ_NUMBER) {
      return bytes.readUInt32BE(12);
    }
  }
  return undefined;
}

export const OPEN_REQ_NUMBER = 3;
